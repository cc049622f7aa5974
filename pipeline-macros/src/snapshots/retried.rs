fn retried() {
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
            let attempts_of_lines = settings
                .positive("`attempts` of stage `lines`", 8u64);
            let backoff_of_lines = settings
                .duration(
                    "`backoff` of stage `lines`",
                    ::pipeline_runtime::__private::Duration::from_nanos(100000000u64),
                );
            let longest_backoff_of_lines = settings
                .duration(
                    "`backoff` of stage `lines`",
                    ::pipeline_runtime::__private::Duration::from_nanos(30000000000u64),
                );
            settings
                .rises(
                    "`backoff` of stage `lines`",
                    backoff_of_lines,
                    longest_backoff_of_lines,
                );
            let attempts_of_keys = settings.positive("`attempts` of stage `keys`", 3u64);
            let attempts_of_events = settings
                .positive("`attempts` of stage `events`", 3u64);
            let attempts_of_files = settings
                .positive("`attempts` of stage `files`", 3u64);
            let (source_of_lines, items_of_lines, results, sound) = {
                (::pipeline_runtime::check::retried_results)(
                    sound,
                    async move |
                        out,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        use ::pipeline_runtime::__private::SourceKind as _;
                        let source = connect(&url).await?.lines();
                        let kind = (&&&&&::pipeline_runtime::__private::SourceProbe::new(
                            &source,
                        ))
                            .kind_of_source();
                        (kind).drive_results({ source }, out).await
                    },
                )
            };
            let sound = sound.known();
            let (items, failures, sound) = {
                use ::pipeline_runtime::check::RefusedQuestion as _;
                (items_of_lines).question(sound)
            };
            let failures = ::pipeline_runtime::check::failures(failures, errors);
            let sound = sound.known();
            let sound = {
                use ::pipeline_runtime::check::RefusedConversion as _;
                (failures).convert(sound)
            };
            let items_of_lines = ::pipeline_runtime::check::results(items, results);
            let asked = sent.about(items_of_lines);
            let sent = (asked).edge(sent);
            let (source_of_keys, items_of_keys, sound) = {
                (::pipeline_runtime::check::retried_source)(
                    sound,
                    async move |
                        out,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        use ::pipeline_runtime::__private::SourceKind as _;
                        let source = keys().await?;
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
            let when_of_keys = {
                (::pipeline_runtime::check::when)(errors, move |e| e.is_transient())
            };
            let (source_of_events, items_of_events, sound) = {
                (::pipeline_runtime::check::retried_generator)(
                    sound,
                    async move |
                        mut out,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        let value: () = if let ::pipeline_runtime::__private::Otherwise::Value(
                            value,
                        ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                            value
                        } else {
                            (while let Some(event) = feed.next().await? {
                                out.send(event).await
                            })
                        };
                        ::pipeline_runtime::__private::Ok {
                            0: value,
                        }
                    },
                )
            };
            let asked = sent.about(items_of_events);
            let sent = (asked).edge(sent);
            let (source_of_files, items_of_files, sound) = {
                (::pipeline_runtime::check::retried_blocking_generator)(
                    sound,
                    move |
                        mut out,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        ::pipeline_runtime::__private::Ok {
                            0: if let ::pipeline_runtime::__private::Otherwise::Value(
                                value,
                            ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                                value
                            } else {
                                (for file in walk(&root)? {
                                    if !out.send(file?) {
                                        return ::pipeline_runtime::__private::Ok(());
                                    }
                                })
                            },
                        }
                    },
                )
            };
            let asked = sent.about(items_of_files);
            let sent = (asked).edge(sent);
            let sound = sound.known();
            let (items, failures, sound) = {
                use ::pipeline_runtime::check::RefusedQuestion as _;
                (items_of_lines).question(sound)
            };
            let failures = ::pipeline_runtime::check::failures(failures, errors);
            let sound = sound.known();
            let sound = {
                use ::pipeline_runtime::check::RefusedConversion as _;
                (failures).convert(sound)
            };
            let value_of_all = ::pipeline_runtime::check::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let items = items_of_keys;
            let value_of_some = ::pipeline_runtime::check::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let items = items_of_events;
            let pair = ::pipeline_runtime::check::pair(items_of_events, items_of_files);
            let sound = sound.known();
            let sound = {
                use ::pipeline_runtime::check::RefusedPair as _;
                (pair).beside(sound)
            };
            let items = items;
            let value_of_most = ::pipeline_runtime::check::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let sound = sent.of(sound);
            ::pipeline_runtime::__private::editor! {
                let _ = (::pipeline_runtime::__private::words::statements::source,
                ::pipeline_runtime::__private::words::attributes::retry,
                ::pipeline_runtime::__private::words::options::attempts,
                ::pipeline_runtime::__private::words::options::backoff,
                ::pipeline_runtime::__private::words::statements::source,
                ::pipeline_runtime::__private::words::attributes::retry,
                ::pipeline_runtime::__private::words::options::attempts,
                ::pipeline_runtime::__private::words::options::when,
                ::pipeline_runtime::__private::words::statements::source,
                ::pipeline_runtime::__private::words::attributes::retry,
                ::pipeline_runtime::__private::words::options::attempts,
                ::pipeline_runtime::__private::words::statements::source,
                ::pipeline_runtime::__private::words::attributes::blocking,
                ::pipeline_runtime::__private::words::attributes::retry,
                ::pipeline_runtime::__private::words::options::attempts,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::operators::count,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::attributes::inline,
                ::pipeline_runtime::__private::words::operators::count,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::joins::merge,
                ::pipeline_runtime::__private::words::operators::count,);
                #[allow(non_snake_case, reason = "a stream may be called as a type is")]
                { use ::pipeline_runtime::__private::words::joins:: *; let lines =
                items_of_lines; let keys = items_of_keys; let events = items_of_events;
                let files = items_of_files; let _ = (lines, keys, events, files,); }
            }
            let (tail, _, sound) = {
                (::pipeline_runtime::check::tail)(
                    sound,
                    ::pipeline_runtime::check::pair(
                        ::pipeline_runtime::check::pair(value_of_all, value_of_some),
                        value_of_most,
                    ),
                    move |((value_of_all, value_of_some), value_of_most)| (
                        value_of_all,
                        value_of_some,
                        value_of_most,
                    ),
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
                            "lines",
                            ::pipeline_runtime::__private::StageKind::Source,
                            &[],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "retry",
                                    "attempts = 8, backoff = 100ms..30s",
                                ),
                            ],
                            3,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "keys",
                            ::pipeline_runtime::__private::StageKind::Source,
                            &[],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "retry",
                                    "attempts = 3, when = |e| e.is_transient()",
                                ),
                            ],
                            6,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "events",
                            ::pipeline_runtime::__private::StageKind::Source,
                            &[],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "retry",
                                    "attempts = 3",
                                ),
                            ],
                            9,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "files",
                            ::pipeline_runtime::__private::StageKind::Source,
                            &[],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "blocking",
                                    "",
                                ),
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "retry",
                                    "attempts = 3",
                                ),
                            ],
                            12,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "all",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["count"],
                            &[],
                            14,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "some",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["count"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "inline",
                                    "",
                                ),
                            ],
                            16,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "most",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["merge(events, files)", "count"],
                            &[],
                            17,
                        ),
                    ],
                    &[
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "lines",
                            0,
                            4,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "keys",
                            1,
                            5,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "events",
                            2,
                            6,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "files",
                            3,
                            6,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::pipeline_runtime::__private::None,
                        ),
                    ],
                    "pipeline\n  ●      source lines   retry(8)\n  │ ●    source keys    retry(3)\n● │ │    source events  retry(3)\n│ │ │ ●  source files   blocking · retry(3)\n│ ● │ │  sink all       count\n│   ● │  sink some      count · inline\n├─────╯\n●        sink most      merge(events, files) · count",
                );
                GRAPH
            };
            let start = (::pipeline_runtime::check::start)(
                errors,
                (
                    items_of_lines,
                    items_of_keys,
                    items_of_events,
                    items_of_files,
                    value_of_all,
                    value_of_some,
                    value_of_most,
                ),
                move |
                    launch: &::pipeline_runtime::check::Launch<
                        ::pipeline_runtime::BoxError,
                    >,
                    _|
                {
                    let launch = (sound).of(launch);
                    let (mut tx_of_lines, mut rx_of_lines) = launch
                        .edge(
                            0usize,
                            items_of_lines,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_events, mut rx_of_events) = launch
                        .edge(
                            2usize,
                            items_of_events,
                            ::pipeline_runtime::__private::None,
                        );
                    let (mut tx_of_files, mut rx_of_files) = launch
                        .edge(
                            3usize,
                            items_of_files,
                            ::pipeline_runtime::__private::None,
                        );
                    let place_of_all = sound
                        .of(::pipeline_runtime::__private::SinkValue::of(value_of_all));
                    let place_of_some = sound
                        .of(::pipeline_runtime::__private::SinkValue::of(value_of_some));
                    let place_of_most = sound
                        .of(::pipeline_runtime::__private::SinkValue::of(value_of_most));
                    {
                        let policies_of_lines = launch
                            .policies(0usize, errors)
                            .retry(
                                ::pipeline_runtime::__private::Retry::new(attempts_of_lines)
                                    .backoff(backoff_of_lines, longest_backoff_of_lines),
                            )
                            .shared();
                        let (retried, watch) = launch
                            .retried_source(0usize, tx_of_lines);
                        launch
                            .spawn(
                                0usize,
                                async move {
                                    watch
                                        .run(async move {
                                            let mut body = source_of_lines.open();
                                            let mut times = retried
                                                .times_of_results(&policies_of_lines);
                                            loop {
                                                let made = body((&mut times).begin()).await;
                                                if let ::pipeline_runtime::__private::Some(result) = (&mut times)
                                                    .ended(made)
                                                    .await
                                                {
                                                    break result;
                                                }
                                            }
                                        })
                                        .await
                                },
                            );
                    }
                    {
                        let mut input = {
                            let policies_of_keys = launch
                                .policies(1usize, errors)
                                .retry(
                                    ::pipeline_runtime::__private::Retry::new(attempts_of_keys)
                                        .when(when_of_keys),
                                )
                                .shared();
                            let (retried, source) = launch
                                .retried_inline_source(1usize, items_of_keys);
                            source
                                .run(async move {
                                    let mut body = source_of_keys.open();
                                    let mut times = retried.times(&policies_of_keys);
                                    loop {
                                        let made = body((&mut times).begin()).await;
                                        if let ::pipeline_runtime::__private::Some(result) = (&mut times)
                                            .ended(made)
                                            .await
                                        {
                                            break result;
                                        }
                                    }
                                })
                        };
                        let place_of_some = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_some,
                        );
                        let mut task = launch.task(5usize);
                        launch
                            .spawn(
                                1usize,
                                async move {
                                    let mut count_0_count_of_some: ::pipeline_runtime::__private::u64 = 0;
                                    'stage: loop {
                                        let pause;
                                        (pause, count_0_count_of_some) = {
                                            let mut count_0_count_of_some = count_0_count_of_some;
                                            let (mut task, mut items) = (&mut task).stretch(&mut input);
                                            let pause = 'stretch: loop {
                                                let ::pipeline_runtime::__private::Some(item) = (&mut items)
                                                    .next() else {
                                                    break ::pipeline_runtime::__private::Pause::More
                                                };
                                                (&mut task).begin();
                                                'item: {
                                                    ::pipeline_runtime::__private::drop(item);
                                                    count_0_count_of_some += 1;
                                                    (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                                }
                                                (&mut task).settle();
                                            };
                                            (pause, count_0_count_of_some)
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
                                    (&place_of_some).set(count_0_count_of_some);
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    {
                        let policies_of_events = launch
                            .policies(2usize, errors)
                            .retry(
                                ::pipeline_runtime::__private::Retry::new(
                                    attempts_of_events,
                                ),
                            )
                            .shared();
                        let retried = launch.retried_generator(2usize, tx_of_events);
                        launch
                            .spawn(
                                2usize,
                                async move {
                                    let mut body = source_of_events.open();
                                    let mut times = retried.times(&policies_of_events);
                                    loop {
                                        let (output, generator) = (&mut times).begin();
                                        let made = generator.run(body(output)).await;
                                        if let ::pipeline_runtime::__private::Some(result) = (&mut times)
                                            .ended(made)
                                            .await
                                        {
                                            break result;
                                        }
                                    }
                                },
                            );
                    }
                    {
                        let policies_of_files = launch
                            .policies(3usize, errors)
                            .retry(
                                ::pipeline_runtime::__private::Retry::new(attempts_of_files),
                            )
                            .shared();
                        let retried = launch.retried_generator(3usize, tx_of_files);
                        launch
                            .spawn_retried_generator(
                                3usize,
                                retried,
                                policies_of_files,
                                source_of_files.open(),
                            );
                    }
                    {
                        let mut input = rx_of_lines;
                        let place_of_all = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_all,
                        );
                        let mut task = launch.task(4usize);
                        launch
                            .spawn(
                                4usize,
                                async move {
                                    let mut count_0_count_of_all: ::pipeline_runtime::__private::u64 = 0;
                                    'stage: loop {
                                        let failed = 'failed: {
                                            let pause;
                                            (pause, count_0_count_of_all) = {
                                                let mut count_0_count_of_all = count_0_count_of_all;
                                                let (mut task, mut items) = (&mut task).stretch(&mut input);
                                                let pause = 'stretch: loop {
                                                    let ::pipeline_runtime::__private::Some(item) = (&mut items)
                                                        .next() else {
                                                        break ::pipeline_runtime::__private::Pause::More
                                                    };
                                                    (&mut task).begin();
                                                    'item: {
                                                        let item = match item {
                                                            ::pipeline_runtime::__private::Ok(item) => item,
                                                            ::pipeline_runtime::__private::Err(error) => {
                                                                let error = (&task).error_of(error);
                                                                break 'failed (&mut task).give_up(error);
                                                            }
                                                        };
                                                        ::pipeline_runtime::__private::drop(item);
                                                        count_0_count_of_all += 1;
                                                        (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                                    }
                                                    (&mut task).settle();
                                                };
                                                (pause, count_0_count_of_all)
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
                                            continue 'stage;
                                        };
                                        match (&mut task).fail_with(failed, &mut ()).await {}
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                    (&place_of_all).set(count_0_count_of_all);
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    {
                        let mut input = ::pipeline_runtime::__private::Merge::new(
                            ::pipeline_runtime::__private::vec![
                                ::pipeline_runtime::__private::Box::new(rx_of_events),
                                ::pipeline_runtime::__private::Box::new(rx_of_files)
                            ],
                        );
                        let place_of_most = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_most,
                        );
                        let mut task = launch.task(6usize);
                        launch
                            .spawn(
                                6usize,
                                async move {
                                    let mut count_0_count_of_most: ::pipeline_runtime::__private::u64 = 0;
                                    'stage: loop {
                                        let pause;
                                        (pause, count_0_count_of_most) = {
                                            let mut count_0_count_of_most = count_0_count_of_most;
                                            let (mut task, mut items) = (&mut task).stretch(&mut input);
                                            let pause = 'stretch: loop {
                                                let ::pipeline_runtime::__private::Some(item) = (&mut items)
                                                    .next() else {
                                                    break ::pipeline_runtime::__private::Pause::More
                                                };
                                                (&mut task).begin();
                                                'item: {
                                                    ::pipeline_runtime::__private::drop(item);
                                                    count_0_count_of_most += 1;
                                                    (&mut task).note(::pipeline_runtime::__private::Fate::Done);
                                                }
                                                (&mut task).settle();
                                            };
                                            (pause, count_0_count_of_most)
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
                                    (&place_of_most).set(count_0_count_of_most);
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    let finish: ::pipeline_runtime::__private::Finish<_> = ::pipeline_runtime::__private::Box::new(move ||
                    {
                        let values = (
                            ((&place_of_all).take()?, (&place_of_some).take()?),
                            (&place_of_most).take()?,
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
