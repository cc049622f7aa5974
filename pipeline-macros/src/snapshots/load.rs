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
        let pipeline = {
            let _ = [(); PIPELINE_MISTAKES];
            let errors = {
                use ::pipeline_runtime::check::RefusedError as _;
                (::pipeline_runtime::check::ErrorProbe::<LoadError>::new()).errors()
            };
            let sound = errors.of(::pipeline_runtime::check::Sound);
            let sent = sound;
            use ::pipeline_runtime::check::{
                Refused as _, RefusedOthers as _, SentOthers as _,
            };
            let settings = &mut ::pipeline_runtime::check::Settings::new();
            let workers_of_orders = settings
                .positive("`workers` of stage `orders`", parsers);
            let in_flight_of_checked = settings
                .positive("`in_flight` of stage `checked`", 16u64);
            let batch_0_setting_0_of_stored = settings
                .positive("`batch` of stage `stored`", 500u64);
            let batch_0_setting_1_of_stored = settings
                .duration(
                    "`batch` of stage `stored`",
                    ::pipeline_runtime::__private::Duration::from_nanos(1000000000u64),
                );
            let (source_of_lines, items_of_lines, sound) = {
                (::pipeline_runtime::check::source)(
                    sound,
                    async move |
                        out,
                    | -> ::pipeline_runtime::__private::Result<(), LoadError> {
                        use ::pipeline_runtime::__private::SourceKind as _;
                        let source = { lines };
                        let kind = errors
                            .of(
                                (&&&&&::pipeline_runtime::__private::SourceProbe::new(
                                    &source,
                                ))
                                    .kind_of_source(),
                            );
                        (kind).drive({ source }, out).await
                    },
                )
            };
            let asked = sent.about(items_of_lines);
            let sent = (asked).edge(sent);
            let items = items_of_lines;
            let (filter_0_of_orders, items, sound) = {
                (::pipeline_runtime::check::shared::filter)(
                    sound,
                    items,
                    move |
                        line,
                    | -> ::pipeline_runtime::__private::Result<
                        ::pipeline_runtime::__private::bool,
                        LoadError,
                    > {
                        ::pipeline_runtime::__private::Ok {
                            0: if let ::pipeline_runtime::__private::Otherwise::Value(
                                value,
                            ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                                value
                            } else {
                                (!line.is_empty())
                            },
                        }
                    },
                )
            };
            let items_of_rejects = ::pipeline_runtime::check::rejected(items, errors);
            let (map_1_of_orders, items, sound) = {
                (::pipeline_runtime::check::shared::map_lent)(
                    sound,
                    items,
                    move |
                        line,
                    | -> ::pipeline_runtime::__private::Result<Order, LoadError> {
                        ::pipeline_runtime::__private::Ok {
                            0: if let ::pipeline_runtime::__private::Otherwise::Value(
                                value,
                            ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                                value
                            } else {
                                (Order::parse(line)?)
                            },
                        }
                    },
                )
            };
            let items_of_orders = items;
            let asked = sent.about(items_of_orders);
            let sent = (asked).edge(sent);
            let items = items_of_orders;
            let (route_0_of_large, items, sound) = {
                (::pipeline_runtime::check::serial::route)(
                    sound,
                    items,
                    move |order| -> ::pipeline_runtime::__private::Result<_, LoadError> {
                        let large = |item| {
                            ::pipeline_runtime::__private::Branch::This(item)
                        };
                        let small = |item| {
                            ::pipeline_runtime::__private::Branch::Other(
                                ::pipeline_runtime::__private::Branch::This(item),
                            )
                        };
                        let skip = || ::pipeline_runtime::__private::Branch::Other(
                            ::pipeline_runtime::__private::Branch::Other(
                                ::pipeline_runtime::__private::Skipped,
                            ),
                        );
                        ::pipeline_runtime::__private::Ok {
                            0: if let ::pipeline_runtime::__private::Otherwise::Value(
                                value,
                            ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                                value
                            } else {
                                (match order.total {
                                    0 => skip(),
                                    t if t > 100 => large(order),
                                    _ => small(order),
                                })
                            },
                        }
                    },
                )
            };
            let (items_of_large, items) = ::pipeline_runtime::check::branch(items);
            let asked = sent.about(items_of_large);
            let sent = (asked).edge(sent);
            let (items_of_small, items) = ::pipeline_runtime::check::branch(items);
            let asked = sent.about(items_of_small);
            let sent = (asked).edge(sent);
            let items = items_of_large;
            let (map_0_of_checked, items, sound) = {
                #[allow(
                    clippy::shadow_reuse,
                    clippy::shadow_unrelated,
                    reason = "a clone goes by its own name"
                )]
                let db = (::pipeline_runtime::check::cloned)(&db);
                let _ = &db;
                (::pipeline_runtime::check::in_flight::map)(
                    sound,
                    items,
                    async move |
                        order,
                    | -> ::pipeline_runtime::__private::Result<_, LoadError> {
                        ::pipeline_runtime::__private::Ok {
                            0: if let ::pipeline_runtime::__private::Otherwise::Value(
                                value,
                            ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                                value
                            } else {
                                (db.check(order).await?)
                            },
                        }
                    },
                )
            };
            let items_of_checked = items;
            let asked = sent.about(items_of_checked);
            let sent = (asked).edge(sent);
            let items = items_of_checked;
            let pair = ::pipeline_runtime::check::pair(items_of_checked, items_of_small);
            let sound = sound.known();
            let sound = {
                use ::pipeline_runtime::check::RefusedPair as _;
                (pair).beside(sound)
            };
            let items = items;
            let items_of_rows = items;
            let asked = sent.about(items_of_rows);
            let sent = (asked).edge(sent);
            let items = items_of_rows;
            let asked = sent.about(items);
            let sent = (asked).held(sent);
            let items = ::pipeline_runtime::check::batch(items);
            let (for_each_1_of_stored, items, sound) = {
                #[allow(
                    clippy::shadow_reuse,
                    clippy::shadow_unrelated,
                    reason = "a clone goes by its own name"
                )]
                let db = (::pipeline_runtime::check::cloned)(&db);
                let _ = &db;
                (::pipeline_runtime::check::serial_async::for_each)(
                    sound,
                    items,
                    async move |
                        rows,
                    | -> ::pipeline_runtime::__private::Result<(), LoadError> {
                        let value: () = if let ::pipeline_runtime::__private::Otherwise::Value(
                            value,
                        ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                            value
                        } else {
                            (db.insert(rows).await?)
                        };
                        ::pipeline_runtime::__private::Ok {
                            0: value,
                        }
                    },
                )
            };
            let value_of_stored = ::pipeline_runtime::check::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let items = items_of_rejects;
            let value_of_rejected = ::pipeline_runtime::check::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let sound = sent.of(sound);
            ::pipeline_runtime::__private::editor! {
                let _ = (::pipeline_runtime::__private::words::statements::source,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::attributes::workers,
                ::pipeline_runtime::__private::words::options::parsers,
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
                ::pipeline_runtime::__private::words::operators::count,);
                #[allow(non_snake_case, reason = "a stream may be called as a type is")]
                { use ::pipeline_runtime::__private::words::joins:: *; let lines =
                items_of_lines; let orders = items_of_orders; let rejects =
                items_of_rejects; let large = items_of_large; let small = items_of_small;
                let checked = items_of_checked; let rows = items_of_rows; let _ = (lines,
                orders, large, checked, small, rows, rejects,); }
            }
            let (tail, _, sound) = {
                (::pipeline_runtime::check::tail)(
                    sound,
                    ::pipeline_runtime::check::pair(value_of_stored, value_of_rejected),
                    move |(stored, rejected)| -> Loaded { Loaded { stored, rejected } },
                )
            };
            let view = {
                use ::pipeline_runtime::check::{
                    ViewAsError as _, ViewBehindPointer as _, ViewOfNoError as _,
                };
                (errors.of(&&&::pipeline_runtime::check::ErrorProbe::<LoadError>::new()))
                    .view_of_error()
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
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "orders",
                            1,
                            2,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "rejects",
                            1,
                            6,
                            ::pipeline_runtime::__private::EdgeKind::Rejects,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "large",
                            2,
                            3,
                            ::pipeline_runtime::__private::EdgeKind::Branch,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "small",
                            2,
                            4,
                            ::pipeline_runtime::__private::EdgeKind::Branch,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "checked",
                            3,
                            4,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "rows",
                            4,
                            5,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                    ],
                    "load\n●      source lines\n●      stage orders          filter · map · workers(parsers)\n├───╮    rejects\n●   │  stage (large, small)  route\n├─╮ │    large, small\n● │ │  stage checked         map · in_flight(16)\n├─╯ │\n●   │  stage rows            merge(checked, small)\n●   │  sink stored           batch(500, 1s) · for_each\n    ●  sink rejected         count",
                );
                GRAPH
            };
            let start = (::pipeline_runtime::check::start)(
                errors,
                (
                    items_of_lines,
                    items_of_orders,
                    items_of_rejects,
                    items_of_large,
                    items_of_small,
                    items_of_checked,
                    items_of_rows,
                    value_of_stored,
                    value_of_rejected,
                ),
                move |launch: &::pipeline_runtime::check::Launch<LoadError>, _| {
                    let launch = (sound).of(launch);
                    let mut filter_0_of_orders = sound.of(filter_0_of_orders);
                    let (mut tx_of_lines, mut rx_of_lines) = launch
                        .edge(
                            0usize,
                            items_of_lines,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_orders, mut rx_of_orders) = launch
                        .edge(
                            1usize,
                            items_of_orders,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_rejects, mut rx_of_rejects) = launch
                        .edge(
                            2usize,
                            items_of_rejects,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_large, mut rx_of_large) = launch
                        .edge(
                            3usize,
                            items_of_large,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_small, mut rx_of_small) = launch
                        .edge(
                            4usize,
                            items_of_small,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_checked, mut rx_of_checked) = launch
                        .edge(
                            5usize,
                            items_of_checked,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_rows, mut rx_of_rows) = launch
                        .edge(
                            6usize,
                            items_of_rows,
                            ::pipeline_runtime::__private::None,
                        );
                    let place_of_stored = sound
                        .of(
                            ::pipeline_runtime::__private::SinkValue::of(value_of_stored),
                        );
                    let place_of_rejected = sound
                        .of(
                            ::pipeline_runtime::__private::SinkValue::of(
                                value_of_rejected,
                            ),
                        );
                    {
                        let (out, watch) = launch.source(0usize, tx_of_lines);
                        launch
                            .spawn(
                                0usize,
                                async move { watch.run(source_of_lines.open()(out)).await },
                            );
                    }
                    {
                        let tx_of_orders = ::pipeline_runtime::__private::Reorder::new(
                            tx_of_orders,
                            workers_of_orders,
                        );
                        let tx_of_rejects = ::pipeline_runtime::__private::Reorder::new(
                            tx_of_rejects,
                            workers_of_orders,
                        );
                        let crew = ::pipeline_runtime::__private::Crew::new(
                            &launch.task(1usize),
                            rx_of_lines,
                            workers_of_orders,
                            ::pipeline_runtime::__private::vec![
                                (& * tx_of_orders).turns(), (& * tx_of_rejects).turns(),
                            ],
                        );
                        let handles = ::pipeline_runtime::__private::Arc::new((
                            filter_0_of_orders,
                            map_1_of_orders,
                        ));
                        for worker in 0..workers_of_orders {
                            let handles = ::pipeline_runtime::__private::Clone::clone(
                                &handles,
                            );
                            let mut input = (&crew).member();
                            let mut out = (&tx_of_orders).member();
                            let mut rejects = (&tx_of_rejects).member();
                            let mut task = launch.task(1usize).worker(worker);
                            launch
                                .spawn(
                                    1usize,
                                    async move {
                                        let (filter_0_of_orders, map_1_of_orders) = &*handles;
                                        let filter_0_of_orders = filter_0_of_orders.open();
                                        let map_1_of_orders = map_1_of_orders.open();
                                        let mut kept_out = ::pipeline_runtime::__private::None;
                                        let mut kept_rejects = ::pipeline_runtime::__private::None;
                                        'stage: loop {
                                            let failed = 'failed: {
                                                let pause;
                                                (pause,) = {
                                                    let mut out = (&mut out).fill();
                                                    let mut rejects = (&mut rejects).fill();
                                                    let (mut task, mut items) = (&mut task).stretch(&mut input);
                                                    let pause = 'stretch: loop {
                                                        let ::pipeline_runtime::__private::Some(item) = (&mut items)
                                                            .next() else {
                                                            break ::pipeline_runtime::__private::Pause::More
                                                        };
                                                        (&mut task).begin();
                                                        'item: {
                                                            let keep = match filter_0_of_orders(&item) {
                                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                                ::pipeline_runtime::__private::Err(error) => {
                                                                    break 'failed (&mut task).give_up(error);
                                                                }
                                                            };
                                                            if !keep {
                                                                (&mut task)
                                                                    .note(::pipeline_runtime::__private::Fate::Filtered);
                                                                break 'item;
                                                            }
                                                            let item = match map_1_of_orders(&item) {
                                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                                ::pipeline_runtime::__private::Err(error) => {
                                                                    let given = (&task).rejected(item, error, 1);
                                                                    if !(&mut rejects).has_room() {
                                                                        kept_rejects = ::pipeline_runtime::__private::Some(given);
                                                                        break 'stretch ::pipeline_runtime::__private::Pause::Kept;
                                                                    }
                                                                    (&mut rejects).push(given);
                                                                    (&mut task)
                                                                        .note(::pipeline_runtime::__private::Fate::Rejected);
                                                                    break 'item;
                                                                }
                                                            };
                                                            let given = item;
                                                            if !(&mut out).has_room() {
                                                                kept_out = ::pipeline_runtime::__private::Some(given);
                                                                break 'stretch ::pipeline_runtime::__private::Pause::Kept;
                                                            }
                                                            (&mut out).push(given);
                                                            (&mut task).emitted();
                                                        }
                                                        (&mut task).settle();
                                                    };
                                                    (pause,)
                                                };
                                                match pause {
                                                    ::pipeline_runtime::__private::Pause::More => {
                                                        match (&mut task)
                                                            .more_units(&mut input, &mut (&mut out, &mut rejects))
                                                            .await
                                                        {
                                                            true => continue 'stage,
                                                            false => break 'stage,
                                                        }
                                                    }
                                                    ::pipeline_runtime::__private::Pause::Kept => {
                                                        if let ::pipeline_runtime::__private::Some(item) = ::pipeline_runtime::__private::Option::take(
                                                            &mut kept_out,
                                                        ) {
                                                            if !(&out).has_room() {
                                                                ::pipeline_runtime::__private::park(
                                                                        (&mut out).room(),
                                                                        &mut (&mut task, &mut rejects),
                                                                    )
                                                                    .await;
                                                            }
                                                            (&mut out).push(item);
                                                            (&mut task).emitted();
                                                            (&mut task).settle();
                                                        }
                                                        if let ::pipeline_runtime::__private::Some(item) = ::pipeline_runtime::__private::Option::take(
                                                            &mut kept_rejects,
                                                        ) {
                                                            if !(&rejects).has_room() {
                                                                ::pipeline_runtime::__private::park(
                                                                        (&mut rejects).room(),
                                                                        &mut (&mut task, &mut out),
                                                                    )
                                                                    .await;
                                                            }
                                                            (&mut rejects).push(item);
                                                            (&mut task)
                                                                .note(::pipeline_runtime::__private::Fate::Rejected);
                                                            (&mut task).settle();
                                                        }
                                                    }
                                                    ::pipeline_runtime::__private::Pause::End => break 'stage,
                                                }
                                                continue 'stage;
                                            };
                                            match (&mut task)
                                                .fail_with(failed, &mut (&mut out, &mut rejects))
                                                .await
                                            {}
                                        }
                                        ::pipeline_runtime::__private::drop(input);
                                        (&mut task).finish(&mut (&mut out, &mut rejects)).await;
                                        ::pipeline_runtime::__private::Ok(())
                                    },
                                );
                        }
                    }
                    {
                        let mut input = rx_of_orders;
                        let mut output_of_large = tx_of_large;
                        let mut output_of_small = tx_of_small;
                        let mut task = launch.task(2usize);
                        launch
                            .spawn(
                                2usize,
                                async move {
                                    let mut route_0_of_large = route_0_of_large.open();
                                    let mut kept_output_of_large = ::pipeline_runtime::__private::None;
                                    let mut kept_output_of_small = ::pipeline_runtime::__private::None;
                                    'stage: loop {
                                        let failed = 'failed: {
                                            let pause;
                                            (pause,) = {
                                                let mut output_of_large = (&mut output_of_large).fill();
                                                let mut output_of_small = (&mut output_of_small).fill();
                                                let (mut task, mut items) = (&mut task).stretch(&mut input);
                                                let pause = 'stretch: loop {
                                                    let ::pipeline_runtime::__private::Some(item) = (&mut items)
                                                        .next() else {
                                                        break ::pipeline_runtime::__private::Pause::More
                                                    };
                                                    (&mut task).begin();
                                                    'item: {
                                                        let routed = match route_0_of_large(item) {
                                                            ::pipeline_runtime::__private::Ok(value) => value,
                                                            ::pipeline_runtime::__private::Err(error) => {
                                                                break 'failed (&mut task).give_up(error);
                                                            }
                                                        };
                                                        match routed {
                                                            ::pipeline_runtime::__private::Branch::This(item) => {
                                                                let given = item;
                                                                if !(&mut output_of_large).has_room() {
                                                                    kept_output_of_large = ::pipeline_runtime::__private::Some(
                                                                        given,
                                                                    );
                                                                    break 'stretch ::pipeline_runtime::__private::Pause::Kept;
                                                                }
                                                                (&mut output_of_large).push(given);
                                                            }
                                                            ::pipeline_runtime::__private::Branch::Other(routed) => {
                                                                match routed {
                                                                    ::pipeline_runtime::__private::Branch::This(item) => {
                                                                        let given = item;
                                                                        if !(&mut output_of_small).has_room() {
                                                                            kept_output_of_small = ::pipeline_runtime::__private::Some(
                                                                                given,
                                                                            );
                                                                            break 'stretch ::pipeline_runtime::__private::Pause::Kept;
                                                                        }
                                                                        (&mut output_of_small).push(given);
                                                                    }
                                                                    ::pipeline_runtime::__private::Branch::Other(routed) => {
                                                                        let ::pipeline_runtime::__private::Skipped = routed;
                                                                        {
                                                                            (&mut task)
                                                                                .note(::pipeline_runtime::__private::Fate::Filtered);
                                                                            break 'item;
                                                                        }
                                                                    }
                                                                }
                                                            }
                                                        }
                                                        (&mut task).emitted();
                                                    }
                                                    (&mut task).settle();
                                                };
                                                (pause,)
                                            };
                                            match pause {
                                                ::pipeline_runtime::__private::Pause::More => {
                                                    match (&mut task)
                                                        .more(
                                                            &mut input,
                                                            &mut (&mut output_of_large, &mut output_of_small),
                                                        )
                                                        .await
                                                    {
                                                        true => continue 'stage,
                                                        false => break 'stage,
                                                    }
                                                }
                                                ::pipeline_runtime::__private::Pause::Kept => {
                                                    if let ::pipeline_runtime::__private::Some(item) = ::pipeline_runtime::__private::Option::take(
                                                        &mut kept_output_of_large,
                                                    ) {
                                                        if !(&output_of_large).has_room() {
                                                            ::pipeline_runtime::__private::park(
                                                                    (&mut output_of_large).room(),
                                                                    &mut (&mut task, &mut input, &mut output_of_small),
                                                                )
                                                                .await;
                                                        }
                                                        (&mut output_of_large).push(item);
                                                        (&mut task).emitted();
                                                        (&mut task).settle();
                                                    }
                                                    if let ::pipeline_runtime::__private::Some(item) = ::pipeline_runtime::__private::Option::take(
                                                        &mut kept_output_of_small,
                                                    ) {
                                                        if !(&output_of_small).has_room() {
                                                            ::pipeline_runtime::__private::park(
                                                                    (&mut output_of_small).room(),
                                                                    &mut (&mut task, &mut input, &mut output_of_large),
                                                                )
                                                                .await;
                                                        }
                                                        (&mut output_of_small).push(item);
                                                        (&mut task).emitted();
                                                        (&mut task).settle();
                                                    }
                                                }
                                                ::pipeline_runtime::__private::Pause::End => break 'stage,
                                            }
                                            continue 'stage;
                                        };
                                        match (&mut task)
                                            .fail_with(
                                                failed,
                                                &mut (&mut output_of_large, &mut output_of_small),
                                            )
                                            .await
                                        {}
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                    (&mut task)
                                        .finish(&mut (&mut output_of_large, &mut output_of_small))
                                        .await;
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    {
                        let mut input = rx_of_large;
                        let mut out = tx_of_checked;
                        let in_flight_limit = in_flight_of_checked;
                        let mut task = launch.task(3usize);
                        launch
                            .spawn(
                                3usize,
                                async move {
                                    let map_0_of_checked = &map_0_of_checked.open();
                                    let failures = (&task).failures();
                                    let failures = &failures;
                                    let (mut starts, mut arrivals, flights) = ::pipeline_runtime::__private::in_flight(
                                        &task,
                                        in_flight_limit,
                                        true,
                                    );
                                    let body = |
                                        item,
                                        place: ::pipeline_runtime::__private::Place|
                                    {
                                        async move {
                                            let result = map_0_of_checked(item).await;
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
                                        }
                                    };
                                    let body = &body;
                                    let mut second_task = (&mut task).another();
                                    let first = async move {
                                        'stage: loop {
                                            if !(&starts).has_room() {
                                                ::pipeline_runtime::__private::park(
                                                        (&mut starts).room(),
                                                        &mut (&mut task, &mut input),
                                                    )
                                                    .await;
                                            }
                                            let item = match (&mut task).pop(&mut input) {
                                                ::pipeline_runtime::__private::Some(item) => item,
                                                ::pipeline_runtime::__private::None => {
                                                    match (&mut task).more(&mut input, &mut ()).await {
                                                        true => continue 'stage,
                                                        false => break 'stage,
                                                    }
                                                }
                                            };
                                            (&mut task).begin();
                                            'item: {
                                                if !(&starts).has_room() {
                                                    ::pipeline_runtime::__private::park(
                                                            (&mut starts).room(),
                                                            &mut (&mut task, &mut input),
                                                        )
                                                        .await;
                                                }
                                                let place = (&mut task).place();
                                                (&mut starts)
                                                    .start((&mut task).hand_over(), (), body(item, place));
                                            }
                                            (&mut task).settle();
                                        }
                                        ::pipeline_runtime::__private::drop(input);
                                    };
                                    let second = async move {
                                        let mut task = second_task;
                                        'stage: loop {
                                            let (load, arrived) = match match (&mut arrivals).at_hand()
                                            {
                                                ::pipeline_runtime::__private::Some(arrival) => {
                                                    ::pipeline_runtime::__private::Some(arrival)
                                                }
                                                ::pipeline_runtime::__private::None => {
                                                    (&mut arrivals).next(&mut (&mut task, &mut out)).await
                                                }
                                            } {
                                                ::pipeline_runtime::__private::Some(
                                                    ::pipeline_runtime::__private::Arrival::Item(
                                                        load,
                                                        (),
                                                        arrived,
                                                    ),
                                                ) => (load, arrived),
                                                ::pipeline_runtime::__private::Some(
                                                    ::pipeline_runtime::__private::Arrival::Turn(turn),
                                                ) => {
                                                    (&mut task).turn_to(turn, &mut (&mut out,)).await;
                                                    continue;
                                                }
                                                ::pipeline_runtime::__private::Some(
                                                    ::pipeline_runtime::__private::Arrival::Rejected(
                                                        load,
                                                        rejected,
                                                    ),
                                                ) => {
                                                    let _: (::pipeline_runtime::__private::Load, ()) = (
                                                        load,
                                                        rejected,
                                                    );
                                                    continue;
                                                }
                                                ::pipeline_runtime::__private::Some(
                                                    ::pipeline_runtime::__private::Arrival::Failed(load, error),
                                                ) => {
                                                    (&mut task).take_back(load);
                                                    match (&mut task).fail_held(error, &mut (&mut out,)).await {}
                                                }
                                                ::pipeline_runtime::__private::None => break,
                                            };
                                            (&mut task).take_back(load);
                                            'item: {
                                                let item = match arrived {
                                                    ::pipeline_runtime::__private::Ok(value) => value,
                                                    ::pipeline_runtime::__private::Err(error) => {
                                                        match (&mut task).fail_held(error, &mut (&mut out,)).await {}
                                                    }
                                                };
                                                if !(&out).has_room() {
                                                    ::pipeline_runtime::__private::park(
                                                            (&mut out).room(),
                                                            &mut (&mut task,),
                                                        )
                                                        .await;
                                                }
                                                (&mut out).push(item);
                                                (&mut task).emitted();
                                            }
                                            (&mut task).settle();
                                        }
                                        (&mut task).finish(&mut (&mut out,)).await;
                                    };
                                    (flights.drive(|_| true, first, second)).await;
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    {
                        let mut input = ::pipeline_runtime::__private::Merge::new(
                            ::pipeline_runtime::__private::vec![
                                ::pipeline_runtime::__private::Box::new(rx_of_checked),
                                ::pipeline_runtime::__private::Box::new(rx_of_small)
                            ],
                        );
                        let mut out = tx_of_rows;
                        let mut task = launch.task(4usize);
                        launch
                            .spawn(
                                4usize,
                                async move {
                                    let mut kept_out = ::pipeline_runtime::__private::None;
                                    'stage: loop {
                                        let pause;
                                        (pause,) = {
                                            let mut out = (&mut out).fill();
                                            let (mut task, mut items) = (&mut task).stretch(&mut input);
                                            let pause = 'stretch: loop {
                                                let ::pipeline_runtime::__private::Some(item) = (&mut items)
                                                    .next() else {
                                                    break ::pipeline_runtime::__private::Pause::More
                                                };
                                                (&mut task).begin();
                                                'item: {
                                                    let given = item;
                                                    if !(&mut out).has_room() {
                                                        kept_out = ::pipeline_runtime::__private::Some(given);
                                                        break 'stretch ::pipeline_runtime::__private::Pause::Kept;
                                                    }
                                                    (&mut out).push(given);
                                                    (&mut task).emitted();
                                                }
                                                (&mut task).settle();
                                            };
                                            (pause,)
                                        };
                                        match pause {
                                            ::pipeline_runtime::__private::Pause::More => {
                                                match (&mut task).more(&mut input, &mut (&mut out,)).await {
                                                    true => continue 'stage,
                                                    false => break 'stage,
                                                }
                                            }
                                            ::pipeline_runtime::__private::Pause::Kept => {
                                                if let ::pipeline_runtime::__private::Some(item) = ::pipeline_runtime::__private::Option::take(
                                                    &mut kept_out,
                                                ) {
                                                    if !(&out).has_room() {
                                                        ::pipeline_runtime::__private::park(
                                                                (&mut out).room(),
                                                                &mut (&mut task, &mut input),
                                                            )
                                                            .await;
                                                    }
                                                    (&mut out).push(item);
                                                    (&mut task).emitted();
                                                    (&mut task).settle();
                                                }
                                            }
                                            ::pipeline_runtime::__private::Pause::End => break 'stage,
                                        }
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                    (&mut task).finish(&mut (&mut out,)).await;
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    {
                        let mut input = rx_of_rows;
                        let place_of_stored = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_stored,
                        );
                        let mut task = launch.task(5usize);
                        launch
                            .spawn(
                                5usize,
                                async move {
                                    let mut for_each_1_of_stored = for_each_1_of_stored.open();
                                    let mut batch_0_items_of_stored = ::pipeline_runtime::__private::Batch::new(
                                        batch_0_setting_0_of_stored,
                                        ::pipeline_runtime::__private::Some(
                                            batch_0_setting_1_of_stored,
                                        ),
                                    );
                                    let mut for_each_1_count_of_stored: ::pipeline_runtime::__private::u64 = 0;
                                    'stage: loop {
                                        let item = match (&mut task).pop(&mut input) {
                                            ::pipeline_runtime::__private::Some(item) => item,
                                            ::pipeline_runtime::__private::None => {
                                                match (&mut task)
                                                    .more_until(
                                                        &mut input,
                                                        &mut (),
                                                        (&batch_0_items_of_stored).due(),
                                                    )
                                                    .await
                                                {
                                                    ::pipeline_runtime::__private::More::Items => {
                                                        continue 'stage;
                                                    }
                                                    ::pipeline_runtime::__private::More::End => break 'stage,
                                                    ::pipeline_runtime::__private::More::Due => {
                                                        while let ::pipeline_runtime::__private::Some(item) = (&mut batch_0_items_of_stored)
                                                            .flush(&mut task, false)
                                                        {
                                                            'part_0: {
                                                                let () = match {
                                                                    let result = ::pipeline_runtime::__private::park(
                                                                            ::pipeline_runtime::__private::pin!(
                                                                                for_each_1_of_stored(item)
                                                                            ),
                                                                            &mut (&mut task, &mut input),
                                                                        )
                                                                        .await;
                                                                    result
                                                                } {
                                                                    ::pipeline_runtime::__private::Ok(value) => value,
                                                                    ::pipeline_runtime::__private::Err(error) => {
                                                                        match (&mut task).fail(error, &mut ()).await {}
                                                                    }
                                                                };
                                                                for_each_1_count_of_stored += 1;
                                                                (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                                            }
                                                            (&mut task).settle();
                                                        }
                                                        continue 'stage;
                                                    }
                                                }
                                            }
                                        };
                                        (&mut task).begin();
                                        'item: {
                                            if let ::pipeline_runtime::__private::Some(item) = (&mut batch_0_items_of_stored)
                                                .push(&mut task, item)
                                            {
                                                'part_0: {
                                                    let () = match {
                                                        let result = ::pipeline_runtime::__private::park(
                                                                ::pipeline_runtime::__private::pin!(
                                                                    for_each_1_of_stored(item)
                                                                ),
                                                                &mut (&mut task, &mut input),
                                                            )
                                                            .await;
                                                        result
                                                    } {
                                                        ::pipeline_runtime::__private::Ok(value) => value,
                                                        ::pipeline_runtime::__private::Err(error) => {
                                                            match (&mut task).fail(error, &mut ()).await {}
                                                        }
                                                    };
                                                    for_each_1_count_of_stored += 1;
                                                    (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                                }
                                                (&mut task).settle();
                                            }
                                        }
                                        (&mut task).settle();
                                    }
                                    'stage: while let ::pipeline_runtime::__private::Some(
                                        item,
                                    ) = (&mut batch_0_items_of_stored).flush(&mut task, true)
                                    {
                                        'part_0: {
                                            let () = match {
                                                let result = ::pipeline_runtime::__private::park(
                                                        ::pipeline_runtime::__private::pin!(
                                                            for_each_1_of_stored(item)
                                                        ),
                                                        &mut (&mut task, &mut input),
                                                    )
                                                    .await;
                                                result
                                            } {
                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                ::pipeline_runtime::__private::Err(error) => {
                                                    match (&mut task).fail(error, &mut ()).await {}
                                                }
                                            };
                                            for_each_1_count_of_stored += 1;
                                            (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                        }
                                        (&mut task).settle();
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                    (&place_of_stored).set(for_each_1_count_of_stored);
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    {
                        let mut input = rx_of_rejects;
                        let place_of_rejected = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_rejected,
                        );
                        let mut task = launch.task(6usize);
                        launch
                            .spawn(
                                6usize,
                                async move {
                                    let mut count_0_count_of_rejected: ::pipeline_runtime::__private::u64 = 0;
                                    'stage: loop {
                                        let pause;
                                        (pause, count_0_count_of_rejected) = {
                                            let mut count_0_count_of_rejected = count_0_count_of_rejected;
                                            let (mut task, mut items) = (&mut task).stretch(&mut input);
                                            let pause = 'stretch: loop {
                                                let ::pipeline_runtime::__private::Some(item) = (&mut items)
                                                    .next() else {
                                                    break ::pipeline_runtime::__private::Pause::More
                                                };
                                                (&mut task).begin();
                                                'item: {
                                                    ::pipeline_runtime::__private::drop(item);
                                                    count_0_count_of_rejected += 1;
                                                    (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                                }
                                                (&mut task).settle();
                                            };
                                            (pause, count_0_count_of_rejected)
                                        };
                                        match pause {
                                            ::pipeline_runtime::__private::Pause::More => {
                                                match (&mut task).more(&mut input, &mut ()).await {
                                                    true => continue 'stage,
                                                    false => break 'stage,
                                                }
                                            }
                                            ::pipeline_runtime::__private::Pause::Kept => {}
                                            ::pipeline_runtime::__private::Pause::End => break 'stage,
                                        }
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                    (&place_of_rejected).set(count_0_count_of_rejected);
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    let finish: ::pipeline_runtime::__private::Finish<_> = ::pipeline_runtime::__private::Box::new(move ||
                    {
                        let values = (
                            (&place_of_stored).take()?,
                            (&place_of_rejected).take()?,
                        );
                        ::pipeline_runtime::__private::Some(tail.open()(values))
                    });
                    finish
                },
            );
            (::pipeline_runtime::__private::assemble)(graph, settings, view, start)
        };
        const PIPELINE_MISTAKES: ::pipeline_runtime::__private::usize = 0;
        let expected = ::pipeline_runtime::check::items();
        if false {
            ::pipeline_runtime::check::expected(expected)
        } else {
            (::pipeline_runtime::check::block)(expected, pipeline)
        }
    }
}
///The stages, edges and policies of `load`, as data.
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
            ::pipeline_runtime::__private::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "orders",
            1,
            2,
            ::pipeline_runtime::__private::EdgeKind::Main,
            ::pipeline_runtime::__private::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "rejects",
            1,
            6,
            ::pipeline_runtime::__private::EdgeKind::Rejects,
            ::pipeline_runtime::__private::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "large",
            2,
            3,
            ::pipeline_runtime::__private::EdgeKind::Branch,
            ::pipeline_runtime::__private::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "small",
            2,
            4,
            ::pipeline_runtime::__private::EdgeKind::Branch,
            ::pipeline_runtime::__private::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "checked",
            3,
            4,
            ::pipeline_runtime::__private::EdgeKind::Main,
            ::pipeline_runtime::__private::None,
        ),
        ::pipeline_runtime::__private::GraphEdge::new(
            "rows",
            4,
            5,
            ::pipeline_runtime::__private::EdgeKind::Main,
            ::pipeline_runtime::__private::None,
        ),
    ],
    "load\n●      source lines\n●      stage orders          filter · map · workers(parsers)\n├───╮    rejects\n●   │  stage (large, small)  route\n├─╮ │    large, small\n● │ │  stage checked         map · in_flight(16)\n├─╯ │\n●   │  stage rows            merge(checked, small)\n●   │  sink stored           batch(500, 1s) · for_each\n    ●  sink rejected         count",
);
