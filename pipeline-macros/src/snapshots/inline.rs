fn inline() {
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
            let errors = ::pipeline_runtime::__private::witness::errors::<
                ::pipeline_runtime::BoxError,
            >();
            let mut settings = ::pipeline_runtime::__private::Settings::default();
            let firsts_take_0_setting_0 = settings
                .count("`take` of stage `firsts`", 3u64);
            let (numbers_source, numbers_items) = {
                ::pipeline_runtime::__private::witness::source(
                    errors,
                    async move |
                        out,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        use ::pipeline_runtime::__private::SourceKind as _;
                        let source = numbers;
                        let kind = (&&&&&::pipeline_runtime::__private::SourceProbe::new(
                            &source,
                        ))
                            .kind();
                        kind.drive(source, out).await
                    },
                )
            };
            let items = numbers_items;
            let rejects_items = ::pipeline_runtime::__private::witness::rejected(
                items,
                errors,
            );
            let (mut parsed_map_0, items) = ::pipeline_runtime::__private::witness::serial::map_lent(
                items,
                errors,
                {
                    move |
                        line,
                    | -> ::pipeline_runtime::__private::Result<
                        _,
                        ::pipeline_runtime::BoxError,
                    > {
                        let value = parse(line)?;
                        ::pipeline_runtime::__private::Ok(value)
                    }
                },
            );
            let parsed_items = items;
            let items = parsed_items;
            let (mut few_flat_map_0, items) = ::pipeline_runtime::__private::witness::serial::flat_map(
                items,
                errors,
                {
                    move |
                        n,
                    | -> ::pipeline_runtime::__private::Result<
                        _,
                        ::pipeline_runtime::BoxError,
                    > {
                        let value = [n, n];
                        ::pipeline_runtime::__private::Ok(value)
                    }
                },
            );
            let (few_flat_map_0_kind, items) = {
                use ::pipeline_runtime::__private::PartsKind as _;
                (&&&&::pipeline_runtime::__private::PartsProbe::new(items)).kind()
            };
            ::pipeline_runtime::__private::witness::cloned(items);
            let few_items = items;
            let all_items = items;
            let items = few_items;
            let firsts_collect_1 = ::pipeline_runtime::__private::witness::collect::<
                Vec<_>,
                _,
            >(items);
            let firsts_value = ::pipeline_runtime::__private::witness::of(
                &firsts_collect_1,
            );
            let items = all_items;
            let (mut told_for_each_0, items) = ::pipeline_runtime::__private::witness::serial_async::for_each(
                items,
                errors,
                {
                    async move |
                        n,
                    | -> ::pipeline_runtime::__private::Result<
                        (),
                        ::pipeline_runtime::BoxError,
                    > {
                        let value = tell(n).await?;
                        ::pipeline_runtime::__private::Ok(value)
                    }
                },
            );
            let told_value = ::pipeline_runtime::__private::witness::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let items = rejects_items;
            let bad_value = ::pipeline_runtime::__private::witness::items::<
                ::pipeline_runtime::__private::u64,
            >();
            let _ = (
                ::pipeline_runtime::__private::words::attributes::inline,
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
                ::pipeline_runtime::__private::words::operators::count,
            );
            {
                let numbers = numbers_items;
                let parsed = parsed_items;
                let rejects = rejects_items;
                let few = few_items;
                let all = all_items;
                let _ = (numbers, parsed, few, all, rejects);
            }
            let tail = {
                ::pipeline_runtime::__private::witness::tail(
                    ::pipeline_runtime::__private::witness::pair(
                        ::pipeline_runtime::__private::witness::pair(
                            firsts_value,
                            told_value,
                        ),
                        bad_value,
                    ),
                    move |((firsts, told), bad)| (firsts, bad),
                )
            };
            let view = {
                use ::pipeline_runtime::__private::{
                    ViewAsError as _, ViewBehindPointer as _, ViewOfNoError as _,
                };
                (&&&::pipeline_runtime::__private::ErrorProbe::<
                    ::pipeline_runtime::BoxError,
                >::new())
                    .view()
            };
            let graph = {
                const GRAPH: ::pipeline_runtime::Graph = ::pipeline_runtime::Graph::new(
                    ::core::concat!(::core::file!(), ":", ::core::line!()),
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
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "parsed",
                            1,
                            2,
                            ::pipeline_runtime::__private::EdgeKind::Main,
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "rejects",
                            1,
                            5,
                            ::pipeline_runtime::__private::EdgeKind::Rejects,
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "few",
                            2,
                            3,
                            ::pipeline_runtime::__private::EdgeKind::Branch,
                            ::core::option::Option::None,
                        ),
                        ::pipeline_runtime::__private::GraphEdge::new(
                            "all",
                            2,
                            4,
                            ::pipeline_runtime::__private::EdgeKind::Branch,
                            ::core::option::Option::None,
                        ),
                    ],
                    "pipeline\n●      source numbers\n●      stage parsed      map · inline\n├───╮    rejects\n●   │  stage (few, all)  flat_map · tee · inline\n├─╮ │    few, all\n● │ │  sink firsts       take(3) · collect · inline\n  ● │  sink told         for_each · inline\n    ●  sink bad          count · inline",
                );
                GRAPH
            };
            let start = move |
                launch: &::pipeline_runtime::__private::Launch<
                    ::pipeline_runtime::BoxError,
                >|
            {
                let firsts_place = ::pipeline_runtime::__private::SinkValue::of(
                    firsts_value,
                );
                let told_place = ::pipeline_runtime::__private::SinkValue::of(
                    told_value,
                );
                let bad_place = ::pipeline_runtime::__private::SinkValue::of(bad_value);
                {
                    let mut input = {
                        let (out, source) = launch.inline_source(0usize, numbers_items);
                        source.run(numbers_source(out))
                    };
                    let firsts_place = firsts_place.clone();
                    let told_place = told_place.clone();
                    let bad_place = bad_place.clone();
                    let mut task = launch.task(1usize);
                    let few_task = launch.task(2usize);
                    let firsts_task = launch.task(3usize);
                    let told_task = launch.task(4usize);
                    let bad_task = launch.task(5usize);
                    launch
                        .spawn(
                            0usize,
                            async move {
                                let mut few_task = few_task;
                                let mut firsts_task = firsts_task;
                                let mut told_task = told_task;
                                let mut bad_task = bad_task;
                                firsts_task.at_work();
                                let mut firsts_states = (firsts_take_0_setting_0,);
                                let mut firsts_collect_1 = ::pipeline_runtime::__private::Some(
                                    firsts_collect_1,
                                );
                                let mut firsts_ending = false
                                    || firsts_take_0_setting_0 == 0;
                                told_task.at_work();
                                let mut told_for_each_0_count: ::pipeline_runtime::__private::u64 = 0;
                                bad_task.at_work();
                                let mut bad_count_0_count: ::pipeline_runtime::__private::u64 = 0;
                                task.at_work();
                                if firsts_ending && firsts_task.is_open() {
                                    firsts_task.at_work();
                                    firsts_place
                                        .set(
                                            ::pipeline_runtime::__private::take_value(
                                                &mut firsts_collect_1,
                                            ),
                                        );
                                    task.at_work();
                                    firsts_task.close();
                                }
                                'stage: loop {
                                    let item = match task.pop(&mut input) {
                                        ::pipeline_runtime::__private::Some(item) => item,
                                        ::pipeline_runtime::__private::None => {
                                            match task
                                                .more(
                                                    &mut input,
                                                    &mut (
                                                        &mut few_task,
                                                        &mut firsts_task,
                                                        &mut told_task,
                                                        &mut bad_task,
                                                    ),
                                                )
                                                .await
                                            {
                                                true => continue,
                                                false => break,
                                            }
                                        }
                                    };
                                    task.begin();
                                    'item: {
                                        let item = match parsed_map_0(&item) {
                                            ::pipeline_runtime::__private::Ok(value) => value,
                                            ::pipeline_runtime::__private::Err(error) => {
                                                let item = ::pipeline_runtime::__private::Rejected::of_item(
                                                    item,
                                                    error,
                                                    task.name(),
                                                );
                                                task.note(::pipeline_runtime::__private::Fate::Rejected);
                                                task.settle();
                                                if bad_task.is_open() {
                                                    bad_task.begin();
                                                    'bad_item: {
                                                        ::pipeline_runtime::__private::drop(item);
                                                        bad_count_0_count += 1;
                                                        bad_task.note(::pipeline_runtime::__private::Fate::Done);
                                                    }
                                                    bad_task.settle();
                                                }
                                                break 'item;
                                            }
                                        };
                                        task.emitted();
                                        task.settle();
                                        if few_task.is_open() {
                                            few_task.begin();
                                            'few_item: {
                                                let parts = match few_flat_map_0(item) {
                                                    ::pipeline_runtime::__private::Ok(value) => value,
                                                    ::pipeline_runtime::__private::Err(error) => {
                                                        match few_task.fail(error, &mut ()).await {}
                                                    }
                                                };
                                                let mut parts = few_flat_map_0_kind.open(parts);
                                                loop {
                                                    if task.is_due() {
                                                        task.look_around(
                                                                &mut (
                                                                    &mut input,
                                                                    &mut few_task,
                                                                    &mut firsts_task,
                                                                    &mut told_task,
                                                                    &mut bad_task,
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
                                                                        &mut few_task,
                                                                        &mut firsts_task,
                                                                        &mut told_task,
                                                                        &mut bad_task,
                                                                    ),
                                                                )
                                                                .await;
                                                            continue;
                                                        }
                                                        ::pipeline_runtime::__private::Pull::End => break,
                                                    };
                                                    'few_part_0: {
                                                        few_task.emitted();
                                                        {
                                                            let item = ::pipeline_runtime::__private::Clone::clone(
                                                                &item,
                                                            );
                                                            if firsts_task.is_open() {
                                                                firsts_task.begin();
                                                                'firsts_item: {
                                                                    let (firsts_take_0_state,) = &mut firsts_states;
                                                                    *firsts_take_0_state -= 1;
                                                                    if *firsts_take_0_state == 0 {
                                                                        firsts_ending = true;
                                                                    }
                                                                    if let ::pipeline_runtime::__private::Some(collection) = &mut firsts_collect_1 {
                                                                        ::pipeline_runtime::__private::extend(collection, item);
                                                                    }
                                                                    firsts_task.note(::pipeline_runtime::__private::Fate::Done);
                                                                }
                                                                firsts_task.settle();
                                                                if firsts_ending {
                                                                    firsts_task.at_work();
                                                                    firsts_place
                                                                        .set(
                                                                            ::pipeline_runtime::__private::take_value(
                                                                                &mut firsts_collect_1,
                                                                            ),
                                                                        );
                                                                    task.at_work();
                                                                    firsts_task.close();
                                                                }
                                                            }
                                                        }
                                                        if told_task.is_open() {
                                                            told_task.begin();
                                                            'told_item: {
                                                                let () = match ::pipeline_runtime::__private::park(
                                                                        told_for_each_0(item),
                                                                        &mut (
                                                                            &mut task,
                                                                            &mut input,
                                                                            &mut few_task,
                                                                            &mut firsts_task,
                                                                            &mut told_task,
                                                                            &mut bad_task,
                                                                        ),
                                                                    )
                                                                    .await
                                                                {
                                                                    ::pipeline_runtime::__private::Ok(value) => value,
                                                                    ::pipeline_runtime::__private::Err(error) => {
                                                                        match told_task.fail(error, &mut ()).await {}
                                                                    }
                                                                };
                                                                told_for_each_0_count += 1;
                                                                told_task.note(::pipeline_runtime::__private::Fate::Done);
                                                            }
                                                            told_task.settle();
                                                        }
                                                    }
                                                }
                                            }
                                            few_task.settle();
                                        }
                                    }
                                    task.settle();
                                }
                                ::pipeline_runtime::__private::drop(input);
                                if firsts_task.is_open() {
                                    firsts_task.at_work();
                                    firsts_place
                                        .set(
                                            ::pipeline_runtime::__private::take_value(
                                                &mut firsts_collect_1,
                                            ),
                                        );
                                }
                                told_task.at_work();
                                told_place.set(told_for_each_0_count);
                                bad_task.at_work();
                                bad_place.set(bad_count_0_count);
                                ::pipeline_runtime::__private::Ok(())
                            },
                        );
                }
                let finish: ::pipeline_runtime::__private::Finish<_> = ::pipeline_runtime::__private::Box::new(move ||
                {
                    let values = (
                        (firsts_place.take()?, told_place.take()?),
                        bad_place.take()?,
                    );
                    ::pipeline_runtime::__private::Some(tail(values))
                });
                finish
            };
            ::pipeline_runtime::__private::assemble(graph, settings, view, start)
        };
        pipeline
    }
}
