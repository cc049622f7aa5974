/// Loads orders.
/**
```text
load
●      source lines
●      stage orders          filter · map · workers(parsers)
├───╮    rejects
●   │  stage (large, small)  route
├─╮ │    large, small
● │ │  stage checked         map · in_flight(16)
├─╯ │
●   │  stage rows            merge(checked, small)
●   │  sink stored           batch(500, 1s) · for_each
    ●  sink rejected         count
```*/
pub fn load(lines: Vec<String>, db: Db, parsers: usize) -> Pipeline<Loaded, LoadError> {
    {
        #[allow(
            unused_mut,
            unused_variables,
            reason = "whether a stage needs what it is given is not known before types are"
        )]
        #[allow(unreachable_code, reason = "a body may diverge")]
        #[allow(
            clippy::all,
            clippy::pedantic,
            clippy::nursery,
            clippy::restriction,
            reason = "generated"
        )]
        let pipeline = {
            let errors = ::pipeline_runtime::__private::witness::errors::<LoadError>();
            let mut settings = ::pipeline_runtime::__private::Settings::default();
            let orders_workers = settings
                .positive("`workers` of stage `orders`", parsers);
            let checked_in_flight = settings
                .positive("`in_flight` of stage `checked`", 16u64);
            let stored_batch_0_setting_0 = settings
                .positive("`batch` of stage `stored`", 500u64);
            let stored_batch_0_setting_1 = settings
                .duration(
                    "`batch` of stage `stored`",
                    ::pipeline_runtime::__private::Duration::from_nanos(1000000000u64),
                );
            let (lines_source, lines_items) = {
                ::pipeline_runtime::__private::witness::source(
                    errors,
                    async move |
                        out,
                    | -> ::pipeline_runtime::__private::Result<(), LoadError> {
                        use ::pipeline_runtime::__private::SourceKind as _;
                        let source = lines;
                        let kind = (&&&&&::pipeline_runtime::__private::SourceProbe::new(
                            &source,
                        ))
                            .kind();
                        kind.drive(source, out).await
                    },
                )
            };
            let items = lines_items;
            let (mut orders_filter_0, items) = ::pipeline_runtime::__private::witness::shared::filter(
                items,
                errors,
                {
                    move |
                        line,
                    | -> ::pipeline_runtime::__private::Result<
                        ::pipeline_runtime::__private::bool,
                        LoadError,
                    > {
                        let value = !line.is_empty();
                        ::pipeline_runtime::__private::Ok(value)
                    }
                },
            );
            let rejects_items = ::pipeline_runtime::__private::witness::rejected(
                items,
                errors,
            );
            let (mut orders_map_1, items) = ::pipeline_runtime::__private::witness::shared::map_lent(
                items,
                errors,
                {
                    move |
                        line,
                    | -> ::pipeline_runtime::__private::Result<Order, LoadError> {
                        let value = Order::parse(line)?;
                        ::pipeline_runtime::__private::Ok(value)
                    }
                },
            );
            let items = ::pipeline_runtime::__private::witness::typed::<Order>(items);
            let orders_items = items;
            let items = orders_items;
            let (mut large_route_0, items) = ::pipeline_runtime::__private::witness::serial::route(
                items,
                errors,
                {
                    move |order| -> ::pipeline_runtime::__private::Result<_, LoadError> {
                        let large = |item| ::pipeline_runtime::__private::Branch::This(
                            item,
                        );
                        let small = |item| ::pipeline_runtime::__private::Branch::Other(
                            ::pipeline_runtime::__private::Branch::This(item),
                        );
                        let skip = || ::pipeline_runtime::__private::Branch::Other(
                            ::pipeline_runtime::__private::Branch::Other(
                                ::pipeline_runtime::__private::Skipped,
                            ),
                        );
                        let value = match order.total {
                            0 => skip(),
                            t if t > 100 => large(order),
                            _ => small(order),
                        };
                        ::pipeline_runtime::__private::Ok(value)
                    }
                },
            );
            let (large_items, items) = ::pipeline_runtime::__private::witness::branch(
                items,
            );
            let (small_items, items) = ::pipeline_runtime::__private::witness::branch(
                items,
            );
            let items = large_items;
            let (mut checked_map_0, items) = ::pipeline_runtime::__private::witness::shared_async::map(
                items,
                errors,
                {
                    let db = ::pipeline_runtime::__private::Clone::clone(&db);
                    async move |
                        order,
                    | -> ::pipeline_runtime::__private::Result<_, LoadError> {
                        let value = db.check(order).await?;
                        ::pipeline_runtime::__private::Ok(value)
                    }
                },
            );
            let checked_items = items;
            let items = ::pipeline_runtime::__private::witness::same([
                checked_items,
                small_items,
            ]);
            let items = items;
            let rows_items = items;
            let items = rows_items;
            let items = ::pipeline_runtime::__private::witness::batch(items);
            let (mut stored_for_each_1, items) = ::pipeline_runtime::__private::witness::serial_async::for_each(
                items,
                errors,
                {
                    let db = ::pipeline_runtime::__private::Clone::clone(&db);
                    async move |
                        rows,
                    | -> ::pipeline_runtime::__private::Result<(), LoadError> {
                        let value = db.insert(rows).await?;
                        ::pipeline_runtime::__private::Ok(value)
                    }
                },
            );
            let stored_value = ::pipeline_runtime::__private::witness::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let items = rejects_items;
            let rejected_value = ::pipeline_runtime::__private::witness::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let _ = (
                ::pipeline_runtime::__private::words::statements::source,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::attributes::workers,
                ::pipeline_runtime::__private::words::operators::filter,
                ::pipeline_runtime::__private::words::operators::map,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::operators::route,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::attributes::in_flight,
                ::pipeline_runtime::__private::words::operators::map,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::joins::merge,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::operators::batch,
                ::pipeline_runtime::__private::words::operators::for_each,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::operators::count,
            );
            {
                let lines = lines_items;
                let orders = orders_items;
                let rejects = rejects_items;
                let large = large_items;
                let small = small_items;
                let checked = checked_items;
                let rows = rows_items;
                let _ = (lines, orders, large, checked, small, rows, rejects);
            }
            let tail = {
                ::pipeline_runtime::__private::witness::tail(
                    ::pipeline_runtime::__private::witness::pair(
                        stored_value,
                        rejected_value,
                    ),
                    move |(stored, rejected)| -> Loaded { Loaded { stored, rejected } },
                )
            };
            let view = {
                use ::pipeline_runtime::__private::{
                    ViewAsError as _, ViewBehindPointer as _, ViewOfNoError as _,
                };
                (&&&::pipeline_runtime::__private::ErrorProbe::<LoadError>::new()).view()
            };
            let graph = {
                const GRAPH: ::pipeline_runtime::Graph = ::pipeline_runtime::Graph::new(
                    "load",
                    &[
                        ::pipeline_runtime::__private::GraphStage::new(
                            "lines",
                            ::pipeline_runtime::__private::StageKind::Source,
                            &[],
                            &[],
                            4,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "orders",
                            ::pipeline_runtime::__private::StageKind::Stage,
                            &["filter", "map"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "workers",
                                    "parsers",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "on_error",
                                    "reject",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "else",
                                    "rejects",
                                ),
                            ],
                            7,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "large",
                            ::pipeline_runtime::__private::StageKind::Stage,
                            &["route"],
                            &[],
                            9,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "checked",
                            ::pipeline_runtime::__private::StageKind::Stage,
                            &["map"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "in_flight",
                                    "16",
                                ),
                            ],
                            16,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "rows",
                            ::pipeline_runtime::__private::StageKind::Stage,
                            &["merge(checked, small)"],
                            &[],
                            18,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "stored",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["batch(500, 1s)", "for_each"],
                            &[],
                            20,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "rejected",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["count"],
                            &[],
                            21,
                        ),
                    ],
                    &[
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "lines",
                            0,
                            1,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "orders",
                            1,
                            2,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "rejects",
                            1,
                            6,
                            ::pipeline_runtime::__private::EdgeKind::Rejects,
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "large",
                            2,
                            3,
                            ::pipeline_runtime::__private::EdgeKind::Branch,
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "small",
                            2,
                            4,
                            ::pipeline_runtime::__private::EdgeKind::Branch,
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "checked",
                            3,
                            4,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "rows",
                            4,
                            5,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::core::option::Option::None,
                        ),
                    ],
                    "load\n●      source lines\n●      stage orders          filter · map · workers(parsers)\n├───╮    rejects\n●   │  stage (large, small)  route\n├─╮ │    large, small\n● │ │  stage checked         map · in_flight(16)\n├─╯ │\n●   │  stage rows            merge(checked, small)\n●   │  sink stored           batch(500, 1s) · for_each\n    ●  sink rejected         count",
                );
                GRAPH
            };
            let start = move |launch: &::pipeline_runtime::__private::Launch<LoadError>| {
                let (mut lines_tx, mut lines_rx) = launch
                    .edge(0usize, lines_items, ::pipeline_runtime::__private::None);
                let (mut orders_tx, mut orders_rx) = launch
                    .edge(1usize, orders_items, ::pipeline_runtime::__private::None);
                let (mut rejects_tx, mut rejects_rx) = launch
                    .edge(2usize, rejects_items, ::pipeline_runtime::__private::None);
                let (mut large_tx, mut large_rx) = launch
                    .edge(3usize, large_items, ::pipeline_runtime::__private::None);
                let (mut small_tx, mut small_rx) = launch
                    .edge(4usize, small_items, ::pipeline_runtime::__private::None);
                let (mut checked_tx, mut checked_rx) = launch
                    .edge(5usize, checked_items, ::pipeline_runtime::__private::None);
                let (mut rows_tx, mut rows_rx) = launch
                    .edge(6usize, rows_items, ::pipeline_runtime::__private::None);
                let stored_place = ::pipeline_runtime::__private::SinkValue::of(
                    stored_value,
                );
                let rejected_place = ::pipeline_runtime::__private::SinkValue::of(
                    rejected_value,
                );
                {
                    let (out, watch) = launch.source(0usize, lines_tx);
                    launch.spawn(0usize, watch.run(lines_source(out)));
                }
                {
                    let orders_tx = ::pipeline_runtime::__private::Reorder::new(
                        orders_tx,
                        orders_workers,
                    );
                    let rejects_tx = ::pipeline_runtime::__private::Reorder::new(
                        rejects_tx,
                        orders_workers,
                    );
                    let crew = ::pipeline_runtime::__private::Crew::new(
                        &launch.task(1usize),
                        lines_rx,
                        orders_workers,
                        ::pipeline_runtime::__private::vec![
                            orders_tx.turns(), rejects_tx.turns(),
                        ],
                    );
                    let handles = ::pipeline_runtime::__private::Arc::new((
                        orders_filter_0,
                        orders_map_1,
                    ));
                    for worker in 0..orders_workers {
                        let handles = handles.clone();
                        let mut input = crew.member();
                        let mut out = orders_tx.member();
                        let mut rejects = rejects_tx.member();
                        let mut task = launch.task(1usize).worker(worker);
                        launch
                            .spawn(
                                1usize,
                                async move {
                                    let (orders_filter_0, orders_map_1) = &*handles;
                                    'stage: loop {
                                        let item = match task.pop_unit(&mut input) {
                                            ::pipeline_runtime::__private::Some(item) => item,
                                            ::pipeline_runtime::__private::None => {
                                                match task
                                                    .more_units(&mut input, &mut (&mut out, &mut rejects))
                                                    .await
                                                {
                                                    true => continue,
                                                    false => break,
                                                }
                                            }
                                        };
                                        task.begin();
                                        'item: {
                                            let keep = match orders_filter_0(&item) {
                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                ::pipeline_runtime::__private::Err(error) => {
                                                    match task.fail(error, &mut (&mut out, &mut rejects)).await
                                                    {}
                                                }
                                            };
                                            if !keep {
                                                task.note(::pipeline_runtime::__private::Fate::Filtered);
                                                break 'item;
                                            }
                                            let item = match orders_map_1(&item) {
                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                ::pipeline_runtime::__private::Err(error) => {
                                                    if !rejects.has_room() {
                                                        ::pipeline_runtime::__private::park(
                                                                rejects.room(),
                                                                &mut (&mut task, &mut out),
                                                            )
                                                            .await;
                                                    }
                                                    rejects
                                                        .push(
                                                            ::pipeline_runtime::__private::Rejected::of_item(
                                                                item,
                                                                error,
                                                                task.name(),
                                                            ),
                                                        );
                                                    task.note(::pipeline_runtime::__private::Fate::Rejected);
                                                    break 'item;
                                                }
                                            };
                                            if !out.has_room() {
                                                ::pipeline_runtime::__private::park(
                                                        out.room(),
                                                        &mut (&mut task, &mut rejects),
                                                    )
                                                    .await;
                                            }
                                            out.push(item);
                                            task.emitted();
                                        }
                                        task.settle();
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                    task.finish(&mut (&mut out, &mut rejects)).await;
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                }
                {
                    let mut input = orders_rx;
                    let mut to_large = large_tx;
                    let mut to_small = small_tx;
                    let mut task = launch.task(2usize);
                    launch
                        .spawn(
                            2usize,
                            async move {
                                'stage: loop {
                                    let item = match task.pop(&mut input) {
                                        ::pipeline_runtime::__private::Some(item) => item,
                                        ::pipeline_runtime::__private::None => {
                                            match task
                                                .more(&mut input, &mut (&mut to_large, &mut to_small))
                                                .await
                                            {
                                                true => continue,
                                                false => break,
                                            }
                                        }
                                    };
                                    task.begin();
                                    'item: {
                                        let routed = match large_route_0(item) {
                                            ::pipeline_runtime::__private::Ok(value) => value,
                                            ::pipeline_runtime::__private::Err(error) => {
                                                match task
                                                    .fail(error, &mut (&mut to_large, &mut to_small))
                                                    .await
                                                {}
                                            }
                                        };
                                        match routed {
                                            ::pipeline_runtime::__private::Branch::This(item) => {
                                                if !to_large.has_room() {
                                                    ::pipeline_runtime::__private::park(
                                                            to_large.room(),
                                                            &mut (&mut task, &mut input, &mut to_small),
                                                        )
                                                        .await;
                                                }
                                                to_large.push(item);
                                            }
                                            ::pipeline_runtime::__private::Branch::Other(routed) => {
                                                match routed {
                                                    ::pipeline_runtime::__private::Branch::This(item) => {
                                                        if !to_small.has_room() {
                                                            ::pipeline_runtime::__private::park(
                                                                    to_small.room(),
                                                                    &mut (&mut task, &mut input, &mut to_large),
                                                                )
                                                                .await;
                                                        }
                                                        to_small.push(item);
                                                    }
                                                    ::pipeline_runtime::__private::Branch::Other(routed) => {
                                                        let ::pipeline_runtime::__private::Skipped = routed;
                                                        {
                                                            task.note(::pipeline_runtime::__private::Fate::Filtered);
                                                            break 'item;
                                                        }
                                                    }
                                                }
                                            }
                                        }
                                        task.emitted();
                                    }
                                    task.settle();
                                }
                                ::pipeline_runtime::__private::drop(input);
                                task.finish(&mut (&mut to_large, &mut to_small)).await;
                                ::pipeline_runtime::__private::Ok(())
                            },
                        );
                }
                {
                    let mut input = large_rx;
                    let mut out = checked_tx;
                    let in_flight_limit = checked_in_flight;
                    let mut task = launch.task(3usize);
                    launch
                        .spawn(
                            3usize,
                            async move {
                                let checked_map_0 = &checked_map_0;
                                let failures = task.failures();
                                let failures = &failures;
                                let slots = ::pipeline_runtime::__private::InFlight::new(
                                    in_flight_limit,
                                    true,
                                );
                                let slots = &slots;
                                let body = |
                                    item,
                                    place: ::pipeline_runtime::__private::Place|
                                async move {
                                    let result = checked_map_0(item).await;
                                    match result {
                                        ::pipeline_runtime::__private::Ok(value) => {
                                            ::pipeline_runtime::__private::Ok(
                                                ::pipeline_runtime::__private::Whole::new(value),
                                            )
                                        }
                                        ::pipeline_runtime::__private::Err(error) => {
                                            ::pipeline_runtime::__private::Err(
                                                failures.hold(place, error),
                                            )
                                        }
                                    }
                                };
                                let body = &body;
                                let mut second_task = task.another();
                                let first = async move {
                                    'stage: loop {
                                        ::pipeline_runtime::__private::park(
                                                slots.room(),
                                                &mut (&mut task, &mut input),
                                            )
                                            .await;
                                        let item = match task.pop(&mut input) {
                                            ::pipeline_runtime::__private::Some(item) => item,
                                            ::pipeline_runtime::__private::None => {
                                                match task.more(&mut input, &mut ()).await {
                                                    true => continue,
                                                    false => break,
                                                }
                                            }
                                        };
                                        task.begin();
                                        'item: {
                                            ::pipeline_runtime::__private::park(
                                                    slots.room(),
                                                    &mut (&mut task, &mut input),
                                                )
                                                .await;
                                            let place = task.place();
                                            slots.start(task.hand_over(), (), body(item, place));
                                        }
                                        task.settle();
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                };
                                let second = async move {
                                    let mut task = second_task;
                                    'stage: loop {
                                        let (hand, arrived) = match slots
                                            .next(&mut (&mut task, &mut out))
                                            .await
                                        {
                                            ::pipeline_runtime::__private::Some(
                                                ::pipeline_runtime::__private::Arrival::Item(
                                                    hand,
                                                    (),
                                                    arrived,
                                                ),
                                            ) => (hand, arrived),
                                            ::pipeline_runtime::__private::Some(
                                                ::pipeline_runtime::__private::Arrival::Turn(turn),
                                            ) => {
                                                task.turn_to(turn, &mut (&mut out,)).await;
                                                continue;
                                            }
                                            ::pipeline_runtime::__private::Some(
                                                ::pipeline_runtime::__private::Arrival::Rejected(
                                                    hand,
                                                    rejected,
                                                ),
                                            ) => {
                                                let _: (::pipeline_runtime::__private::Hand, ()) = (
                                                    hand,
                                                    rejected,
                                                );
                                                continue;
                                            }
                                            ::pipeline_runtime::__private::Some(
                                                ::pipeline_runtime::__private::Arrival::Failed(hand, error),
                                            ) => {
                                                task.take_back(hand);
                                                match task.fail_held(error, &mut (&mut out,)).await {}
                                            }
                                            ::pipeline_runtime::__private::None => break,
                                        };
                                        task.take_back(hand);
                                        'item: {
                                            let item = match arrived {
                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                ::pipeline_runtime::__private::Err(error) => {
                                                    match task.fail_held(error, &mut (&mut out,)).await {}
                                                }
                                            };
                                            if !out.has_room() {
                                                ::pipeline_runtime::__private::park(
                                                        out.room(),
                                                        &mut (&mut task,),
                                                    )
                                                    .await;
                                            }
                                            out.push(item);
                                            task.emitted();
                                        }
                                        task.settle();
                                    }
                                    task.finish(&mut (&mut out,)).await;
                                };
                                slots.drive(true, first, second).await;
                                ::pipeline_runtime::__private::Ok(())
                            },
                        );
                }
                {
                    let mut input = ::pipeline_runtime::__private::Merge::new(
                        ::pipeline_runtime::__private::vec![
                            ::pipeline_runtime::__private::Box::new(checked_rx),
                            ::pipeline_runtime::__private::Box::new(small_rx)
                        ],
                    );
                    let mut out = rows_tx;
                    let mut task = launch.task(4usize);
                    launch
                        .spawn(
                            4usize,
                            async move {
                                'stage: loop {
                                    let item = match task.pop(&mut input) {
                                        ::pipeline_runtime::__private::Some(item) => item,
                                        ::pipeline_runtime::__private::None => {
                                            match task.more(&mut input, &mut (&mut out,)).await {
                                                true => continue,
                                                false => break,
                                            }
                                        }
                                    };
                                    task.begin();
                                    'item: {
                                        if !out.has_room() {
                                            ::pipeline_runtime::__private::park(
                                                    out.room(),
                                                    &mut (&mut task, &mut input),
                                                )
                                                .await;
                                        }
                                        out.push(item);
                                        task.emitted();
                                    }
                                    task.settle();
                                }
                                ::pipeline_runtime::__private::drop(input);
                                task.finish(&mut (&mut out,)).await;
                                ::pipeline_runtime::__private::Ok(())
                            },
                        );
                }
                {
                    let mut input = rows_rx;
                    let stored_place = stored_place.clone();
                    let mut task = launch.task(5usize);
                    launch
                        .spawn(
                            5usize,
                            async move {
                                let mut stored_batch_0_items = ::pipeline_runtime::__private::Batch::new(
                                    stored_batch_0_setting_0,
                                    ::pipeline_runtime::__private::Some(
                                        stored_batch_0_setting_1,
                                    ),
                                );
                                let mut stored_for_each_1_count: ::pipeline_runtime::__private::u64 = 0;
                                'stage: loop {
                                    let item = match task.pop(&mut input) {
                                        ::pipeline_runtime::__private::Some(item) => item,
                                        ::pipeline_runtime::__private::None => {
                                            match task
                                                .more_until(&mut input, &mut (), stored_batch_0_items.due())
                                                .await
                                            {
                                                ::pipeline_runtime::__private::More::Items => continue,
                                                ::pipeline_runtime::__private::More::End => break,
                                                ::pipeline_runtime::__private::More::Due => {
                                                    while let ::pipeline_runtime::__private::Some(item) = stored_batch_0_items
                                                        .flush(&mut task, false)
                                                    {
                                                        'part_0: {
                                                            let () = match ::pipeline_runtime::__private::park(
                                                                    stored_for_each_1(item),
                                                                    &mut (&mut task, &mut input),
                                                                )
                                                                .await
                                                            {
                                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                                ::pipeline_runtime::__private::Err(error) => {
                                                                    match task.fail(error, &mut ()).await {}
                                                                }
                                                            };
                                                            stored_for_each_1_count += 1;
                                                            task.note(::pipeline_runtime::__private::Fate::Done);
                                                        }
                                                        task.settle();
                                                    }
                                                    continue;
                                                }
                                            }
                                        }
                                    };
                                    task.begin();
                                    'item: {
                                        if let ::pipeline_runtime::__private::Some(item) = stored_batch_0_items
                                            .push(&mut task, item)
                                        {
                                            'part_0: {
                                                let () = match ::pipeline_runtime::__private::park(
                                                        stored_for_each_1(item),
                                                        &mut (&mut task, &mut input),
                                                    )
                                                    .await
                                                {
                                                    ::pipeline_runtime::__private::Ok(value) => value,
                                                    ::pipeline_runtime::__private::Err(error) => {
                                                        match task.fail(error, &mut ()).await {}
                                                    }
                                                };
                                                stored_for_each_1_count += 1;
                                                task.note(::pipeline_runtime::__private::Fate::Done);
                                            }
                                            task.settle();
                                        }
                                    }
                                    task.settle();
                                }
                                'stage: while let ::pipeline_runtime::__private::Some(
                                    item,
                                ) = stored_batch_0_items.flush(&mut task, true)
                                {
                                    'part_0: {
                                        let () = match ::pipeline_runtime::__private::park(
                                                stored_for_each_1(item),
                                                &mut (&mut task, &mut input),
                                            )
                                            .await
                                        {
                                            ::pipeline_runtime::__private::Ok(value) => value,
                                            ::pipeline_runtime::__private::Err(error) => {
                                                match task.fail(error, &mut ()).await {}
                                            }
                                        };
                                        stored_for_each_1_count += 1;
                                        task.note(::pipeline_runtime::__private::Fate::Done);
                                    }
                                    task.settle();
                                }
                                ::pipeline_runtime::__private::drop(input);
                                stored_place.set(stored_for_each_1_count);
                                ::pipeline_runtime::__private::Ok(())
                            },
                        );
                }
                {
                    let mut input = rejects_rx;
                    let rejected_place = rejected_place.clone();
                    let mut task = launch.task(6usize);
                    launch
                        .spawn(
                            6usize,
                            async move {
                                let mut rejected_count_0_count: ::pipeline_runtime::__private::u64 = 0;
                                'stage: loop {
                                    let item = match task.pop(&mut input) {
                                        ::pipeline_runtime::__private::Some(item) => item,
                                        ::pipeline_runtime::__private::None => {
                                            match task.more(&mut input, &mut ()).await {
                                                true => continue,
                                                false => break,
                                            }
                                        }
                                    };
                                    task.begin();
                                    'item: {
                                        ::pipeline_runtime::__private::drop(item);
                                        rejected_count_0_count += 1;
                                        task.note(::pipeline_runtime::__private::Fate::Done);
                                    }
                                    task.settle();
                                }
                                ::pipeline_runtime::__private::drop(input);
                                rejected_place.set(rejected_count_0_count);
                                ::pipeline_runtime::__private::Ok(())
                            },
                        );
                }
                let finish: ::pipeline_runtime::__private::Finish<_> = ::pipeline_runtime::__private::Box::new(move ||
                {
                    let values = (stored_place.take()?, rejected_place.take()?);
                    ::pipeline_runtime::__private::Some(tail(values))
                });
                finish
            };
            ::pipeline_runtime::__private::assemble(graph, settings, view, start)
        };
        pipeline
    }
}
///The stages, edges and policies of `load`, as data.
#[allow(dead_code)]
pub const LOAD_GRAPH: ::pipeline_runtime::Graph = ::pipeline_runtime::Graph::new(
    "load",
    &[
        ::pipeline_runtime::__private::GraphStage::new(
            "lines",
            ::pipeline_runtime::__private::StageKind::Source,
            &[],
            &[],
            4,
        ),
        ::pipeline_runtime::__private::GraphStage::new(
            "orders",
            ::pipeline_runtime::__private::StageKind::Stage,
            &["filter", "map"],
            &[
                ::pipeline_runtime::__private::GraphPolicy::new("workers", "parsers"),
                ::pipeline_runtime::__private::GraphPolicy::new("on_error", "reject"),
                ::pipeline_runtime::__private::GraphPolicy::new("else", "rejects"),
            ],
            7,
        ),
        ::pipeline_runtime::__private::GraphStage::new(
            "large",
            ::pipeline_runtime::__private::StageKind::Stage,
            &["route"],
            &[],
            9,
        ),
        ::pipeline_runtime::__private::GraphStage::new(
            "checked",
            ::pipeline_runtime::__private::StageKind::Stage,
            &["map"],
            &[::pipeline_runtime::__private::GraphPolicy::new("in_flight", "16")],
            16,
        ),
        ::pipeline_runtime::__private::GraphStage::new(
            "rows",
            ::pipeline_runtime::__private::StageKind::Stage,
            &["merge(checked, small)"],
            &[],
            18,
        ),
        ::pipeline_runtime::__private::GraphStage::new(
            "stored",
            ::pipeline_runtime::__private::StageKind::Sink,
            &["batch(500, 1s)", "for_each"],
            &[],
            20,
        ),
        ::pipeline_runtime::__private::GraphStage::new(
            "rejected",
            ::pipeline_runtime::__private::StageKind::Sink,
            &["count"],
            &[],
            21,
        ),
    ],
    &[
        ::pipeline_runtime::__private::GraphEdge::new(
            "lines",
            0,
            1,
            ::pipeline_runtime::__private::EdgeKind::Main,
            ::core::option::Option::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "orders",
            1,
            2,
            ::pipeline_runtime::__private::EdgeKind::Main,
            ::core::option::Option::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "rejects",
            1,
            6,
            ::pipeline_runtime::__private::EdgeKind::Rejects,
            ::core::option::Option::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "large",
            2,
            3,
            ::pipeline_runtime::__private::EdgeKind::Branch,
            ::core::option::Option::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "small",
            2,
            4,
            ::pipeline_runtime::__private::EdgeKind::Branch,
            ::core::option::Option::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "checked",
            3,
            4,
            ::pipeline_runtime::__private::EdgeKind::Main,
            ::core::option::Option::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "rows",
            4,
            5,
            ::pipeline_runtime::__private::EdgeKind::Main,
            ::core::option::Option::None,
        ),
    ],
    "load\n●      source lines\n●      stage orders          filter · map · workers(parsers)\n├───╮    rejects\n●   │  stage (large, small)  route\n├─╮ │    large, small\n● │ │  stage checked         map · in_flight(16)\n├─╯ │\n●   │  stage rows            merge(checked, small)\n●   │  sink stored           batch(500, 1s) · for_each\n    ●  sink rejected         count",
);
