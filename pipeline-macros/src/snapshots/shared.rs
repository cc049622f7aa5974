fn shared() {
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
            let in_flight_of_charged = settings
                .positive("`in_flight` of stage `charged`", 16u64);
            let timeout_of_charged = settings
                .duration(
                    "`timeout` of stage `charged`",
                    ::pipeline_runtime::__private::Duration::from_nanos(2000000000u64),
                );
            let attempts_of_charged = settings
                .positive("`attempts` of stage `charged`", 3u64);
            (::pipeline_runtime::check::rate)();
            let rate_of_charged = {
                let n = settings.positive("`rate` of stage `charged`", 500u64);
                let per = settings
                    .duration(
                        "`per` of stage `charged`",
                        ::pipeline_runtime::__private::Duration::from_nanos(
                            1000000000u64,
                        ),
                    );
                let burst = n;
                settings.keyed_limiter("`rate` of stage `charged`", n, per, burst)
            };
            let limit_of_charged = (::pipeline_runtime::check::limit)(&connections);
            let breaker_of_charged = {
                let builder = ::pipeline_runtime::__private::Breaker::builder();
                let builder = builder
                    .failure_rate(
                        settings.share("`failure_rate` of stage `charged`", 0.3),
                    );
                settings.breaker("`breaker` of stage `charged`", builder)
            };
            (::pipeline_runtime::check::rate)();
            let rate_of_told = (::pipeline_runtime::check::limiter)(&limiter);
            let breaker_of_told = (::pipeline_runtime::check::breaker)(&payments);
            let (source_of_orders, items_of_orders, sound) = {
                (::pipeline_runtime::check::source)(
                    sound,
                    async move |
                        out,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        use ::pipeline_runtime::__private::SourceKind as _;
                        let source = { orders };
                        let kind = (&&&&&::pipeline_runtime::__private::SourceProbe::new(
                            &source,
                        ))
                            .kind_of_source();
                        (kind).drive({ source }, out).await
                    },
                )
            };
            let asked = sent.about(items_of_orders);
            let sent = (asked).edge(sent);
            let items = items_of_orders;
            let on_error_of_charged = {
                (::pipeline_runtime::check::on_error)(
                    ::pipeline_runtime::check::failed(errors),
                    move |failed| {
                        let reject = ::pipeline_runtime::check::OnError::Reject;
                        let skip = ::pipeline_runtime::check::OnError::Skip;
                        if failed.is_late() { reject } else { skip }
                    },
                )
            };
            let (by_of_charged, rate_keys_of_charged) = {
                (::pipeline_runtime::check::by)({ items }, move |order| order.shop)
            };
            let sound = sound.known();
            let sound = (rate_keys_of_charged).key(sound);
            let items_of_unpaid = ::pipeline_runtime::check::rejected(
                items,
                ::pipeline_runtime::check::failed(errors),
            );
            let (map_0_of_charged, items, sound) = {
                (::pipeline_runtime::check::in_flight::map_lent)(
                    sound,
                    items,
                    async move |
                        order,
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
                                (charge(order).await?)
                            },
                        }
                    },
                )
            };
            let items_of_charged = items;
            let asked = sent.about(items_of_charged);
            let sent = (asked).edge(sent);
            let items = items_of_charged;
            let (for_each_0_of_told, items, sound) = {
                (::pipeline_runtime::check::serial_async::for_each)(
                    sound,
                    items,
                    async move |
                        order,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        let value: () = if let ::pipeline_runtime::__private::Otherwise::Value(
                            value,
                        ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                            value
                        } else {
                            (tell(order).await?)
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
            let items = items_of_unpaid;
            let value_of_lost = ::pipeline_runtime::check::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let sound = sent.of(sound);
            ::pipeline_runtime::__private::editor! {
                let _ = (::pipeline_runtime::__private::words::statements::source,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::attributes::in_flight,
                ::pipeline_runtime::__private::words::attributes::rate,
                ::pipeline_runtime::__private::words::options::per,
                ::pipeline_runtime::__private::words::options::by,
                ::pipeline_runtime::__private::words::attributes::limit,
                ::pipeline_runtime::__private::words::attributes::breaker,
                ::pipeline_runtime::__private::words::options::failure_rate,
                ::pipeline_runtime::__private::words::options::open,
                ::pipeline_runtime::__private::words::attributes::retry,
                ::pipeline_runtime::__private::words::options::attempts,
                ::pipeline_runtime::__private::words::attributes::timeout,
                ::pipeline_runtime::__private::words::attributes::on_error,
                ::pipeline_runtime::__private::words::operators::map,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::attributes::rate,
                ::pipeline_runtime::__private::words::attributes::breaker,
                ::pipeline_runtime::__private::words::attributes::on_cancel,
                ::pipeline_runtime::__private::words::options::finish,
                ::pipeline_runtime::__private::words::operators::for_each,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::operators::count,);
                #[allow(non_snake_case, reason = "a stream may be called as a type is")]
                { use ::pipeline_runtime::__private::words::joins:: *; let orders =
                items_of_orders; let charged = items_of_charged; let unpaid =
                items_of_unpaid; let _ = (orders, charged, unpaid,); }
            }
            let (tail, _, sound) = {
                (::pipeline_runtime::check::tail)(
                    sound,
                    ::pipeline_runtime::check::pair(value_of_told, value_of_lost),
                    move |(_, value_of_lost)| value_of_lost,
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
                            "orders",
                            ::pipeline_runtime::__private::StageKind::Source,
                            &[],
                            &[],
                            2,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "charged",
                            ::pipeline_runtime::__private::StageKind::Stage,
                            &["map"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "in_flight",
                                    "16",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "rate",
                                    "500, per = 1s, by = |order| order.shop",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "limit",
                                    "&connections",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "breaker",
                                    "failure_rate = 0.3, open = reject",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "retry",
                                    "attempts = 3",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "timeout",
                                    "2s",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "on_error",
                                    "|failed| if failed.is_late() { reject } else { skip }",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "else",
                                    "unpaid",
                                ),
                            ],
                            8,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "told",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["for_each"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "rate",
                                    "&limiter",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "breaker",
                                    "&payments",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "on_cancel",
                                    "finish",
                                ),
                            ],
                            11,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "lost",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["count"],
                            &[],
                            12,
                        ),
                    ],
                    &[
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "orders",
                            0,
                            1,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "charged",
                            1,
                            2,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "unpaid",
                            1,
                            3,
                            ::pipeline_runtime::__private::EdgeKind::Rejects,
                            ::pipeline_runtime::__private::None,
                        ),
                    ],
                    "pipeline\n●    source orders\n●    stage charged  map · in_flight(16) · rate(500, per = 1s) · limit(&connections) · break…\n├─╮    unpaid\n● │  sink told      for_each · rate(&limiter) · breaker(&payments) · on_cancel(finish)\n  ●  sink lost      count",
                );
                GRAPH
            };
            let start = (::pipeline_runtime::check::start)(
                errors,
                (
                    items_of_orders,
                    items_of_charged,
                    items_of_unpaid,
                    value_of_told,
                    value_of_lost,
                ),
                move |
                    launch: &::pipeline_runtime::check::Launch<
                        ::pipeline_runtime::BoxError,
                    >,
                    _|
                {
                    let launch = (sound).of(launch);
                    let (mut tx_of_orders, mut rx_of_orders) = launch
                        .edge(
                            0usize,
                            items_of_orders,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_charged, mut rx_of_charged) = launch
                        .edge(
                            1usize,
                            items_of_charged,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_unpaid, mut rx_of_unpaid) = launch
                        .edge(
                            2usize,
                            items_of_unpaid,
                            ::pipeline_runtime::__private::None,
                        );
                    let place_of_told = sound
                        .of(::pipeline_runtime::__private::SinkValue::of(value_of_told));
                    let place_of_lost = sound
                        .of(::pipeline_runtime::__private::SinkValue::of(value_of_lost));
                    {
                        let (out, watch) = launch.source(0usize, tx_of_orders);
                        launch
                            .spawn(
                                0usize,
                                async move { watch.run(source_of_orders.open()(out)).await },
                            );
                    }
                    {
                        let mut input = rx_of_orders;
                        let mut out = tx_of_charged;
                        let mut rejects = tx_of_unpaid;
                        let policies_of_charged = launch
                            .policies(1usize, ::pipeline_runtime::check::failed(errors))
                            .timeout(timeout_of_charged)
                            .retry(
                                ::pipeline_runtime::__private::Retry::new(
                                    attempts_of_charged,
                                ),
                            )
                            .rate_by(rate_of_charged, by_of_charged)
                            .in_flight(in_flight_of_charged)
                            .limit(launch.limit(1usize, limit_of_charged))
                            .breaker(
                                breaker_of_charged,
                                ::pipeline_runtime::__private::Verdict::of,
                            )
                            .refusing()
                            .shared();
                        let in_flight_limit = ::pipeline_runtime::__private::beside(
                            in_flight_of_charged,
                        );
                        let mut task = launch.task(1usize);
                        launch
                            .spawn(
                                1usize,
                                async move {
                                    let map_0_of_charged = &map_0_of_charged.open();
                                    let failures = (&task).failures();
                                    let failures = &failures;
                                    let (mut starts, mut arrivals, flights) = ::pipeline_runtime::__private::in_flight(
                                        &task,
                                        in_flight_limit,
                                        true,
                                    );
                                    let on_error_of_charged = &on_error_of_charged;
                                    let policies_of_charged = &*policies_of_charged;
                                    let body = |
                                        item,
                                        place: ::pipeline_runtime::__private::Place|
                                    {
                                        async move {
                                            let mut attempts = (&*policies_of_charged).attempts();
                                            let result = {
                                                let key = (&*policies_of_charged).key(&item);
                                                let entered = if (&mut attempts).goes(&key) {
                                                    ::pipeline_runtime::__private::Ok(())
                                                } else {
                                                    (&mut attempts).try_enter(key).await
                                                };
                                                let result = match entered {
                                                    ::pipeline_runtime::__private::Ok(()) => {
                                                        loop {
                                                            (&mut attempts).begin_beside();
                                                            match {
                                                                let result = {
                                                                    let result = (&mut attempts)
                                                                        .within(
                                                                            ::pipeline_runtime::__private::pin!(
                                                                                map_0_of_charged(& item)
                                                                            ),
                                                                        )
                                                                        .await;
                                                                    result
                                                                };
                                                                (&mut attempts).tried(&result);
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
                                                        }
                                                    }
                                                    ::pipeline_runtime::__private::Err(refused) => {
                                                        ::pipeline_runtime::__private::Err(refused)
                                                    }
                                                };
                                                (&mut attempts).ended(&result);
                                                result
                                            };
                                            match result {
                                                ::pipeline_runtime::__private::Ok(value) => {
                                                    ::pipeline_runtime::__private::Ok(
                                                        ::pipeline_runtime::__private::Whole::new(value),
                                                    )
                                                }
                                                ::pipeline_runtime::__private::Err(error) => {
                                                    ::pipeline_runtime::__private::Err(
                                                        match (&on_error_of_charged).of(&error) {
                                                            ::pipeline_runtime::check::OnError::Fail => {
                                                                ::pipeline_runtime::__private::Err(
                                                                    failures.hold(place, error),
                                                                )
                                                            }
                                                            decided => {
                                                                ::pipeline_runtime::__private::Ok((
                                                                    decided,
                                                                    (error, item, (&attempts).number()),
                                                                ))
                                                            }
                                                        },
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
                                                    (&mut arrivals)
                                                        .next(&mut (&mut task, &mut out, &mut rejects))
                                                        .await
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
                                                    (&mut task)
                                                        .turn_to(turn, &mut (&mut out, &mut rejects))
                                                        .await;
                                                    continue;
                                                }
                                                ::pipeline_runtime::__private::Some(
                                                    ::pipeline_runtime::__private::Arrival::Rejected(
                                                        load,
                                                        rejected,
                                                    ),
                                                ) => {
                                                    (&mut task).take_back(load);
                                                    if !(&rejects).has_room() {
                                                        ::pipeline_runtime::__private::park(
                                                                (&mut rejects).room(),
                                                                &mut (&mut task, &mut out),
                                                            )
                                                            .await;
                                                    }
                                                    (&mut rejects).push(rejected);
                                                    (&mut task)
                                                        .note(::pipeline_runtime::__private::Fate::Rejected);
                                                    (&mut task).settle();
                                                    continue;
                                                }
                                                ::pipeline_runtime::__private::Some(
                                                    ::pipeline_runtime::__private::Arrival::Failed(load, error),
                                                ) => {
                                                    (&mut task).take_back(load);
                                                    match (&mut task)
                                                        .fail_held(error, &mut (&mut out, &mut rejects))
                                                        .await
                                                    {}
                                                }
                                                ::pipeline_runtime::__private::None => break,
                                            };
                                            (&mut task).take_back(load);
                                            'item: {
                                                let item = match arrived {
                                                    ::pipeline_runtime::__private::Ok(value) => value,
                                                    ::pipeline_runtime::__private::Err(
                                                        ::pipeline_runtime::__private::Err(error),
                                                    ) => {
                                                        match (&mut task)
                                                            .fail_held(error, &mut (&mut out, &mut rejects))
                                                            .await
                                                        {}
                                                    }
                                                    ::pipeline_runtime::__private::Err(
                                                        ::pipeline_runtime::__private::Ok(
                                                            (
                                                                ::pipeline_runtime::check::OnError::Reject,
                                                                (error, item, tried),
                                                            ),
                                                        ),
                                                    ) => {
                                                        if !(&rejects).has_room() {
                                                            ::pipeline_runtime::__private::park(
                                                                    (&mut rejects).room(),
                                                                    &mut (&mut task, &mut out),
                                                                )
                                                                .await;
                                                        }
                                                        (&mut rejects).push((&task).rejected(item, error, tried));
                                                        (&mut task)
                                                            .note(::pipeline_runtime::__private::Fate::Rejected);
                                                        break 'item;
                                                    }
                                                    ::pipeline_runtime::__private::Err(
                                                        ::pipeline_runtime::__private::Ok((_, (error, item, _))),
                                                    ) => {
                                                        (&mut task).skip(&error);
                                                        break 'item;
                                                    }
                                                };
                                                if !(&out).has_room() {
                                                    ::pipeline_runtime::__private::park(
                                                            (&mut out).room(),
                                                            &mut (&mut task, &mut rejects),
                                                        )
                                                        .await;
                                                }
                                                (&mut out).push(item);
                                                (&mut task).emitted();
                                            }
                                            (&mut task).settle();
                                        }
                                        (&mut task).finish(&mut (&mut out, &mut rejects)).await;
                                    };
                                    (flights
                                        .drive(
                                            ::pipeline_runtime::__private::Result::is_err,
                                            first,
                                            second,
                                        ))
                                        .await;
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    {
                        let mut input = rx_of_charged;
                        let policies_of_told = launch
                            .policies(2usize, errors)
                            .rate(rate_of_told)
                            .breaker(
                                breaker_of_told,
                                ::pipeline_runtime::__private::Verdict::of,
                            )
                            .shared();
                        let place_of_told = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_told,
                        );
                        let mut task = launch.task(2usize);
                        let begun = ::pipeline_runtime::__private::Begun::new();
                        launch
                            .spawn_finishing(
                                2usize,
                                ::pipeline_runtime::__private::Clone::clone(&begun),
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
                                                let key = ();
                                                if !(&mut attempts).goes(&key) {
                                                    ::pipeline_runtime::__private::park(
                                                            (&mut attempts).enter(key),
                                                            &mut (&mut task, &mut input),
                                                        )
                                                        .await;
                                                }
                                                let result = {
                                                    let working = (&begun).begin();
                                                    let result = {
                                                        (&mut task).attempt();
                                                        (&mut attempts).begin();
                                                        {
                                                            let result = ::pipeline_runtime::__private::park(
                                                                    ::pipeline_runtime::__private::pin!(
                                                                        for_each_0_of_told(item)
                                                                    ),
                                                                    &mut (&mut task, &mut input),
                                                                )
                                                                .await;
                                                            result
                                                        }
                                                    };
                                                    ::pipeline_runtime::__private::drop(working);
                                                    result
                                                };
                                                (&mut attempts).ended(&result);
                                                result
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
                        let mut input = rx_of_unpaid;
                        let place_of_lost = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_lost,
                        );
                        let mut task = launch.task(3usize);
                        launch
                            .spawn(
                                3usize,
                                async move {
                                    let mut count_0_count_of_lost: ::pipeline_runtime::__private::u64 = 0;
                                    'stage: loop {
                                        let pause;
                                        (pause, count_0_count_of_lost) = {
                                            let mut count_0_count_of_lost = count_0_count_of_lost;
                                            let (mut task, mut items) = (&mut task).stretch(&mut input);
                                            let pause = 'stretch: loop {
                                                let ::pipeline_runtime::__private::Some(item) = (&mut items)
                                                    .next() else {
                                                    break ::pipeline_runtime::__private::Pause::More
                                                };
                                                (&mut task).begin();
                                                'item: {
                                                    ::pipeline_runtime::__private::drop(item);
                                                    count_0_count_of_lost += 1;
                                                    (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                                }
                                                (&mut task).settle();
                                            };
                                            (pause, count_0_count_of_lost)
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
                                    (&place_of_lost).set(count_0_count_of_lost);
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    let finish: ::pipeline_runtime::__private::Finish<_> = ::pipeline_runtime::__private::Box::new(move ||
                    {
                        let values = (
                            (&place_of_told).take()?,
                            (&place_of_lost).take()?,
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
