fn guarded() {
    {
        let pipeline = {
            let _ = [(); PIPELINE_MISTAKES];
            let errors = ::pipeline_runtime::check::errors::<
                ::pipeline_runtime::BoxError,
            >();
            let sound = errors.of(::pipeline_runtime::check::Sound);
            let sent = sound;
            use ::pipeline_runtime::check::{
                Refused as _, RefusedOthers as _, SentOthers as _,
            };
            let settings = &mut ::pipeline_runtime::check::Settings::new();
            let ratio = settings.ratio("`ratio` of `#![retry_budget]`", 0.1);
            let floor = 10;
            let per = ::pipeline_runtime::__private::Duration::from_secs(1);
            settings.retry_budget(ratio, floor, per);
            let attempts_of_parsed = settings
                .positive("`attempts` of stage `parsed`", 3u64);
            let in_flight_of_found = settings
                .positive("`in_flight` of stage `found`", 16u64);
            let timeout_of_found = settings
                .duration(
                    "`timeout` of stage `found`",
                    ::pipeline_runtime::__private::Duration::from_nanos(2000000000u64),
                );
            let total_of_found = settings
                .duration(
                    "`total` of stage `found`",
                    ::pipeline_runtime::__private::Duration::from_nanos(10000000000u64),
                );
            let attempts_of_found = settings
                .positive("`attempts` of stage `found`", 4u64);
            let backoff_of_found = settings
                .duration(
                    "`backoff` of stage `found`",
                    ::pipeline_runtime::__private::Duration::from_nanos(50000000u64),
                );
            let longest_backoff_of_found = settings
                .duration(
                    "`backoff` of stage `found`",
                    ::pipeline_runtime::__private::Duration::from_nanos(2000000000u64),
                );
            settings
                .covers(
                    "`total` of stage `found`",
                    total_of_found,
                    "timeout",
                    timeout_of_found,
                );
            settings
                .rises(
                    "`backoff` of stage `found`",
                    backoff_of_found,
                    longest_backoff_of_found,
                );
            let timeout_of_told = settings
                .duration(
                    "`timeout` of stage `told`",
                    ::pipeline_runtime::__private::Duration::from_nanos(1000000000u64),
                );
            let (source_of_keys, items_of_keys, sound) = {
                (::pipeline_runtime::check::source)(
                    sound,
                    async move |
                        out,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        use ::pipeline_runtime::__private::SourceKind as _;
                        let source = { keys };
                        let kind = (&&&&&::pipeline_runtime::__private::SourceProbe::new(
                            &source,
                        ))
                            .kind_of_source();
                        (kind).drive({ source }, out).await
                    },
                )
            };
            let asked = sent.about(items_of_keys);
            let sent = (asked).edge(sent);
            let items = items_of_keys;
            let when_of_parsed = {
                (::pipeline_runtime::check::when)(errors, move |e| e.is_transient())
            };
            let items_of_rejects = ::pipeline_runtime::check::rejected(items, errors);
            let (map_0_of_parsed, items, sound) = {
                (::pipeline_runtime::check::serial::map_lent)(
                    sound,
                    items,
                    move |
                        key,
                    | -> ::pipeline_runtime::__private::Result<
                        _,
                        ::pipeline_runtime::BoxError,
                    > {
                        ::pipeline_runtime::__private::Ok {
                            0: if let ::pipeline_runtime::__private::Otherwise::Value(
                                value,
                            ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                                value
                            } else {
                                (parse(key)?)
                            },
                        }
                    },
                )
            };
            let items_of_parsed = items;
            let asked = sent.about(items_of_parsed);
            let sent = (asked).edge(sent);
            let items = items_of_parsed;
            let sound = sound.known();
            let sound = (items).retried(sound);
            let (map_0_of_found, items, sound) = {
                (::pipeline_runtime::check::in_flight::map)(
                    sound,
                    items,
                    async move |
                        key,
                    | -> ::pipeline_runtime::__private::Result<
                        _,
                        ::pipeline_runtime::BoxError,
                    > {
                        ::pipeline_runtime::__private::Ok {
                            0: if let ::pipeline_runtime::__private::Otherwise::Value(
                                value,
                            ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                                value
                            } else {
                                (find(key).await?)
                            },
                        }
                    },
                )
            };
            let items_of_found = items;
            let asked = sent.about(items_of_found);
            let sent = (asked).edge(sent);
            let items = items_of_found;
            let (for_each_0_of_told, items, sound) = {
                (::pipeline_runtime::check::serial_async::for_each)(
                    sound,
                    items,
                    async move |
                        row,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        let value: () = if let ::pipeline_runtime::__private::Otherwise::Value(
                            value,
                        ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                            value
                        } else {
                            (tell(row).await)
                        };
                        ::pipeline_runtime::__private::Ok {
                            0: value,
                        }
                    },
                )
            };
            let value_of_told = ::pipeline_runtime::check::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let items = items_of_rejects;
            let value_of_bad = ::pipeline_runtime::check::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let sound = sent.of(sound);
            ::pipeline_runtime::__private::editor! {
                let _ = (::pipeline_runtime::__private::words::attributes::retry_budget,
                ::pipeline_runtime::__private::words::options::ratio,
                ::pipeline_runtime::__private::words::statements::source,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::attributes::retry,
                ::pipeline_runtime::__private::words::options::attempts,
                ::pipeline_runtime::__private::words::options::when,
                ::pipeline_runtime::__private::words::operators::map,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::attributes::in_flight,
                ::pipeline_runtime::__private::words::attributes::timeout,
                ::pipeline_runtime::__private::words::options::total,
                ::pipeline_runtime::__private::words::attributes::retry,
                ::pipeline_runtime::__private::words::options::attempts,
                ::pipeline_runtime::__private::words::options::backoff,
                ::pipeline_runtime::__private::words::operators::map,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::attributes::timeout,
                ::pipeline_runtime::__private::words::operators::for_each,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::operators::count,);
                #[allow(non_snake_case, reason = "a stream may be called as a type is")]
                { use ::pipeline_runtime::__private::words::joins:: *; let keys =
                items_of_keys; let parsed = items_of_parsed; let rejects =
                items_of_rejects; let found = items_of_found; let _ = (keys, parsed,
                found, rejects,); }
            }
            let (tail, _, sound) = {
                (::pipeline_runtime::check::tail)(
                    sound,
                    ::pipeline_runtime::check::pair(value_of_told, value_of_bad),
                    move |(_, value_of_bad)| value_of_bad,
                )
            };
            let view = {
                use ::pipeline_runtime::check::{
                    ViewAsError as _, ViewBehindPointer as _, ViewOfNoError as _,
                };
                (errors
                    .of(
                        &&&::pipeline_runtime::check::ErrorProbe::<
                            ::pipeline_runtime::BoxError,
                        >::new(),
                    ))
                    .view_of_error()
            };
            let graph = {
                const GRAPH: ::pipeline_runtime::Graph = ::pipeline_runtime::Graph::new(
                    ::pipeline_runtime::__private::concat!(
                        ::pipeline_runtime::__private::file!(), ":",
                        ::pipeline_runtime::__private::line!()
                    ),
                    &[
                        ::pipeline_runtime::__private::GraphStage::new(
                            "keys",
                            ::pipeline_runtime::__private::StageKind::Source,
                            &[],
                            &[],
                            3,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "parsed",
                            ::pipeline_runtime::__private::StageKind::Stage,
                            &["map"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "retry",
                                    "attempts = 3, when = |e| e.is_transient()",
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
                            6,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "found",
                            ::pipeline_runtime::__private::StageKind::Stage,
                            &["map"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "in_flight",
                                    "16",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "retry",
                                    "attempts = 4, backoff = 50ms..2s",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "timeout",
                                    "2s, total = 10s",
                                ),
                            ],
                            9,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "told",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["for_each"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "timeout",
                                    "1s",
                                ),
                            ],
                            12,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "bad",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["count"],
                            &[],
                            13,
                        ),
                    ],
                    &[
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "keys",
                            0,
                            1,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "parsed",
                            1,
                            2,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "rejects",
                            1,
                            4,
                            ::pipeline_runtime::__private::EdgeKind::Rejects,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "found",
                            2,
                            3,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                    ],
                    "pipeline\n●    source keys\n●    stage parsed  map · retry(3)\n├─╮    rejects\n● │  stage found   map · in_flight(16) · retry(4) · timeout(2s)\n● │  sink told     for_each · timeout(1s)\n  ●  sink bad      count",
                );
                GRAPH
            };
            let start = (::pipeline_runtime::check::start)(
                errors,
                (
                    items_of_keys,
                    items_of_parsed,
                    items_of_rejects,
                    items_of_found,
                    value_of_told,
                    value_of_bad,
                ),
                move |
                    launch: &::pipeline_runtime::check::Launch<
                        ::pipeline_runtime::BoxError,
                    >,
                    _|
                {
                    let launch = (sound).of(launch);
                    let (mut tx_of_keys, mut rx_of_keys) = launch
                        .edge(
                            0usize,
                            items_of_keys,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_parsed, mut rx_of_parsed) = launch
                        .edge(
                            1usize,
                            items_of_parsed,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_rejects, mut rx_of_rejects) = launch
                        .edge(
                            2usize,
                            items_of_rejects,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_found, mut rx_of_found) = launch
                        .edge(
                            3usize,
                            items_of_found,
                            ::pipeline_runtime::__private::None,
                        );
                    let place_of_told = sound
                        .of(::pipeline_runtime::__private::SinkValue::of(value_of_told));
                    let place_of_bad = sound
                        .of(::pipeline_runtime::__private::SinkValue::of(value_of_bad));
                    {
                        let (out, watch) = launch.source(0usize, tx_of_keys);
                        launch
                            .spawn(
                                0usize,
                                async move { watch.run(source_of_keys.open()(out)).await },
                            );
                    }
                    {
                        let mut input = rx_of_keys;
                        let mut out = tx_of_parsed;
                        let mut rejects = tx_of_rejects;
                        let policies_of_parsed = launch
                            .policies(1usize, errors)
                            .retry(
                                ::pipeline_runtime::__private::Retry::new(
                                        attempts_of_parsed,
                                    )
                                    .when(when_of_parsed),
                            )
                            .shared();
                        let mut task = launch.task(1usize);
                        launch
                            .spawn(
                                1usize,
                                async move {
                                    let mut map_0_of_parsed = map_0_of_parsed.open();
                                    'stage: loop {
                                        let item = match (&mut task).pop(&mut input) {
                                            ::pipeline_runtime::__private::Some(item) => item,
                                            ::pipeline_runtime::__private::None => {
                                                match (&mut task)
                                                    .more(&mut input, &mut (&mut out, &mut rejects))
                                                    .await
                                                {
                                                    true => continue 'stage,
                                                    false => break 'stage,
                                                }
                                            }
                                        };
                                        (&mut task).begin();
                                        'item: {
                                            let mut attempts = (&*policies_of_parsed).attempts();
                                            let item = match loop {
                                                (&mut task).attempt();
                                                (&mut attempts).begin();
                                                match map_0_of_parsed(&item) {
                                                    ::pipeline_runtime::__private::Ok(value) => {
                                                        break ::pipeline_runtime::__private::Ok(value);
                                                    }
                                                    ::pipeline_runtime::__private::Err(error) => {
                                                        if let ::pipeline_runtime::__private::Some(error) = ::pipeline_runtime::__private::park(
                                                                (&mut attempts).again(error),
                                                                &mut (&mut task, &mut input, &mut out, &mut rejects),
                                                            )
                                                            .await
                                                        {
                                                            break ::pipeline_runtime::__private::Err(error);
                                                        }
                                                    }
                                                }
                                            } {
                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                ::pipeline_runtime::__private::Err(error) => {
                                                    if !(&rejects).has_room() {
                                                        ::pipeline_runtime::__private::park(
                                                                (&mut rejects).room(),
                                                                &mut (&mut task, &mut input, &mut out),
                                                            )
                                                            .await;
                                                    }
                                                    (&mut rejects)
                                                        .push((&task).rejected(item, error, (&attempts).number()));
                                                    (&mut task)
                                                        .note(::pipeline_runtime::__private::Fate::Rejected);
                                                    break 'item;
                                                }
                                            };
                                            if !(&out).has_room() {
                                                ::pipeline_runtime::__private::park(
                                                        (&mut out).room(),
                                                        &mut (&mut task, &mut input, &mut rejects),
                                                    )
                                                    .await;
                                            }
                                            (&mut out).push(item);
                                            (&mut task).emitted();
                                        }
                                        (&mut task).settle();
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                    (&mut task).finish(&mut (&mut out, &mut rejects)).await;
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    {
                        let mut input = rx_of_parsed;
                        let mut out = tx_of_found;
                        let policies_of_found = launch
                            .policies(2usize, ::pipeline_runtime::check::failed(errors))
                            .timeout(timeout_of_found)
                            .total(total_of_found)
                            .retry(
                                ::pipeline_runtime::__private::Retry::new(attempts_of_found)
                                    .backoff(backoff_of_found, longest_backoff_of_found),
                            )
                            .shared();
                        let in_flight_limit = in_flight_of_found;
                        let mut task = launch.task(2usize);
                        launch
                            .spawn(
                                2usize,
                                async move {
                                    let map_0_of_found = &map_0_of_found.open();
                                    let failures = (&task).failures();
                                    let failures = &failures;
                                    let (mut starts, mut arrivals, flights) = ::pipeline_runtime::__private::in_flight(
                                        &task,
                                        in_flight_limit,
                                        true,
                                    );
                                    let policies_of_found = &*policies_of_found;
                                    let body = |
                                        item,
                                        place: ::pipeline_runtime::__private::Place|
                                    {
                                        async move {
                                            let mut attempts = (&*policies_of_found).attempts();
                                            let result = loop {
                                                (&mut attempts).begin_beside();
                                                match {
                                                    let result = (&mut attempts)
                                                        .within(
                                                            ::pipeline_runtime::__private::pin!(
                                                                map_0_of_found((& * policies_of_found).clone_of(& item))
                                                            ),
                                                        )
                                                        .await;
                                                    result
                                                } {
                                                    ::pipeline_runtime::__private::Ok(value) => {
                                                        break ::pipeline_runtime::__private::Ok(value);
                                                    }
                                                    ::pipeline_runtime::__private::Err(error) => {
                                                        if let ::pipeline_runtime::__private::Some(error) = (&mut attempts)
                                                            .again(error)
                                                            .await
                                                        {
                                                            break ::pipeline_runtime::__private::Err(error);
                                                        }
                                                    }
                                                }
                                            };
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
                        let mut input = rx_of_found;
                        let policies_of_told = launch
                            .policies(3usize, ::pipeline_runtime::check::failed(errors))
                            .timeout(timeout_of_told)
                            .shared();
                        let place_of_told = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_told,
                        );
                        let mut task = launch.task(3usize);
                        launch
                            .spawn(
                                3usize,
                                async move {
                                    let mut for_each_0_of_told = for_each_0_of_told.open();
                                    let mut for_each_0_count_of_told: ::pipeline_runtime::__private::u64 = 0;
                                    'stage: loop {
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
                                            let mut attempts = (&*policies_of_told).attempts();
                                            let () = match {
                                                (&mut task).attempt();
                                                (&mut attempts).begin();
                                                {
                                                    let result = ::pipeline_runtime::__private::park(
                                                            (&mut attempts)
                                                                .within(
                                                                    ::pipeline_runtime::__private::pin!(
                                                                        for_each_0_of_told(item)
                                                                    ),
                                                                ),
                                                            &mut (&mut task, &mut input),
                                                        )
                                                        .await;
                                                    result
                                                }
                                            } {
                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                ::pipeline_runtime::__private::Err(error) => {
                                                    match (&mut task).fail(error, &mut ()).await {}
                                                }
                                            };
                                            for_each_0_count_of_told += 1;
                                            (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                        }
                                        (&mut task).settle();
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                    (&place_of_told).set(for_each_0_count_of_told);
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    {
                        let mut input = rx_of_rejects;
                        let place_of_bad = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_bad,
                        );
                        let mut task = launch.task(4usize);
                        launch
                            .spawn(
                                4usize,
                                async move {
                                    let mut count_0_count_of_bad: ::pipeline_runtime::__private::u64 = 0;
                                    'stage: loop {
                                        let pause;
                                        (pause, count_0_count_of_bad) = {
                                            let mut count_0_count_of_bad = count_0_count_of_bad;
                                            let (mut task, mut items) = (&mut task).stretch(&mut input);
                                            let pause = 'stretch: loop {
                                                let ::pipeline_runtime::__private::Some(item) = (&mut items)
                                                    .next() else {
                                                    break ::pipeline_runtime::__private::Pause::More
                                                };
                                                (&mut task).begin();
                                                'item: {
                                                    ::pipeline_runtime::__private::drop(item);
                                                    count_0_count_of_bad += 1;
                                                    (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                                }
                                                (&mut task).settle();
                                            };
                                            (pause, count_0_count_of_bad)
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
                                    (&place_of_bad).set(count_0_count_of_bad);
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    let finish: ::pipeline_runtime::__private::Finish<_> = ::pipeline_runtime::__private::Box::new(move ||
                    {
                        let values = ((&place_of_told).take()?, (&place_of_bad).take()?);
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
