fn inline() {
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
            let take_0_setting_0_of_firsts = settings
                .count("`take` of stage `firsts`", 3u64);
            let (source_of_numbers, items_of_numbers, sound) = {
                (::pipeline_runtime::check::source)(
                    sound,
                    async move |
                        out,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        use ::pipeline_runtime::__private::SourceKind as _;
                        let source = { numbers };
                        let kind = (&&&&&::pipeline_runtime::__private::SourceProbe::new(
                            &source,
                        ))
                            .kind_of_source();
                        (kind).drive({ source }, out).await
                    },
                )
            };
            let asked = sent.about(items_of_numbers);
            let sent = (asked).edge(sent);
            let items = items_of_numbers;
            let items_of_rejects = ::pipeline_runtime::check::rejected(items, errors);
            let (map_0_of_parsed, items, sound) = {
                (::pipeline_runtime::check::serial::map_lent)(
                    sound,
                    items,
                    move |
                        line,
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
                                (parse(line)?)
                            },
                        }
                    },
                )
            };
            let items_of_parsed = items;
            let asked = sent.about(items_of_parsed);
            let sent = (asked).edge(sent);
            let items = items_of_parsed;
            let (flat_map_0_of_few, items, sound) = {
                (::pipeline_runtime::check::serial::flat_map)(
                    sound,
                    items,
                    move |
                        n,
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
                                ([n, n])
                            },
                        }
                    },
                )
            };
            let sound = sound.known();
            let flat_map_0_kind_of_few = {
                use ::pipeline_runtime::__private::PartsKind as _;
                (&&&&::pipeline_runtime::__private::PartsProbe::new(items))
                    .kind_of_parts()
            };
            let pair = ::pipeline_runtime::check::pair(
                ::pipeline_runtime::check::of(&flat_map_0_kind_of_few),
                items,
            );
            let (items, sound) = {
                use ::pipeline_runtime::check::RefusedParts as _;
                (pair).parts(sound)
            };
            let sound = sound.known();
            let sound = (items).tee(sound);
            let asked = sent.about(items);
            let sent = (asked).edge(sent);
            let items_of_few = items;
            let items_of_all = items;
            let items = items_of_few;
            let asked = sent.about(items);
            let sent = (asked).held(sent);
            let (collect_1_of_firsts, sound) = {
                let pair = ::pipeline_runtime::check::pair(
                    ::pipeline_runtime::check::items::<Vec<_>>(),
                    items,
                );
                let sound = sound.known();
                {
                    use ::pipeline_runtime::check::RefusedCollection as _;
                    (pair).collect(sound)
                }
            };
            let value_of_firsts = ::pipeline_runtime::check::of(&collect_1_of_firsts);
            let items = items_of_all;
            let (for_each_0_of_told, items, sound) = {
                (::pipeline_runtime::check::serial_async::for_each)(
                    sound,
                    items,
                    async move |
                        n,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        let value: () = if let ::pipeline_runtime::__private::Otherwise::Value(
                            value,
                        ) = ::pipeline_runtime::__private::Otherwise::Nothing {
                            value
                        } else {
                            (tell(n).await?)
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
                let _ = (::pipeline_runtime::__private::words::attributes::inline,
                ::pipeline_runtime::__private::words::statements::source,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::operators::map,
                ::pipeline_runtime::__private::words::statements::stage,
                ::pipeline_runtime::__private::words::attributes::inline,
                ::pipeline_runtime::__private::words::operators::flat_map,
                ::pipeline_runtime::__private::words::operators::tee,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::operators::take,
                ::pipeline_runtime::__private::words::operators::collect,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::operators::for_each,
                ::pipeline_runtime::__private::words::statements::sink,
                ::pipeline_runtime::__private::words::operators::count,);
                #[allow(non_snake_case, reason = "a stream may be called as a type is")]
                { use ::pipeline_runtime::__private::words::joins:: *; let numbers =
                items_of_numbers; let parsed = items_of_parsed; let rejects =
                items_of_rejects; let few = items_of_few; let all = items_of_all; let _ =
                (numbers, parsed, few, all, rejects,); }
            }
            let (tail, _, sound) = {
                (::pipeline_runtime::check::tail)(
                    sound,
                    ::pipeline_runtime::check::pair(
                        ::pipeline_runtime::check::pair(value_of_firsts, value_of_told),
                        value_of_bad,
                    ),
                    move |((value_of_firsts, _), value_of_bad)| (
                        value_of_firsts,
                        value_of_bad,
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
                            "numbers",
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
                                    "inline",
                                    "",
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
                            5,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "few",
                            ::pipeline_runtime::__private::StageKind::Stage,
                            &["flat_map", "tee"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "inline",
                                    "",
                                ),
                            ],
                            8,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "firsts",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["take(3)", "collect"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "inline",
                                    "",
                                ),
                            ],
                            10,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "told",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["for_each"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "inline",
                                    "",
                                ),
                            ],
                            11,
                        ),
                        ::pipeline_runtime::__private::GraphStage::new(
                            "bad",
                            ::pipeline_runtime::__private::StageKind::Sink,
                            &["count"],
                            &[
                                ::pipeline_runtime::__private::GraphPolicy::new(
                                    "inline",
                                    "",
                                ),
                            ],
                            12,
                        ),
                    ],
                    &[
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "numbers",
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
                            5,
                            ::pipeline_runtime::__private::EdgeKind::Rejects,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "few",
                            2,
                            3,
                            ::pipeline_runtime::__private::EdgeKind::Branch,
                            ::pipeline_runtime::__private::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "all",
                            2,
                            4,
                            ::pipeline_runtime::__private::EdgeKind::Branch,
                            ::pipeline_runtime::__private::None,
                        ),
                    ],
                    "pipeline\n●      source numbers\n●      stage parsed      map · inline\n├───╮    rejects\n●   │  stage (few, all)  flat_map · tee · inline\n├─╮ │    few, all\n● │ │  sink firsts       take(3) · collect · inline\n  ● │  sink told         for_each · inline\n    ●  sink bad          count · inline",
                );
                GRAPH
            };
            let start = (::pipeline_runtime::check::start)(
                errors,
                (
                    items_of_numbers,
                    items_of_parsed,
                    items_of_rejects,
                    items_of_few,
                    items_of_all,
                    value_of_firsts,
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
                    let mut flat_map_0_kind_of_few = sound.of(flat_map_0_kind_of_few);
                    let mut collect_1_of_firsts = sound.of(collect_1_of_firsts);
                    let place_of_firsts = sound
                        .of(
                            ::pipeline_runtime::__private::SinkValue::of(value_of_firsts),
                        );
                    let place_of_told = sound
                        .of(::pipeline_runtime::__private::SinkValue::of(value_of_told));
                    let place_of_bad = sound
                        .of(::pipeline_runtime::__private::SinkValue::of(value_of_bad));
                    {
                        let mut input = {
                            let (out, source) = launch
                                .inline_source(0usize, items_of_numbers);
                            source
                                .run(async move { source_of_numbers.open()(out).await })
                        };
                        let place_of_firsts = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_firsts,
                        );
                        let place_of_told = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_told,
                        );
                        let place_of_bad = ::pipeline_runtime::__private::Clone::clone(
                            &place_of_bad,
                        );
                        let mut task = launch.task(1usize);
                        let task_of_few = launch.task(2usize);
                        let task_of_firsts = launch.task(3usize);
                        let task_of_told = launch.task(4usize);
                        let task_of_bad = launch.task(5usize);
                        launch
                            .spawn(
                                0usize,
                                async move {
                                    let mut map_0_of_parsed = map_0_of_parsed.open();
                                    let mut flat_map_0_of_few = flat_map_0_of_few.open();
                                    let mut for_each_0_of_told = for_each_0_of_told.open();
                                    let mut task_of_few = task_of_few;
                                    let mut task_of_firsts = task_of_firsts;
                                    let mut task_of_told = task_of_told;
                                    let mut task_of_bad = task_of_bad;
                                    (&task_of_firsts).at_work();
                                    let mut states_of_firsts = (take_0_setting_0_of_firsts,);
                                    let mut collect_1_of_firsts = ::pipeline_runtime::__private::Some(
                                        collect_1_of_firsts,
                                    );
                                    let mut ending_of_firsts = false
                                        || take_0_setting_0_of_firsts == 0;
                                    (&task_of_told).at_work();
                                    let mut for_each_0_count_of_told: ::pipeline_runtime::__private::u64 = 0;
                                    (&task_of_bad).at_work();
                                    let mut count_0_count_of_bad: ::pipeline_runtime::__private::u64 = 0;
                                    (&task).at_work();
                                    if ending_of_firsts && (&task_of_firsts).is_open() {
                                        (&task_of_firsts).at_work();
                                        (&place_of_firsts)
                                            .set(
                                                ::pipeline_runtime::__private::take_value(
                                                    &mut collect_1_of_firsts,
                                                ),
                                            );
                                        (&task).at_work();
                                        (&mut task_of_firsts).close();
                                    }
                                    'stage: loop {
                                        let item = match (&mut task).pop(&mut input) {
                                            ::pipeline_runtime::__private::Some(item) => item,
                                            ::pipeline_runtime::__private::None => {
                                                match (&mut task)
                                                    .more(
                                                        &mut input,
                                                        &mut (
                                                            &mut task_of_few,
                                                            &mut task_of_firsts,
                                                            &mut task_of_told,
                                                            &mut task_of_bad,
                                                        ),
                                                    )
                                                    .await
                                                {
                                                    true => continue 'stage,
                                                    false => break 'stage,
                                                }
                                            }
                                        };
                                        (&mut task).begin();
                                        'item: {
                                            let item = match map_0_of_parsed(&item) {
                                                ::pipeline_runtime::__private::Ok(value) => value,
                                                ::pipeline_runtime::__private::Err(error) => {
                                                    let item = (&task).rejected(item, error, 1);
                                                    (&mut task)
                                                        .note(::pipeline_runtime::__private::Fate::Rejected);
                                                    (&mut task).settle();
                                                    if (&task_of_bad).is_open() {
                                                        (&mut task_of_bad).begin();
                                                        'item_of_bad: {
                                                            ::pipeline_runtime::__private::drop(item);
                                                            count_0_count_of_bad += 1;
                                                            (&mut task_of_bad)
                                                                .note(::pipeline_runtime::__private::Fate::Done);
                                                        }
                                                        (&mut task_of_bad).settle();
                                                    }
                                                    break 'item;
                                                }
                                            };
                                            (&mut task).emitted();
                                            (&mut task).settle();
                                            if (&task_of_few).is_open() {
                                                (&mut task_of_few).begin();
                                                'item_of_few: {
                                                    let parts = match flat_map_0_of_few(item) {
                                                        ::pipeline_runtime::__private::Ok(value) => value,
                                                        ::pipeline_runtime::__private::Err(error) => {
                                                            match (&mut task_of_few).fail(error, &mut ()).await {}
                                                        }
                                                    };
                                                    let mut parts = flat_map_0_kind_of_few.open(parts);
                                                    loop {
                                                        if (&mut task).is_due() {
                                                            (&mut task)
                                                                .look_around(
                                                                    &mut (
                                                                        &mut input,
                                                                        &mut task_of_few,
                                                                        &mut task_of_firsts,
                                                                        &mut task_of_told,
                                                                        &mut task_of_bad,
                                                                    ),
                                                                )
                                                                .await;
                                                        }
                                                        let item = match ::pipeline_runtime::__private::pull(
                                                            &mut parts,
                                                        ) {
                                                            ::pipeline_runtime::__private::Pull::Part(item) => item,
                                                            ::pipeline_runtime::__private::Pull::Wait => {
                                                                ::pipeline_runtime::__private::park(
                                                                        ::pipeline_runtime::__private::wait(&mut parts),
                                                                        &mut (
                                                                            &mut task,
                                                                            &mut input,
                                                                            &mut task_of_few,
                                                                            &mut task_of_firsts,
                                                                            &mut task_of_told,
                                                                            &mut task_of_bad,
                                                                        ),
                                                                    )
                                                                    .await;
                                                                continue;
                                                            }
                                                            ::pipeline_runtime::__private::Pull::End => break,
                                                        };
                                                        'part_0_of_few: {
                                                            (&mut task_of_few).emitted();
                                                            {
                                                                let item = ::pipeline_runtime::__private::Clone::clone(
                                                                    &item,
                                                                );
                                                                if (&task_of_firsts).is_open() {
                                                                    (&mut task_of_firsts).begin();
                                                                    'item_of_firsts: {
                                                                        let (take_0_state_of_firsts,) = &mut states_of_firsts;
                                                                        *take_0_state_of_firsts -= 1;
                                                                        if *take_0_state_of_firsts == 0 {
                                                                            ending_of_firsts = true;
                                                                        }
                                                                        if let ::pipeline_runtime::__private::Some(collection) = &mut collect_1_of_firsts {
                                                                            ::pipeline_runtime::__private::extend(collection, item);
                                                                        }
                                                                        (&mut task_of_firsts)
                                                                            .note(::pipeline_runtime::__private::Fate::Done);
                                                                    }
                                                                    (&mut task_of_firsts).settle();
                                                                    if ending_of_firsts {
                                                                        (&task_of_firsts).at_work();
                                                                        (&place_of_firsts)
                                                                            .set(
                                                                                ::pipeline_runtime::__private::take_value(
                                                                                    &mut collect_1_of_firsts,
                                                                                ),
                                                                            );
                                                                        (&task).at_work();
                                                                        (&mut task_of_firsts).close();
                                                                    }
                                                                }
                                                            }
                                                            if (&task_of_told).is_open() {
                                                                (&mut task_of_told).begin();
                                                                'item_of_told: {
                                                                    let () = match {
                                                                        let result = ::pipeline_runtime::__private::park(
                                                                                ::pipeline_runtime::__private::pin!(
                                                                                    for_each_0_of_told(item)
                                                                                ),
                                                                                &mut (
                                                                                    &mut task,
                                                                                    &mut input,
                                                                                    &mut task_of_few,
                                                                                    &mut task_of_firsts,
                                                                                    &mut task_of_told,
                                                                                    &mut task_of_bad,
                                                                                ),
                                                                            )
                                                                            .await;
                                                                        result
                                                                    } {
                                                                        ::pipeline_runtime::__private::Ok(value) => value,
                                                                        ::pipeline_runtime::__private::Err(error) => {
                                                                            match (&mut task_of_told).fail(error, &mut ()).await {}
                                                                        }
                                                                    };
                                                                    for_each_0_count_of_told += 1;
                                                                    (&mut task_of_told)
                                                                        .note(::pipeline_runtime::__private::Fate::Done);
                                                                }
                                                                (&mut task_of_told).settle();
                                                            }
                                                        }
                                                    }
                                                }
                                                (&mut task_of_few).settle();
                                            }
                                        }
                                        (&mut task).settle();
                                    }
                                    ::pipeline_runtime::__private::drop(input);
                                    if (&task_of_firsts).is_open() {
                                        (&task_of_firsts).at_work();
                                        (&place_of_firsts)
                                            .set(
                                                ::pipeline_runtime::__private::take_value(
                                                    &mut collect_1_of_firsts,
                                                ),
                                            );
                                    }
                                    (&task_of_told).at_work();
                                    (&place_of_told).set(for_each_0_count_of_told);
                                    (&task_of_bad).at_work();
                                    (&place_of_bad).set(count_0_count_of_bad);
                                    ::pipeline_runtime::__private::Ok(())
                                },
                            );
                    }
                    let finish: ::pipeline_runtime::__private::Finish<_> = ::pipeline_runtime::__private::Box::new(move ||
                    {
                        let values = (
                            ((&place_of_firsts).take()?, (&place_of_told).take()?),
                            (&place_of_bad).take()?,
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
