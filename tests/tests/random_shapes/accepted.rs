// Written by `pipeline-macros/src/tests/rates/generated.rs`.

use pipeline_runtime::{Pipeline, pipeline};

use super::support::*;

/// Items of a source.
const ITEMS: u64 = 200;

pub const ALL: [fn() -> Pipeline<u64>; 300] = [
    p000, p001, p002, p003, p004, p005, p006, p007, p008, p009, p010, p011, p012, p013, p014, p015,
    p016, p017, p018, p019, p020, p021, p022, p023, p024, p025, p026, p027, p028, p029, p030, p031,
    p032, p033, p034, p035, p036, p037, p038, p039, p040, p041, p042, p043, p044, p045, p046, p047,
    p048, p049, p050, p051, p052, p053, p054, p055, p056, p057, p058, p059, p060, p061, p062, p063,
    p064, p065, p066, p067, p068, p069, p070, p071, p072, p073, p074, p075, p076, p077, p078, p079,
    p080, p081, p082, p083, p084, p085, p086, p087, p088, p089, p090, p091, p092, p093, p094, p095,
    p096, p097, p098, p099, p100, p101, p102, p103, p104, p105, p106, p107, p108, p109, p110, p111,
    p112, p113, p114, p115, p116, p117, p118, p119, p120, p121, p122, p123, p124, p125, p126, p127,
    p128, p129, p130, p131, p132, p133, p134, p135, p136, p137, p138, p139, p140, p141, p142, p143,
    p144, p145, p146, p147, p148, p149, p150, p151, p152, p153, p154, p155, p156, p157, p158, p159,
    p160, p161, p162, p163, p164, p165, p166, p167, p168, p169, p170, p171, p172, p173, p174, p175,
    p176, p177, p178, p179, p180, p181, p182, p183, p184, p185, p186, p187, p188, p189, p190, p191,
    p192, p193, p194, p195, p196, p197, p198, p199, p200, p201, p202, p203, p204, p205, p206, p207,
    p208, p209, p210, p211, p212, p213, p214, p215, p216, p217, p218, p219, p220, p221, p222, p223,
    p224, p225, p226, p227, p228, p229, p230, p231, p232, p233, p234, p235, p236, p237, p238, p239,
    p240, p241, p242, p243, p244, p245, p246, p247, p248, p249, p250, p251, p252, p253, p254, p255,
    p256, p257, p258, p259, p260, p261, p262, p263, p264, p265, p266, p267, p268, p269, p270, p271,
    p272, p273, p274, p275, p276, p277, p278, p279, p280, p281, p282, p283, p284, p285, p286, p287,
    p288, p289, p290, p291, p292, p293, p294, p295, p296, p297, p298, p299,
];

fn p000() -> Pipeline<u64> {
    pipeline! {
        #![name = "p000"]
        #![buffer(0)]
        source a = 0..ITEMS;
        stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(2)] stage d = zip(b, c).map(sum);
        stage e = d.take(40);
        sink f = e.count();
        f
    }
}

fn p001() -> Pipeline<u64> {
    pipeline! {
        #![name = "p001"]
        #![buffer(1)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.map(|n| n + 1).tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p002() -> Pipeline<u64> {
    pipeline! {
        #![name = "p002"]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.batch(1).map(first).tee();
        #[buffer(2)] stage d = zip(b, c).map(sum).skip(3);
        sink e = d.count();
        e
    }
}

fn p003() -> Pipeline<u64> {
    pipeline! {
        #![name = "p003"]
        #![buffer(0)]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).skip(1);
        stage d = c.map(|n| n + 1);
        #[buffer(8)] stage (e, f) = d.skip(3).tee();
        stage g = zip(e, f).map(sum).map(|n| n + 1);
        sink h = g.count();
        h
    }
}

fn p004() -> Pipeline<u64> {
    pipeline! {
        #![name = "p004"]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(a, b).map(sum);
        stage d = c;
        sink e = d.count();
        e
    }
}

fn p005() -> Pipeline<u64> {
    pipeline! {
        #![name = "p005"]
        source a = 0..ITEMS;
        stage b = a.skip(2);
        #[inline] sink c = b.count();
        c
    }
}

fn p006() -> Pipeline<u64> {
    pipeline! {
        #![name = "p006"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a.map(|n| n + 1);
        #[buffer(8)] stage (c, d) = b.skip(2).tee();
        #[buffer(1)] stage (e, f) = c.tee();
        sink g = zip(f, d).count();
        sink h = e.count();
        g + h
    }
}

fn p007() -> Pipeline<u64> {
    pipeline! {
        #![name = "p007"]
        source a = 0..ITEMS;
        #[buffer(8)] #[inline] stage (b, c) = a.skip(3).tee();
        sink d = zip(b, c).count();
        d
    }
}

fn p008() -> Pipeline<u64> {
    pipeline! {
        #![name = "p008"]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a;
        stage c = b;
        stage (d, e) = c.map(|n| n + 1).tee();
        sink f = zip(d, e).count();
        f
    }
}

fn p009() -> Pipeline<u64> {
    pipeline! {
        #![name = "p009"]
        source a = 0..ITEMS;
        stage b = a;
        stage c = b.map(|n| n + 1);
        stage d = c.process(async |input, output| pass(input, output).await);
        sink e = d.take(20).count();
        e
    }
}

fn p010() -> Pipeline<u64> {
    pipeline! {
        #![name = "p010"]
        #![buffer(2)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = b.map(|n| n + 1).tee();
        sink e = zip(c, d).count();
        sink f = a.count();
        e + f
    }
}

fn p011() -> Pipeline<u64> {
    pipeline! {
        #![name = "p011"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        stage d = b.skip(1);
        #[buffer(0)] stage e = zip(c, d).map(sum);
        stage (f, g) = e.tee();
        sink h = f.count();
        sink i = g.count();
        h + i
    }
}

fn p012() -> Pipeline<u64> {
    pipeline! {
        #![name = "p012"]
        source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(2)] stage d = b.map(|n| n + 1);
        #[buffer(0)] stage (e, f) = d.skip(2).tee();
        #[buffer(0)] stage (g, h) = c.skip(2).tee();
        sink i = zip(e, h).count();
        sink j = zip(g, f).count();
        i + j
    }
}

fn p013() -> Pipeline<u64> {
    pipeline! {
        #![name = "p013"]
        #![buffer(2)]
        source a = 0..ITEMS;
        stage (b, c) = a.skip(4).tee();
        #[buffer(1)] stage d = zip(c, b).map(sum);
        stage (e, f) = d.tee();
        sink g = zip(f, e).count();
        g
    }
}

fn p014() -> Pipeline<u64> {
    pipeline! {
        #![name = "p014"]
        #![buffer(8)]
        source a = 0..ITEMS;
        stage b = a;
        stage c = b;
        #[buffer(8)] stage d = c.map(|n| n + 1);
        sink e = d.count();
        e
    }
}

fn p015() -> Pipeline<u64> {
    pipeline! {
        #![name = "p015"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p016() -> Pipeline<u64> {
    pipeline! {
        #![name = "p016"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(8)] stage c = merge(a, b);
        #[buffer(1)] stage (#[lossy(drop_oldest)] d, e) = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        sink f = zip(d, e).count();
        f
    }
}

fn p017() -> Pipeline<u64> {
    pipeline! {
        #![name = "p017"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        #[buffer(1)] stage c = zip(a, b).map(sum).skip(2);
        sink d = c.count();
        d
    }
}

fn p018() -> Pipeline<u64> {
    pipeline! {
        #![name = "p018"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.skip(3).tee();
        sink e = zip(d, c).count();
        sink f = b.count();
        e + f
    }
}

fn p019() -> Pipeline<u64> {
    pipeline! {
        #![name = "p019"]
        source a = 0..ITEMS;
        #[buffer(8)] #[in_flight(3)] stage b = a.map(async |n| later(n).await);
        #[buffer(8)] stage (c, d) = b.map(|n| n + 1).tee();
        stage e = d;
        sink f = zip(c, e).count();
        f
    }
}

fn p020() -> Pipeline<u64> {
    pipeline! {
        #![name = "p020"]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a.skip(2);
        #[buffer(0)] stage (c, d) = b.skip(2).tee();
        #[buffer(8)] stage e = d;
        sink f = zip(c, e).count();
        f
    }
}

fn p021() -> Pipeline<u64> {
    pipeline! {
        #![name = "p021"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(1)] stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage c = b.map(async |n| later(n).await);
        #[inline] stage (d, e) = c.map(|n| n + 1).tee();
        sink f = zip(e, d).count();
        f
    }
}

fn p022() -> Pipeline<u64> {
    pipeline! {
        #![name = "p022"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage c = b.skip(1);
        stage d = c;
        stage (e, f) = a.dedup().tee();
        #[buffer(8)] stage (g, h) = d.tee();
        sink i = h.count();
        #[inline] sink j = f.count();
        sink k = zip(g, e).count();
        i + j + k
    }
}

fn p023() -> Pipeline<u64> {
    pipeline! {
        #![name = "p023"]
        #![buffer(0)]
        source a = 0..ITEMS;
        stage (b, c) = a.tee();
        #[buffer(2)] stage d = c;
        sink e = zip(b, d).count();
        e
    }
}

fn p024() -> Pipeline<u64> {
    pipeline! {
        #![name = "p024"]
        #![buffer(1)]
        source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[buffer(1)] stage (c, d) = b.map(|n| n + 1).tee();
        stage e = d;
        sink f = zip(c, e).count();
        f
    }
}

fn p025() -> Pipeline<u64> {
    pipeline! {
        #![name = "p025"]
        source a = 0..ITEMS;
        stage b = a;
        sink c = b.count();
        c
    }
}

fn p026() -> Pipeline<u64> {
    pipeline! {
        #![name = "p026"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        stage (#[lossy(drop_oldest)] b, c) = a.batch(3).map(first).tee();
        sink d = zip(b, c).count();
        d
    }
}

fn p027() -> Pipeline<u64> {
    pipeline! {
        #![name = "p027"]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage (d, e) = b.tee();
        sink f = zip(e, c).count();
        sink g = d.count();
        f + g
    }
}

fn p028() -> Pipeline<u64> {
    pipeline! {
        #![name = "p028"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        stage (b, c) = a.skip(3).tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p029() -> Pipeline<u64> {
    pipeline! {
        #![name = "p029"]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage (c, d) = b.tee();
        stage e = zip(d, a).map(sum);
        stage (f, g) = e.skip(3).tee();
        #[buffer(0)] stage h = g.skip(4);
        sink i = f.count();
        sink j = c.count();
        sink k = h.count();
        i + j + k
    }
}

fn p030() -> Pipeline<u64> {
    pipeline! {
        #![name = "p030"]
        source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[buffer(0)] stage (c, d) = b.batch(3).map(first).tee();
        #[buffer(2)] stage e = d.map(|n| n + 1);
        sink f = zip(c, e).take(20).count();
        f
    }
}

fn p031() -> Pipeline<u64> {
    pipeline! {
        #![name = "p031"]
        #![buffer(8)]
        source a = 0..ITEMS;
        stage (b, c) = a.tee();
        sink d = zip(b, c).count();
        d
    }
}

fn p032() -> Pipeline<u64> {
    pipeline! {
        #![name = "p032"]
        #![buffer(8)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = a;
        stage (d, e) = c.skip(3).tee();
        stage (f, g) = e.tee();
        #[buffer(0)] stage h = d.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink i = b.count();
        sink j = zip(f, g).count();
        sink k = h.count();
        i + j + k
    }
}

fn p033() -> Pipeline<u64> {
    pipeline! {
        #![name = "p033"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.tee();
        #[buffer(1)] stage d = c;
        stage e = zip(d, b).map(sum);
        sink f = e.count();
        f
    }
}

fn p034() -> Pipeline<u64> {
    pipeline! {
        #![name = "p034"]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage c = b.dedup();
        #[buffer(1)] stage d = c;
        sink e = d.take(20).count();
        e
    }
}

fn p035() -> Pipeline<u64> {
    pipeline! {
        #![name = "p035"]
        #![buffer(2)]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = b.tee();
        #[buffer(1)] stage e = zip(c, d).map(sum);
        sink f = zip(e, a).count();
        f
    }
}

fn p036() -> Pipeline<u64> {
    pipeline! {
        #![name = "p036"]
        source a = 0..ITEMS;
        #[buffer(1)] #[inline] stage (#[lossy(drop_oldest)] b, c) = a.flat_map(|n| vec![n; (n % 3) as usize]).tee();
        stage d = zip(c, b).map(sum);
        sink e = d.count();
        e
    }
}

fn p037() -> Pipeline<u64> {
    pipeline! {
        #![name = "p037"]
        #![buffer(1)]
        source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[buffer(1)] stage c = b;
        #[buffer(0)] stage d = c.map(|n| n + 1);
        sink e = d.count();
        e
    }
}

fn p038() -> Pipeline<u64> {
    pipeline! {
        #![name = "p038"]
        #![buffer(8)]
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.batch(2).map(first).tee();
        stage d = zip(c, b).map(sum).take(10);
        sink e = d.count();
        e
    }
}

fn p039() -> Pipeline<u64> {
    pipeline! {
        #![name = "p039"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage (c, d) = b.tee();
        #[buffer(1)] stage e = a.map(|n| n + 1);
        #[buffer(2)] stage f = zip(e, c).map(sum);
        #[buffer(2)] stage (g, h) = d.batch(2).map(first).tee();
        sink i = zip(g, h).count();
        sink j = f.count();
        i + j
    }
}

fn p040() -> Pipeline<u64> {
    pipeline! {
        #![name = "p040"]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(1)] stage b = a;
        #[buffer(2)] stage (c, d) = b.skip(3).tee();
        stage e = zip(d, c).map(sum);
        sink f = e.count();
        f
    }
}

fn p041() -> Pipeline<u64> {
    pipeline! {
        #![name = "p041"]
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a;
        #[buffer(8)] stage c = b.skip(1);
        sink d = c.count();
        d
    }
}

fn p042() -> Pipeline<u64> {
    pipeline! {
        #![name = "p042"]
        source a = 0..ITEMS;
        stage (b, c) = a.batch(1).map(first).tee();
        stage d = c.batch(1).map(first);
        stage (e, f) = d.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(1)] stage g = zip(e, f).map(sum).map(|n| n + 1);
        sink h = zip(b, g).count();
        h
    }
}

fn p043() -> Pipeline<u64> {
    pipeline! {
        #![name = "p043"]
        source a = 0..ITEMS;
        stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(2)] stage (c, d) = b.tee();
        sink e = zip(d, c).count();
        e
    }
}

fn p044() -> Pipeline<u64> {
    pipeline! {
        #![name = "p044"]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(2)] stage c = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage d = zip(c, a).map(sum).batch(3).map(first);
        stage (e, f) = d.tee();
        #[buffer(2)] stage (g, h) = f.skip(2).tee();
        sink i = h.count();
        sink j = zip(e, g).count();
        i + j
    }
}

fn p045() -> Pipeline<u64> {
    pipeline! {
        #![name = "p045"]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.tee();
        sink e = zip(b, d).count();
        #[inline] sink f = c.count();
        e + f
    }
}

fn p046() -> Pipeline<u64> {
    pipeline! {
        #![name = "p046"]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        #[buffer(2)] stage d = c.map(|n| n + 1);
        #[buffer(0)] stage e = zip(b, d).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink f = e.count();
        f
    }
}

fn p047() -> Pipeline<u64> {
    pipeline! {
        #![name = "p047"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = b.route(|n| if n % 3 == 0 { c(n) } else { d(n) });
        #[buffer(2)] #[inline] stage (#[lossy(drop_oldest)] e, f) = a.skip(1).tee();
        sink g = d.count();
        sink h = c.count();
        sink i = zip(e, f).count();
        g + h + i
    }
}

fn p048() -> Pipeline<u64> {
    pipeline! {
        #![name = "p048"]
        #[buffer(0)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        stage (c, d) = b.map(|n| n + 1).tee();
        stage (e, f) = d.skip(3).tee();
        sink g = zip(e, f).count();
        sink h = c.count();
        g + h
    }
}

fn p049() -> Pipeline<u64> {
    pipeline! {
        #![name = "p049"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(1)] stage c = b;
        sink d = a.count();
        sink e = c.count();
        d + e
    }
}

fn p050() -> Pipeline<u64> {
    pipeline! {
        #![name = "p050"]
        #[buffer(1)] source a = 0..ITEMS;
        stage (b, c) = a.tee();
        #[buffer(8)] stage (d, e) = b.tee();
        sink f = zip(c, e).count();
        sink g = d.count();
        f + g
    }
}

fn p051() -> Pipeline<u64> {
    pipeline! {
        #![name = "p051"]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = b.tee();
        sink e = zip(d, c).count();
        sink f = a.count();
        e + f
    }
}

fn p052() -> Pipeline<u64> {
    pipeline! {
        #![name = "p052"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.filter(|n| n % 3 != 0).tee();
        #[buffer(2)] stage d = zip(b, c).map(sum);
        #[workers(2)] stage e = d.map(|n| n + 1);
        sink f = e.take(20).count();
        f
    }
}

fn p053() -> Pipeline<u64> {
    pipeline! {
        #![name = "p053"]
        source a = 0..ITEMS;
        stage b = a;
        #[buffer(1)] stage (c, d) = b.batch(1).map(first).tee();
        stage e = zip(c, d).map(sum);
        sink f = e.count();
        f
    }
}

fn p054() -> Pipeline<u64> {
    pipeline! {
        #![name = "p054"]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(0)] stage c = a;
        #[buffer(0)] stage d = b.skip(1);
        sink e = zip(d, c).count();
        e
    }
}

fn p055() -> Pipeline<u64> {
    pipeline! {
        #![name = "p055"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.map(|n| n + 1).tee();
        stage (#[lossy(drop_oldest)] d, e) = b.tee();
        sink f = zip(c, d).count();
        sink g = e.count();
        f + g
    }
}

fn p056() -> Pipeline<u64> {
    pipeline! {
        #![name = "p056"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.take(10).tee();
        stage d = zip(b, c).map(sum).flat_map(|n| vec![n; (n % 3) as usize]);
        stage e = d.map(async |n| later(n).await);
        sink f = e.count();
        f
    }
}

fn p057() -> Pipeline<u64> {
    pipeline! {
        #![name = "p057"]
        source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        stage c = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(0)] stage d = c;
        sink e = zip(d, b).count();
        e
    }
}

fn p058() -> Pipeline<u64> {
    pipeline! {
        #![name = "p058"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.tee();
        sink e = b.count();
        sink f = zip(c, d).count();
        e + f
    }
}

fn p059() -> Pipeline<u64> {
    pipeline! {
        #![name = "p059"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.skip(1).tee();
        stage (d, e) = b.tee();
        sink f = zip(d, c).count();
        sink g = e.count();
        f + g
    }
}

fn p060() -> Pipeline<u64> {
    pipeline! {
        #![name = "p060"]
        source a = 0..ITEMS;
        #[inline] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(0)] stage d = c;
        stage e = zip(d, b).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[inline] sink f = e.count();
        f
    }
}

fn p061() -> Pipeline<u64> {
    pipeline! {
        #![name = "p061"]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(0)] stage c = zip(a, b).map(sum);
        sink d = c.count();
        d
    }
}

fn p062() -> Pipeline<u64> {
    pipeline! {
        #![name = "p062"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a;
        #[buffer(1)] stage (c, d) = b.tee();
        #[buffer(8)] stage e = d.process(async |input, output| pass(input, output).await);
        stage (f, g) = c.tee();
        sink h = zip(f, g).count();
        sink i = e.count();
        h + i
    }
}

fn p063() -> Pipeline<u64> {
    pipeline! {
        #![name = "p063"]
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a.process(async |input, output| pass(input, output).await);
        #[buffer(2)] stage (c, d) = b.map(|n| n + 1).tee();
        #[buffer(8)] stage e = zip(d, c).map(sum).skip(1);
        sink f = e.count();
        f
    }
}

fn p064() -> Pipeline<u64> {
    pipeline! {
        #![name = "p064"]
        #![buffer(2)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = a.tee();
        sink e = zip(c, d).count();
        sink f = b.count();
        e + f
    }
}

fn p065() -> Pipeline<u64> {
    pipeline! {
        #![name = "p065"]
        #![buffer(2)]
        source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage d = zip(c, b).map(sum);
        #[buffer(1)] stage e = d;
        sink f = e.count();
        f
    }
}

fn p066() -> Pipeline<u64> {
    pipeline! {
        #![name = "p066"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(8)] stage c = a.filter(|n| n % 3 != 0);
        sink d = zip(b, c).count();
        d
    }
}

fn p067() -> Pipeline<u64> {
    pipeline! {
        #![name = "p067"]
        #![buffer(1)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage c = zip(b, a).map(sum).skip(3);
        stage d = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (e, f) = d.map(|n| n + 1).tee();
        stage g = e.map(|n| n + 1);
        sink h = zip(g, f).count();
        h
    }
}

fn p068() -> Pipeline<u64> {
    pipeline! {
        #![name = "p068"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.tee();
        #[buffer(2)] stage d = zip(c, b).map(sum).map(|n| n + 1);
        #[buffer(0)] stage e = d.dedup();
        sink f = e.count();
        f
    }
}

fn p069() -> Pipeline<u64> {
    pipeline! {
        #![name = "p069"]
        source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        stage c = b;
        #[buffer(0)] stage d = zip(c, a).map(sum).map(|n| n + 1);
        sink e = d.count();
        e
    }
}

fn p070() -> Pipeline<u64> {
    pipeline! {
        #![name = "p070"]
        source a = 0..ITEMS;
        stage (b, c) = a.skip(1).tee();
        #[buffer(1)] stage d = b;
        stage e = zip(d, c).map(sum).skip(1);
        sink f = e.count();
        f
    }
}

fn p071() -> Pipeline<u64> {
    pipeline! {
        #![name = "p071"]
        source a = 0..ITEMS;
        stage (b, c) = a.skip(4).tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p072() -> Pipeline<u64> {
    pipeline! {
        #![name = "p072"]
        #![buffer(1)]
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[inline] stage (c, d) = b.tee();
        stage (#[lossy(drop_oldest)] e, f) = d.tee();
        sink g = zip(f, e).count();
        sink h = c.count();
        g + h
    }
}

fn p073() -> Pipeline<u64> {
    pipeline! {
        #![name = "p073"]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = b.batch(2).map(first);
        sink d = zip(c, a).count();
        d
    }
}

fn p074() -> Pipeline<u64> {
    pipeline! {
        #![name = "p074"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.dedup().tee();
        stage d = zip(c, b).map(sum).filter(|n| n % 3 != 0);
        stage e = d.map(|n| n + 1);
        sink f = e.take(20).count();
        f
    }
}

fn p075() -> Pipeline<u64> {
    pipeline! {
        #![name = "p075"]
        #![buffer(8)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage (d, e) = b.tee();
        #[buffer(1)] stage f = zip(e, c).map(sum).map(|n| n + 1);
        sink g = zip(f, d).count();
        g
    }
}

fn p076() -> Pipeline<u64> {
    pipeline! {
        #![name = "p076"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.tee();
        stage d = zip(c, b).map(sum).batch(2).map(first);
        sink e = d.count();
        e
    }
}

fn p077() -> Pipeline<u64> {
    pipeline! {
        #![name = "p077"]
        source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        stage c = zip(b, a).map(sum).skip(1);
        #[buffer(0)] stage d = c.flat_map(|n| vec![n; (n % 3) as usize]);
        stage e = d.filter(|n| n % 3 != 0);
        #[buffer(8)] #[inline] stage (f, g) = e.map(async |n| later(n).await).tee();
        sink h = f.count();
        sink i = g.count();
        h + i
    }
}

fn p078() -> Pipeline<u64> {
    pipeline! {
        #![name = "p078"]
        source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[buffer(2)] stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage e = zip(d, c).map(sum);
        stage f = e.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink g = f.count();
        g
    }
}

fn p079() -> Pipeline<u64> {
    pipeline! {
        #![name = "p079"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.map(|n| n + 1).tee();
        stage d = c.skip(1);
        stage e = b.skip(2);
        sink f = zip(e, d).count();
        f
    }
}

fn p080() -> Pipeline<u64> {
    pipeline! {
        #![name = "p080"]
        #![buffer(2)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(1)] stage (#[lossy(drop_oldest)] b, c) = a.skip(1).tee();
        #[buffer(2)] stage (d, e) = c.batch(1).map(first).tee();
        sink f = zip(d, e).count();
        sink g = b.take(20).count();
        f + g
    }
}

fn p081() -> Pipeline<u64> {
    pipeline! {
        #![name = "p081"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(0)] stage d = zip(b, c).map(sum).skip(2);
        sink e = d.count();
        e
    }
}

fn p082() -> Pipeline<u64> {
    pipeline! {
        #![name = "p082"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage c = b.map(|n| n + 1);
        sink d = c.count();
        d
    }
}

fn p083() -> Pipeline<u64> {
    pipeline! {
        #![name = "p083"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(2)] stage b = a.dedup();
        #[buffer(8)] stage c = b.skip(3);
        stage (d, e) = c.tee();
        sink f = zip(e, d).count();
        f
    }
}

fn p084() -> Pipeline<u64> {
    pipeline! {
        #![name = "p084"]
        #![buffer(0)]
        source a = 0..ITEMS;
        stage (b, c) = a.tee();
        stage d = b.map(|n| n + 1);
        sink e = zip(d, c).count();
        e
    }
}

fn p085() -> Pipeline<u64> {
    pipeline! {
        #![name = "p085"]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = b.filter(|n| n % 3 != 0).tee();
        stage e = a.skip(4);
        sink f = e.take(20).count();
        sink g = c.count();
        sink h = d.count();
        f + g + h
    }
}

fn p086() -> Pipeline<u64> {
    pipeline! {
        #![name = "p086"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (c, d) = b.map(|n| n + 1).tee();
        stage e = d;
        sink f = zip(e, c).count();
        f
    }
}

fn p087() -> Pipeline<u64> {
    pipeline! {
        #![name = "p087"]
        #![buffer(0)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = b;
        #[buffer(0)] stage d = zip(a, c).map(sum);
        #[buffer(8)] stage e = d;
        stage (f, g) = e.batch(1).map(first).tee();
        sink h = zip(f, g).count();
        h
    }
}

fn p088() -> Pipeline<u64> {
    pipeline! {
        #![name = "p088"]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = a.skip(4).tee();
        #[buffer(2)] stage e = b.map(|n| n + 1);
        stage f = zip(e, d).map(sum);
        sink g = zip(f, c).count();
        g
    }
}

fn p089() -> Pipeline<u64> {
    pipeline! {
        #![name = "p089"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(0)] #[inline] stage (c, d) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        sink e = zip(c, b).take(20).count();
        sink f = d.count();
        e + f
    }
}

fn p090() -> Pipeline<u64> {
    pipeline! {
        #![name = "p090"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.skip(1).tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p091() -> Pipeline<u64> {
    pipeline! {
        #![name = "p091"]
        #![buffer(0)]
        source a = 0..ITEMS;
        stage b = a;
        #[buffer(8)] stage (c, d) = b.tee();
        stage (e, f) = d.tee();
        #[buffer(1)] stage g = zip(e, c).map(sum);
        sink h = f.count();
        sink i = g.count();
        h + i
    }
}

fn p092() -> Pipeline<u64> {
    pipeline! {
        #![name = "p092"]
        #![buffer(8)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a;
        #[buffer(8)] stage c = b.skip(1);
        stage (d, e) = c.map(|n| n + 1).tee();
        sink f = zip(e, d).count();
        f
    }
}

fn p093() -> Pipeline<u64> {
    pipeline! {
        #![name = "p093"]
        source a = 0..ITEMS;
        stage b = a.flat_map(|n| vec![n; (n % 3) as usize]);
        #[buffer(1)] stage c = b.map(|n| n + 1);
        sink d = c.count();
        d
    }
}

fn p094() -> Pipeline<u64> {
    pipeline! {
        #![name = "p094"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = a.skip(1).tee();
        #[buffer(1)] stage e = zip(b, c).map(sum).map(|n| n + 1);
        sink f = zip(d, e).count();
        f
    }
}

fn p095() -> Pipeline<u64> {
    pipeline! {
        #![name = "p095"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        stage (b, c) = a.tee();
        #[buffer(8)] stage d = b;
        sink e = zip(d, c).count();
        e
    }
}

fn p096() -> Pipeline<u64> {
    pipeline! {
        #![name = "p096"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = b.take(40).tee();
        sink e = zip(c, d).count();
        sink f = a.count();
        e + f
    }
}

fn p097() -> Pipeline<u64> {
    pipeline! {
        #![name = "p097"]
        #![buffer(1)]
        #[buffer(0)] source a = 0..ITEMS;
        stage b = a.skip(1);
        #[buffer(2)] stage (c, d) = b.batch(2).map(first).tee();
        sink e = d.count();
        sink f = c.count();
        e + f
    }
}

fn p098() -> Pipeline<u64> {
    pipeline! {
        #![name = "p098"]
        #![buffer(8)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p099() -> Pipeline<u64> {
    pipeline! {
        #![name = "p099"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a;
        #[buffer(8)] stage (c, d) = b.map(|n| n + 1).tee();
        stage e = zip(c, d).map(sum).batch(1).map(first);
        sink f = e.count();
        f
    }
}

fn p100() -> Pipeline<u64> {
    pipeline! {
        #![name = "p100"]
        #![buffer(0)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = b.skip(3).tee();
        #[buffer(2)] stage e = zip(a, d).map(sum);
        sink f = zip(e, c).count();
        f
    }
}

fn p101() -> Pipeline<u64> {
    pipeline! {
        #![name = "p101"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(1)] stage c = b.skip(1);
        sink d = c.count();
        sink e = a.count();
        d + e
    }
}

fn p102() -> Pipeline<u64> {
    pipeline! {
        #![name = "p102"]
        source a = 0..ITEMS;
        stage (b, c) = a.tee();
        stage (d, e) = c.tee();
        sink f = d.count();
        sink g = zip(b, e).count();
        f + g
    }
}

fn p103() -> Pipeline<u64> {
    pipeline! {
        #![name = "p103"]
        #![buffer(0)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.filter(|n| n % 3 != 0).tee();
        stage e = b.process(async |input, output| pass(input, output).await);
        #[buffer(2)] stage (f, g) = e.filter(|n| n % 3 != 0).tee();
        stage h = zip(c, d).map(sum).take(10);
        sink i = zip(f, g).take(20).count();
        sink j = h.count();
        i + j
    }
}

fn p104() -> Pipeline<u64> {
    pipeline! {
        #![name = "p104"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(2)] stage c = b;
        stage (d, e) = c.skip(3).tee();
        sink f = zip(d, e).count();
        f
    }
}

fn p105() -> Pipeline<u64> {
    pipeline! {
        #![name = "p105"]
        source a = 0..ITEMS;
        #[inline] stage b = a;
        #[buffer(1)] stage c = b.take(40);
        stage (#[lossy(drop_oldest)] d, e) = c.take(40).tee();
        sink f = zip(e, d).count();
        f
    }
}

fn p106() -> Pipeline<u64> {
    pipeline! {
        #![name = "p106"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage c = b;
        #[buffer(0)] stage d = c.skip(4);
        #[buffer(1)] stage e = zip(d, a).map(sum).map(|n| n + 1);
        sink f = e.count();
        f
    }
}

fn p107() -> Pipeline<u64> {
    pipeline! {
        #![name = "p107"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a.skip(3);
        #[buffer(2)] stage (c, d) = b.skip(4).tee();
        #[buffer(8)] stage e = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(8)] stage f = zip(d, e).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink g = f.count();
        g
    }
}

fn p108() -> Pipeline<u64> {
    pipeline! {
        #![name = "p108"]
        #[buffer(8)] source a = 0..ITEMS;
        stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage d = c.map(|n| n + 1);
        sink e = zip(b, d).count();
        e
    }
}

fn p109() -> Pipeline<u64> {
    pipeline! {
        #![name = "p109"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = a;
        #[buffer(8)] stage d = c.skip(3);
        stage e = zip(b, d).map(sum).skip(2);
        stage f = e.skip(2);
        sink g = f.count();
        g
    }
}

fn p110() -> Pipeline<u64> {
    pipeline! {
        #![name = "p110"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage c = b;
        #[buffer(0)] stage (d, e) = a.tee();
        sink f = zip(e, d).count();
        sink g = c.count();
        f + g
    }
}

fn p111() -> Pipeline<u64> {
    pipeline! {
        #![name = "p111"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        stage (b, c) = a.skip(3).tee();
        #[buffer(2)] stage (d, e) = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage (f, g) = e.tee();
        #[buffer(8)] stage h = zip(f, g).map(sum).map(|n| n + 1);
        sink i = h.count();
        sink j = zip(b, d).count();
        i + j
    }
}

fn p112() -> Pipeline<u64> {
    pipeline! {
        #![name = "p112"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(2)] stage (#[lossy(drop_oldest)] b, c) = a.skip(2).tee();
        #[buffer(1)] stage (d, e) = b.map(async |n| later(n).await).tee();
        sink f = zip(c, d).count();
        #[inline] sink g = e.count();
        f + g
    }
}

fn p113() -> Pipeline<u64> {
    pipeline! {
        #![name = "p113"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        sink d = c.count();
        sink e = b.count();
        d + e
    }
}

fn p114() -> Pipeline<u64> {
    pipeline! {
        #![name = "p114"]
        #![buffer(1)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(5)] stage (c, d) = a.tee();
        stage e = zip(c, b).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p115() -> Pipeline<u64> {
    pipeline! {
        #![name = "p115"]
        #![buffer(8)]
        source a = 0..ITEMS;
        stage (b, c) = a.batch(2).map(first).tee();
        #[buffer(8)] stage (d, e) = c.map(|n| n + 1).tee();
        sink f = zip(b, d).count();
        sink g = e.count();
        f + g
    }
}

fn p116() -> Pipeline<u64> {
    pipeline! {
        #![name = "p116"]
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage (c, d) = a.take(40).tee();
        #[buffer(2)] stage (#[lossy(drop_oldest)] e, f) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage g = zip(e, c).map(sum).skip(4);
        sink h = zip(d, f).take(20).count();
        sink i = g.take(20).count();
        h + i
    }
}

fn p117() -> Pipeline<u64> {
    pipeline! {
        #![name = "p117"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a.map(|n| n + 1);
        sink c = b.count();
        c
    }
}

fn p118() -> Pipeline<u64> {
    pipeline! {
        #![name = "p118"]
        #![buffer(8)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = a.tee();
        #[buffer(0)] stage e = zip(b, d).map(sum);
        sink f = zip(c, e).count();
        f
    }
}

fn p119() -> Pipeline<u64> {
    pipeline! {
        #![name = "p119"]
        #![buffer(0)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.flat_map(|n| vec![n; (n % 3) as usize]).tee();
        stage (d, e) = c.map(|n| n + 1).tee();
        sink f = zip(b, d).count();
        sink g = e.count();
        f + g
    }
}

fn p120() -> Pipeline<u64> {
    pipeline! {
        #![name = "p120"]
        source a = 0..ITEMS;
        stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(1)] stage d = zip(b, c).map(sum).map(|n| n + 1);
        #[buffer(0)] stage (e, f) = d.tee();
        #[buffer(8)] stage g = e.map(|n| n + 1);
        sink h = g.count();
        sink i = f.count();
        h + i
    }
}

fn p121() -> Pipeline<u64> {
    pipeline! {
        #![name = "p121"]
        #![buffer(2)]
        #[buffer(2)] source a = 0..ITEMS;
        stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage c = b.batch(3).map(first);
        sink d = c.count();
        d
    }
}

fn p122() -> Pipeline<u64> {
    pipeline! {
        #![name = "p122"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[inline] stage (b, c) = a.map(|n| n + 1).tee();
        sink d = zip(b, c).take(20).count();
        d
    }
}

fn p123() -> Pipeline<u64> {
    pipeline! {
        #![name = "p123"]
        #![buffer(0)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.skip(3).tee();
        #[buffer(1)] stage d = zip(c, b).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(0)] stage e = d.skip(2);
        stage f = e;
        sink g = f.count();
        g
    }
}

fn p124() -> Pipeline<u64> {
    pipeline! {
        #![name = "p124"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        #[buffer(1)] stage c = zip(b, a).map(sum);
        stage d = c.map(async |n| later(n).await);
        stage (e, f) = d.tee();
        stage g = zip(e, f).map(sum).map(|n| n + 1);
        sink h = g.count();
        h
    }
}

fn p125() -> Pipeline<u64> {
    pipeline! {
        #![name = "p125"]
        source a = 0..ITEMS;
        stage b = a.batch(2).map(first);
        #[buffer(2)] stage c = b.map(|n| n + 1);
        #[buffer(2)] stage d = c;
        sink e = d.count();
        e
    }
}

fn p126() -> Pipeline<u64> {
    pipeline! {
        #![name = "p126"]
        source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.tee();
        stage d = zip(b, c).map(sum);
        #[buffer(2)] stage (e, f) = d.tee();
        sink g = zip(f, e).count();
        g
    }
}

fn p127() -> Pipeline<u64> {
    pipeline! {
        #![name = "p127"]
        source a = 0..ITEMS;
        stage b = a.batch(1).map(first);
        #[buffer(8)] stage c = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (d, e) = c.tee();
        #[buffer(2)] stage (f, g) = e.skip(3).tee();
        sink h = d.count();
        sink i = zip(g, f).count();
        h + i
    }
}

fn p128() -> Pipeline<u64> {
    pipeline! {
        #![name = "p128"]
        #[buffer(2)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[buffer(0)] #[in_flight(3)] stage c = b.map(async |n| later(n).await);
        #[buffer(2)] stage (d, e) = c.skip(4).tee();
        sink f = zip(d, e).count();
        f
    }
}

fn p129() -> Pipeline<u64> {
    pipeline! {
        #![name = "p129"]
        #![buffer(8)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.batch(1).map(first).tee();
        sink d = b.count();
        sink e = c.count();
        d + e
    }
}

fn p130() -> Pipeline<u64> {
    pipeline! {
        #![name = "p130"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.batch(2).map(first).tee();
        #[buffer(0)] stage d = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(1)] stage e = zip(b, d).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(1)] stage f = e.map(|n| n + 1);
        sink g = f.count();
        g
    }
}

fn p131() -> Pipeline<u64> {
    pipeline! {
        #![name = "p131"]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a;
        #[buffer(8)] stage (c, d) = b.tee();
        stage e = c.skip(4);
        sink f = zip(d, e).count();
        f
    }
}

fn p132() -> Pipeline<u64> {
    pipeline! {
        #![name = "p132"]
        #![buffer(8)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] stage (#[lossy(drop_oldest)] b, c) = a.skip(3).tee();
        sink d = zip(b, c).count();
        d
    }
}

fn p133() -> Pipeline<u64> {
    pipeline! {
        #![name = "p133"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a.skip(1);
        stage c = b;
        sink d = c.count();
        d
    }
}

fn p134() -> Pipeline<u64> {
    pipeline! {
        #![name = "p134"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = b.tee();
        stage e = zip(a, d).map(sum).map(|n| n + 1);
        #[buffer(8)] stage f = c;
        sink g = zip(e, f).count();
        g
    }
}

fn p135() -> Pipeline<u64> {
    pipeline! {
        #![name = "p135"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.map(|n| n + 1).tee();
        stage e = zip(b, c).map(sum).take(40);
        sink f = zip(d, e).count();
        f
    }
}

fn p136() -> Pipeline<u64> {
    pipeline! {
        #![name = "p136"]
        source a = 0..ITEMS;
        stage (b, c) = a.batch(3).map(first).tee();
        sink d = zip(b, c).count();
        d
    }
}

fn p137() -> Pipeline<u64> {
    pipeline! {
        #![name = "p137"]
        #![buffer(1)]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] #[workers(2)] stage c = a.map(|n| n + 1);
        stage d = zip(b, c).map(sum).skip(1);
        sink e = d.count();
        e
    }
}

fn p138() -> Pipeline<u64> {
    pipeline! {
        #![name = "p138"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.tee();
        stage d = zip(c, b).map(sum);
        stage e = d.map(|n| n + 1);
        sink f = e.count();
        f
    }
}

fn p139() -> Pipeline<u64> {
    pipeline! {
        #![name = "p139"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(2)] stage c = merge(a, b);
        #[buffer(8)] stage (d, e) = c.map(|n| n + 1).tee();
        sink f = zip(d, e).count();
        f
    }
}

fn p140() -> Pipeline<u64> {
    pipeline! {
        #![name = "p140"]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        #[inline] stage d = b.map(|n| n + 1);
        stage (e, f) = d.map(|n| n + 1).tee();
        sink g = e.count();
        sink h = zip(c, f).take(20).count();
        g + h
    }
}

fn p141() -> Pipeline<u64> {
    pipeline! {
        #![name = "p141"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(8)] stage b = a;
        #[buffer(1)] stage c = b;
        sink d = c.count();
        d
    }
}

fn p142() -> Pipeline<u64> {
    pipeline! {
        #![name = "p142"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.skip(2).tee();
        stage (d, e) = b.tee();
        sink f = e.count();
        sink g = zip(c, d).count();
        f + g
    }
}

fn p143() -> Pipeline<u64> {
    pipeline! {
        #![name = "p143"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(0)] stage d = zip(b, c).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink e = d.count();
        e
    }
}

fn p144() -> Pipeline<u64> {
    pipeline! {
        #![name = "p144"]
        #![buffer(2)]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.map(|n| n + 1).tee();
        stage e = b;
        stage f = zip(c, e).map(sum);
        #[buffer(1)] stage g = zip(f, d).map(sum);
        sink h = g.count();
        h
    }
}

fn p145() -> Pipeline<u64> {
    pipeline! {
        #![name = "p145"]
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a.map(|n| n + 1);
        #[buffer(0)] #[workers(2)] stage c = b.map(|n| n + 1);
        #[buffer(2)] stage d = c.take(20);
        sink e = d.take(20).count();
        e
    }
}

fn p146() -> Pipeline<u64> {
    pipeline! {
        #![name = "p146"]
        #![buffer(2)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage c = zip(b, a).map(sum).batch(1).map(first);
        #[buffer(2)] stage d = c;
        stage e = d.skip(2);
        stage (f, g) = e.tee();
        sink h = zip(f, g).count();
        h
    }
}

fn p147() -> Pipeline<u64> {
    pipeline! {
        #![name = "p147"]
        #[buffer(1)] source a = 0..ITEMS;
        stage (b, c) = a.tee();
        stage d = zip(b, c).map(sum).skip(3);
        #[buffer(2)] stage e = d;
        sink f = e.count();
        f
    }
}

fn p148() -> Pipeline<u64> {
    pipeline! {
        #![name = "p148"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage c = merge(a, b);
        stage (d, e) = c.flat_map(|n| vec![n; (n % 3) as usize]).tee();
        sink f = zip(e, d).count();
        f
    }
}

fn p149() -> Pipeline<u64> {
    pipeline! {
        #![name = "p149"]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage c = zip(a, b).map(sum).map(|n| n + 1);
        stage d = c.map(|n| n + 1);
        sink e = d.count();
        e
    }
}

fn p150() -> Pipeline<u64> {
    pipeline! {
        #![name = "p150"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a.map(async |n| later(n).await);
        stage (c, d) = b.map(|n| n + 1).tee();
        sink e = zip(d, c).count();
        e
    }
}

fn p151() -> Pipeline<u64> {
    pipeline! {
        #![name = "p151"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = b.tee();
        stage e = zip(d, c).map(sum);
        #[buffer(1)] stage f = e.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink g = zip(a, f).count();
        g
    }
}

fn p152() -> Pipeline<u64> {
    pipeline! {
        #![name = "p152"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        sink e = a.count();
        sink f = zip(c, d).count();
        e + f
    }
}

fn p153() -> Pipeline<u64> {
    pipeline! {
        #![name = "p153"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a.dedup();
        #[inline] sink c = b.count();
        c
    }
}

fn p154() -> Pipeline<u64> {
    pipeline! {
        #![name = "p154"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).filter(|n| n % 3 != 0);
        #[inline] stage d = c.flat_map(|n| vec![n; (n % 3) as usize]);
        #[buffer(2)] #[inline] stage (e, f) = d.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage g = zip(f, e).map(sum).flat_map(|n| vec![n; (n % 3) as usize]);
        sink h = g.count();
        h
    }
}

fn p155() -> Pipeline<u64> {
    pipeline! {
        #![name = "p155"]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = b.tee();
        #[buffer(2)] stage e = a;
        #[buffer(0)] stage f = c;
        #[buffer(0)] stage g = zip(e, f).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink h = zip(g, d).count();
        h
    }
}

fn p156() -> Pipeline<u64> {
    pipeline! {
        #![name = "p156"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.tee();
        #[buffer(2)] stage d = zip(b, c).map(sum).flat_map(|n| vec![n; (n % 3) as usize]);
        sink e = d.count();
        e
    }
}

fn p157() -> Pipeline<u64> {
    pipeline! {
        #![name = "p157"]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] stage b = a.take(30);
        sink c = b.take(20).count();
        c
    }
}

fn p158() -> Pipeline<u64> {
    pipeline! {
        #![name = "p158"]
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a;
        #[buffer(0)] stage c = b.skip(1);
        stage (#[lossy(drop_oldest)] d, e) = c.skip(4).tee();
        sink f = zip(d, e).take(20).count();
        f
    }
}

fn p159() -> Pipeline<u64> {
    pipeline! {
        #![name = "p159"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.skip(1).tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p160() -> Pipeline<u64> {
    pipeline! {
        #![name = "p160"]
        source a = 0..ITEMS;
        stage b = a.batch(2).map(first);
        #[buffer(1)] stage (c, d) = b.tee();
        sink e = zip(c, d).count();
        e
    }
}

fn p161() -> Pipeline<u64> {
    pipeline! {
        #![name = "p161"]
        source a = 0..ITEMS;
        #[in_flight(3)] stage b = a.map(async |n| later(n).await);
        #[buffer(1)] stage (c, d) = b.filter(|n| n % 3 != 0).tee();
        sink e = zip(c, d).count();
        e
    }
}

fn p162() -> Pipeline<u64> {
    pipeline! {
        #![name = "p162"]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a;
        #[buffer(8)] stage c = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink d = c.count();
        d
    }
}

fn p163() -> Pipeline<u64> {
    pipeline! {
        #![name = "p163"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.batch(2).map(first).tee();
        sink d = zip(b, c).count();
        d
    }
}

fn p164() -> Pipeline<u64> {
    pipeline! {
        #![name = "p164"]
        #![buffer(8)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).map(async |n| later(n).await);
        stage (d, e) = c.dedup().tee();
        sink f = zip(d, e).count();
        f
    }
}

fn p165() -> Pipeline<u64> {
    pipeline! {
        #![name = "p165"]
        #![buffer(0)]
        source a = 0..ITEMS;
        stage (b, c) = a.tee();
        stage d = zip(c, b).map(sum).skip(3);
        #[buffer(1)] stage (#[lossy(drop_oldest)] e, f) = d.take(20).tee();
        sink g = zip(f, e).count();
        g
    }
}

fn p166() -> Pipeline<u64> {
    pipeline! {
        #![name = "p166"]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = b.tee();
        sink e = zip(c, d).count();
        sink f = a.count();
        e + f
    }
}

fn p167() -> Pipeline<u64> {
    pipeline! {
        #![name = "p167"]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[in_flight(3)] stage d = b.map(async |n| later(n).await);
        sink e = zip(d, c).take(20).count();
        e
    }
}

fn p168() -> Pipeline<u64> {
    pipeline! {
        #![name = "p168"]
        source a = 0..ITEMS;
        stage (b, c) = a.skip(3).tee();
        #[buffer(8)] #[inline] stage (#[lossy(drop_oldest)] d, e) = c.map(|n| n + 1).tee();
        sink f = zip(b, d).count();
        sink g = e.count();
        f + g
    }
}

fn p169() -> Pipeline<u64> {
    pipeline! {
        #![name = "p169"]
        #![buffer(2)]
        #[buffer(0)] source a = 0..ITEMS;
        stage b = a;
        #[buffer(0)] stage (c, d) = b.tee();
        #[buffer(8)] stage e = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink f = zip(d, e).count();
        f
    }
}

fn p170() -> Pipeline<u64> {
    pipeline! {
        #![name = "p170"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a.map(async |n| later(n).await);
        sink c = b.count();
        c
    }
}

fn p171() -> Pipeline<u64> {
    pipeline! {
        #![name = "p171"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(1)] #[inline] stage (b, c) = a.map(async |n| later(n).await).tee();
        sink d = zip(b, c).count();
        d
    }
}

fn p172() -> Pipeline<u64> {
    pipeline! {
        #![name = "p172"]
        source a = 0..ITEMS;
        stage (b, c) = a.batch(1).map(first).tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p173() -> Pipeline<u64> {
    pipeline! {
        #![name = "p173"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = b.skip(3);
        sink d = zip(a, c).count();
        d
    }
}

fn p174() -> Pipeline<u64> {
    pipeline! {
        #![name = "p174"]
        #![buffer(1)]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage c = b.skip(4);
        stage (d, e) = c.tee();
        stage (f, g) = a.map(|n| n + 1).tee();
        sink h = zip(d, g).count();
        sink i = zip(f, e).count();
        h + i
    }
}

fn p175() -> Pipeline<u64> {
    pipeline! {
        #![name = "p175"]
        #![buffer(0)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] #[inline] stage (c, d) = b.map(|n| n + 1).tee();
        stage e = zip(d, a).map(sum);
        sink f = zip(c, e).count();
        f
    }
}

fn p176() -> Pipeline<u64> {
    pipeline! {
        #![name = "p176"]
        #![buffer(1)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(b, a).map(sum);
        #[buffer(1)] stage d = c.map(|n| n + 1);
        #[buffer(0)] stage (e, f) = d.skip(3).tee();
        #[buffer(2)] stage (g, h) = e.tee();
        sink i = f.count();
        sink j = zip(g, h).count();
        i + j
    }
}

fn p177() -> Pipeline<u64> {
    pipeline! {
        #![name = "p177"]
        #![buffer(8)]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(a, b).map(sum);
        stage d = c;
        sink e = d.count();
        e
    }
}

fn p178() -> Pipeline<u64> {
    pipeline! {
        #![name = "p178"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).dedup();
        stage (#[lossy(drop_oldest)] d, e) = c.flat_map(|n| vec![n; (n % 3) as usize]).tee();
        sink f = zip(d, e).count();
        f
    }
}

fn p179() -> Pipeline<u64> {
    pipeline! {
        #![name = "p179"]
        #![buffer(0)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = a.map(|n| n + 1).tee();
        sink e = zip(c, d).count();
        sink f = b.count();
        e + f
    }
}

fn p180() -> Pipeline<u64> {
    pipeline! {
        #![name = "p180"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.dedup().tee();
        sink e = b.count();
        sink f = zip(d, c).count();
        e + f
    }
}

fn p181() -> Pipeline<u64> {
    pipeline! {
        #![name = "p181"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage c = b;
        sink d = c.count();
        d
    }
}

fn p182() -> Pipeline<u64> {
    pipeline! {
        #![name = "p182"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (#[lossy(drop_oldest)] c, d) = a.tee();
        stage e = zip(d, c).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink f = zip(e, b).count();
        f
    }
}

fn p183() -> Pipeline<u64> {
    pipeline! {
        #![name = "p183"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a;
        stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage e = d.map(|n| n + 1);
        sink f = zip(c, e).count();
        f
    }
}

fn p184() -> Pipeline<u64> {
    pipeline! {
        #![name = "p184"]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] stage b = a.take(10);
        #[buffer(8)] stage c = b.filter(|n| n % 3 != 0);
        stage (d, e) = c.skip(3).tee();
        stage (#[lossy(drop_oldest)] f, g) = d.map(|n| n + 1).tee();
        sink h = zip(g, e).count();
        sink i = f.take(20).count();
        h + i
    }
}

fn p185() -> Pipeline<u64> {
    pipeline! {
        #![name = "p185"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = a.map(|n| n + 1);
        #[buffer(2)] stage d = c;
        #[buffer(8)] stage e = d.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (f, g) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        sink h = zip(g, f).count();
        sink i = e.count();
        h + i
    }
}

fn p186() -> Pipeline<u64> {
    pipeline! {
        #![name = "p186"]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage d = zip(b, c).map(sum).dedup();
        #[inline] sink e = d.count();
        e
    }
}

fn p187() -> Pipeline<u64> {
    pipeline! {
        #![name = "p187"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.skip(3).tee();
        #[buffer(2)] stage d = zip(c, b).map(sum).skip(2);
        #[buffer(2)] stage e = d.map(|n| n + 1);
        sink f = e.count();
        f
    }
}

fn p188() -> Pipeline<u64> {
    pipeline! {
        #![name = "p188"]
        #![buffer(2)]
        source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        #[inline] stage (d, e) = b.skip(1).tee();
        stage f = zip(e, d).map(sum);
        sink g = c.count();
        sink h = f.count();
        g + h
    }
}

fn p189() -> Pipeline<u64> {
    pipeline! {
        #![name = "p189"]
        #![buffer(2)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = b.skip(4).tee();
        sink e = zip(c, d).count();
        sink f = a.count();
        e + f
    }
}

fn p190() -> Pipeline<u64> {
    pipeline! {
        #![name = "p190"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum);
        stage d = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink e = d.count();
        e
    }
}

fn p191() -> Pipeline<u64> {
    pipeline! {
        #![name = "p191"]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = a.skip(2);
        stage (d, e) = b.skip(1).tee();
        sink f = zip(e, d).count();
        sink g = c.count();
        f + g
    }
}

fn p192() -> Pipeline<u64> {
    pipeline! {
        #![name = "p192"]
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.tee();
        #[buffer(1)] stage d = zip(b, c).map(sum);
        #[buffer(8)] stage e = d;
        sink f = e.count();
        f
    }
}

fn p193() -> Pipeline<u64> {
    pipeline! {
        #![name = "p193"]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).flat_map(|n| vec![n; (n % 3) as usize]);
        sink d = c.count();
        d
    }
}

fn p194() -> Pipeline<u64> {
    pipeline! {
        #![name = "p194"]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.tee();
        #[buffer(2)] stage e = b;
        stage f = zip(d, c).map(sum).batch(2).map(first);
        sink g = zip(f, e).count();
        g
    }
}

fn p195() -> Pipeline<u64> {
    pipeline! {
        #![name = "p195"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(8)] stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(0)] stage c = b;
        stage d = c;
        #[buffer(2)] stage (e, f) = d.tee();
        sink g = zip(f, e).count();
        g
    }
}

fn p196() -> Pipeline<u64> {
    pipeline! {
        #![name = "p196"]
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.skip(1).tee();
        #[buffer(8)] stage d = zip(c, b).map(sum);
        #[buffer(1)] stage e = d;
        sink f = e.count();
        f
    }
}

fn p197() -> Pipeline<u64> {
    pipeline! {
        #![name = "p197"]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(1)] stage b = a;
        stage c = b.skip(4);
        sink d = c.count();
        d
    }
}

fn p198() -> Pipeline<u64> {
    pipeline! {
        #![name = "p198"]
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        sink d = zip(b, c).take(20).count();
        d
    }
}

fn p199() -> Pipeline<u64> {
    pipeline! {
        #![name = "p199"]
        source a = 0..ITEMS;
        #[buffer(0)] #[inline] stage (b, c) = a.skip(4).tee();
        #[buffer(8)] stage d = zip(b, c).map(sum);
        sink e = d.count();
        e
    }
}

fn p200() -> Pipeline<u64> {
    pipeline! {
        #![name = "p200"]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a.batch(2).map(first);
        stage (c, d) = b.skip(3).tee();
        sink e = zip(c, d).count();
        e
    }
}

fn p201() -> Pipeline<u64> {
    pipeline! {
        #![name = "p201"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a.map(|n| n + 1);
        sink c = b.count();
        c
    }
}

fn p202() -> Pipeline<u64> {
    pipeline! {
        #![name = "p202"]
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(8)] stage (c, d) = b.flat_map(|n| vec![n; (n % 3) as usize]).tee();
        #[buffer(1)] #[inline] stage e = d.batch(1).map(first);
        stage f = zip(e, c).map(sum).skip(4);
        stage g = a.map(async |n| later(n).await);
        sink h = f.count();
        sink i = g.count();
        h + i
    }
}

fn p203() -> Pipeline<u64> {
    pipeline! {
        #![name = "p203"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        stage b = a;
        stage (c, d) = b.tee();
        sink e = zip(d, c).count();
        e
    }
}

fn p204() -> Pipeline<u64> {
    pipeline! {
        #![name = "p204"]
        #![buffer(2)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.flat_map(|n| vec![n; (n % 3) as usize]).tee();
        #[inline] stage (d, e) = c.map(async |n| later(n).await).tee();
        sink f = zip(b, d).count();
        #[inline] sink g = e.count();
        f + g
    }
}

fn p205() -> Pipeline<u64> {
    pipeline! {
        #![name = "p205"]
        source a = 0..ITEMS;
        stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage c = b.map(|n| n + 1);
        stage d = c.skip(1);
        sink e = d.count();
        e
    }
}

fn p206() -> Pipeline<u64> {
    pipeline! {
        #![name = "p206"]
        source a = 0..ITEMS;
        stage (b, c) = a.filter(|n| n % 3 != 0).tee();
        #[buffer(8)] stage d = zip(c, b).map(sum).skip(2);
        sink e = d.take(20).count();
        e
    }
}

fn p207() -> Pipeline<u64> {
    pipeline! {
        #![name = "p207"]
        #![buffer(2)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(1)] stage b = a.skip(1);
        stage c = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (d, e) = c.tee();
        stage f = e;
        sink g = zip(f, d).count();
        g
    }
}

fn p208() -> Pipeline<u64> {
    pipeline! {
        #![name = "p208"]
        #![buffer(0)]
        source a = 0..ITEMS;
        stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (#[lossy(drop_oldest)] c, d) = b.skip(3).tee();
        sink e = zip(d, c).count();
        e
    }
}

fn p209() -> Pipeline<u64> {
    pipeline! {
        #![name = "p209"]
        #![buffer(2)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        stage (#[lossy(drop_oldest)] c, d) = a.skip(1).tee();
        stage e = b.map(|ref n| odd(*n)?) else f_bad;
        #[buffer(2)] stage f = f_bad.map(item);
        stage g = zip(c, d).map(sum).take(10);
        stage h = f.map(|n| n + 1);
        #[inline] sink i = h.take(20).count();
        sink j = zip(e, g).count();
        i + j
    }
}

fn p210() -> Pipeline<u64> {
    pipeline! {
        #![name = "p210"]
        #![buffer(2)]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(8)] stage c = zip(a, b).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(8)] stage d = c;
        stage (e, f) = d.map(|n| n + 1).tee();
        stage (g, h) = f.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        sink i = zip(h, e).count();
        sink j = g.count();
        i + j
    }
}

fn p211() -> Pipeline<u64> {
    pipeline! {
        #![name = "p211"]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(2)] stage c = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(0)] stage d = zip(c, b).map(sum).filter(|n| n % 3 != 0);
        sink e = d.count();
        e
    }
}

fn p212() -> Pipeline<u64> {
    pipeline! {
        #![name = "p212"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] stage b = a.map(|n| n + 1);
        #[buffer(2)] stage (c, d) = b.batch(1).map(first).tee();
        #[buffer(2)] stage e = zip(d, c).map(sum).skip(1);
        sink f = e.count();
        f
    }
}

fn p213() -> Pipeline<u64> {
    pipeline! {
        #![name = "p213"]
        source a = 0..ITEMS;
        stage (b, c) = a.skip(4).tee();
        #[buffer(1)] stage d = c.skip(2);
        stage e = zip(d, b).map(sum);
        sink f = e.count();
        f
    }
}

fn p214() -> Pipeline<u64> {
    pipeline! {
        #![name = "p214"]
        #![buffer(2)]
        source a = 0..ITEMS;
        stage b = a.batch(2).map(first);
        sink c = b.count();
        c
    }
}

fn p215() -> Pipeline<u64> {
    pipeline! {
        #![name = "p215"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.batch(1).map(first).tee();
        #[buffer(2)] stage (d, e) = b.map(|n| n + 1).tee();
        #[buffer(1)] stage f = zip(e, c).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink g = zip(f, d).count();
        g
    }
}

fn p216() -> Pipeline<u64> {
    pipeline! {
        #![name = "p216"]
        #![buffer(1)]
        source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        sink d = zip(b, c).count();
        d
    }
}

fn p217() -> Pipeline<u64> {
    pipeline! {
        #![name = "p217"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).map(|n| n + 1);
        sink d = c.count();
        d
    }
}

fn p218() -> Pipeline<u64> {
    pipeline! {
        #![name = "p218"]
        source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage e = zip(b, d).map(sum);
        sink f = zip(e, c).count();
        f
    }
}

fn p219() -> Pipeline<u64> {
    pipeline! {
        #![name = "p219"]
        #![buffer(2)]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage c = concat(a, b);
        #[buffer(8)] stage (d, e) = c.map(|n| n + 1).tee();
        sink f = zip(e, d).count();
        f
    }
}

fn p220() -> Pipeline<u64> {
    pipeline! {
        #![name = "p220"]
        #![buffer(2)]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage c = a.flat_map(|n| vec![n; (n % 3) as usize]);
        stage (#[lossy(drop_oldest)] d, e) = c.skip(3).tee();
        stage f = zip(e, b).map(sum).map(|n| n + 1);
        sink g = zip(f, d).count();
        g
    }
}

fn p221() -> Pipeline<u64> {
    pipeline! {
        #![name = "p221"]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage c = zip(b, a).map(sum).skip(3);
        sink d = c.count();
        d
    }
}

fn p222() -> Pipeline<u64> {
    pipeline! {
        #![name = "p222"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).map(|n| n + 1);
        stage (d, e) = c.tee();
        #[buffer(0)] stage (f, g) = e.tee();
        stage h = zip(d, f).map(sum);
        sink i = zip(h, g).count();
        i
    }
}

fn p223() -> Pipeline<u64> {
    pipeline! {
        #![name = "p223"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = b.tee();
        #[buffer(2)] stage e = a.batch(1).map(first);
        stage f = zip(c, e).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink g = zip(f, d).count();
        g
    }
}

fn p224() -> Pipeline<u64> {
    pipeline! {
        #![name = "p224"]
        #[buffer(2)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        stage (c, d) = b.dedup().tee();
        #[buffer(8)] stage e = zip(d, c).map(sum).dedup();
        sink f = e.take(20).count();
        f
    }
}

fn p225() -> Pipeline<u64> {
    pipeline! {
        #![name = "p225"]
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage (d, e) = b.map(|n| n + 1).tee();
        #[buffer(1)] stage f = zip(e, d).map(sum).map(|n| n + 1);
        sink g = zip(c, f).count();
        g
    }
}

fn p226() -> Pipeline<u64> {
    pipeline! {
        #![name = "p226"]
        #[buffer(2)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        sink c = b.count();
        c
    }
}

fn p227() -> Pipeline<u64> {
    pipeline! {
        #![name = "p227"]
        #[buffer(2)] source a = 0..ITEMS;
        stage b = a;
        stage (c, d) = b.tee();
        #[buffer(0)] stage e = zip(d, c).map(sum).map(|n| n + 1);
        stage f = e.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink g = f.count();
        g
    }
}

fn p228() -> Pipeline<u64> {
    pipeline! {
        #![name = "p228"]
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a;
        stage c = b.map(|n| n + 1);
        #[buffer(0)] stage (d, e) = c.map(|n| n + 1).tee();
        #[buffer(0)] stage f = zip(d, e).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink g = f.count();
        g
    }
}

fn p229() -> Pipeline<u64> {
    pipeline! {
        #![name = "p229"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(1)] stage b = a;
        stage c = b.map(|n| n + 1);
        stage (d, e) = c.batch(3).map(first).tee();
        stage f = merge(e, d);
        sink g = f.take(20).count();
        g
    }
}

fn p230() -> Pipeline<u64> {
    pipeline! {
        #![name = "p230"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = a;
        stage (d, e) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage f = zip(d, e).map(sum);
        stage g = c;
        sink h = f.count();
        sink i = g.count();
        h + i
    }
}

fn p231() -> Pipeline<u64> {
    pipeline! {
        #![name = "p231"]
        #![buffer(0)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(0)] stage d = zip(b, c).map(sum);
        sink e = d.count();
        e
    }
}

fn p232() -> Pipeline<u64> {
    pipeline! {
        #![name = "p232"]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.map(|n| n + 1).tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p233() -> Pipeline<u64> {
    pipeline! {
        #![name = "p233"]
        #[buffer(2)] source a = 0..ITEMS;
        stage b = a.skip(2);
        stage c = b;
        stage d = c;
        sink e = d.count();
        e
    }
}

fn p234() -> Pipeline<u64> {
    pipeline! {
        #![name = "p234"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[workers(2)] stage b = a.map(|n| n + 1);
        #[buffer(1)] stage (#[lossy(drop_oldest)] c, d) = b.map(|n| n + 1).tee();
        #[buffer(2)] stage e = zip(c, d).map(sum).take(30);
        sink f = e.count();
        f
    }
}

fn p235() -> Pipeline<u64> {
    pipeline! {
        #![name = "p235"]
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(0)] stage c = zip(a, b).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(1)] stage (d, e) = c.tee();
        sink f = zip(e, d).count();
        f
    }
}

fn p236() -> Pipeline<u64> {
    pipeline! {
        #![name = "p236"]
        #![buffer(8)]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (#[lossy(drop_oldest)] c, d) = a.batch(1).map(first).tee();
        #[buffer(0)] stage e = zip(d, c).map(sum);
        sink f = zip(b, e).count();
        f
    }
}

fn p237() -> Pipeline<u64> {
    pipeline! {
        #![name = "p237"]
        #![buffer(8)]
        #[buffer(0)] source a = 0..ITEMS;
        stage b = a.batch(2).map(first);
        #[buffer(0)] stage c = b;
        sink d = c.count();
        d
    }
}

fn p238() -> Pipeline<u64> {
    pipeline! {
        #![name = "p238"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum);
        #[buffer(1)] stage d = c;
        stage e = d.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (f, g) = e.map(|n| n + 1).tee();
        sink h = zip(g, f).count();
        h
    }
}

fn p239() -> Pipeline<u64> {
    pipeline! {
        #![name = "p239"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        stage (b, c) = a.skip(1).tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p240() -> Pipeline<u64> {
    pipeline! {
        #![name = "p240"]
        #![buffer(2)]
        #[buffer(0)] source a = 0..ITEMS;
        stage b = a.skip(3);
        stage c = b.batch(1).map(first);
        stage (d, e) = c.batch(2).map(first).tee();
        sink f = zip(d, e).count();
        f
    }
}

fn p241() -> Pipeline<u64> {
    pipeline! {
        #![name = "p241"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.map(|n| n + 1).tee();
        sink d = b.count();
        #[inline] sink e = c.count();
        d + e
    }
}

fn p242() -> Pipeline<u64> {
    pipeline! {
        #![name = "p242"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage (c, d) = a.map(|n| n + 1).tee();
        stage e = zip(c, b).map(sum);
        sink f = zip(e, d).count();
        f
    }
}

fn p243() -> Pipeline<u64> {
    pipeline! {
        #![name = "p243"]
        #![buffer(0)]
        source a = 0..ITEMS;
        stage (b, c) = a.dedup().tee();
        stage d = zip(b, c).map(sum).batch(2).map(first);
        sink e = d.count();
        e
    }
}

fn p244() -> Pipeline<u64> {
    pipeline! {
        #![name = "p244"]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(1)] stage d = b;
        #[buffer(2)] stage e = zip(d, c).map(sum).skip(3);
        #[buffer(8)] stage f = e;
        sink g = f.count();
        g
    }
}

fn p245() -> Pipeline<u64> {
    pipeline! {
        #![name = "p245"]
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.tee();
        sink d = zip(b, c).take(20).count();
        d
    }
}

fn p246() -> Pipeline<u64> {
    pipeline! {
        #![name = "p246"]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        #[buffer(1)] stage c = zip(a, b).map(sum);
        sink d = c.count();
        d
    }
}

fn p247() -> Pipeline<u64> {
    pipeline! {
        #![name = "p247"]
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.map(async |n| later(n).await).tee();
        sink d = zip(c, b).count();
        d
    }
}

fn p248() -> Pipeline<u64> {
    pipeline! {
        #![name = "p248"]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.batch(1).map(first).tee();
        #[buffer(1)] stage d = zip(b, c).map(sum).batch(2).map(first);
        sink e = d.count();
        e
    }
}

fn p249() -> Pipeline<u64> {
    pipeline! {
        #![name = "p249"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(1)] stage b = a;
        sink c = b.count();
        c
    }
}

fn p250() -> Pipeline<u64> {
    pipeline! {
        #![name = "p250"]
        source a = 0..ITEMS;
        stage (#[lossy(drop_oldest)] b, c) = a.map(|n| n + 1).tee();
        stage d = zip(c, b).map(sum).skip(4);
        sink e = d.count();
        e
    }
}

fn p251() -> Pipeline<u64> {
    pipeline! {
        #![name = "p251"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(8)] stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(1)] stage (e, f) = c.tee();
        sink g = zip(d, f).count();
        sink h = zip(a, e).take(20).count();
        g + h
    }
}

fn p252() -> Pipeline<u64> {
    pipeline! {
        #![name = "p252"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.tee();
        sink d = zip(c, b).take(20).count();
        d
    }
}

fn p253() -> Pipeline<u64> {
    pipeline! {
        #![name = "p253"]
        #![buffer(2)]
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(2)] stage d = c.map(|n| n + 1);
        #[buffer(2)] stage e = zip(b, d).map(sum).map(|n| n + 1);
        sink f = e.count();
        f
    }
}

fn p254() -> Pipeline<u64> {
    pipeline! {
        #![name = "p254"]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a;
        stage (c, d) = b.tee();
        stage e = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        sink f = zip(e, d).count();
        f
    }
}

fn p255() -> Pipeline<u64> {
    pipeline! {
        #![name = "p255"]
        source a = 0..ITEMS;
        stage b = a.take(30);
        #[buffer(8)] stage c = b.process(async |input, output| pass(input, output).await);
        stage d = c.map(async |n| later(n).await);
        sink e = d.count();
        e
    }
}

fn p256() -> Pipeline<u64> {
    pipeline! {
        #![name = "p256"]
        source a = 0..ITEMS;
        stage (b, c) = a.skip(1).tee();
        stage d = c;
        #[buffer(2)] stage (e, f) = b.tee();
        #[buffer(8)] stage g = zip(d, e).map(sum).map(|n| n + 1);
        sink h = f.count();
        sink i = g.count();
        h + i
    }
}

fn p257() -> Pipeline<u64> {
    pipeline! {
        #![name = "p257"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(1)] #[inline] stage b = a.skip(3);
        sink c = b.count();
        c
    }
}

fn p258() -> Pipeline<u64> {
    pipeline! {
        #![name = "p258"]
        #![buffer(8)]
        #[buffer(1)] source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(2)] stage d = c.map(|n| n + 1);
        #[buffer(2)] stage e = b;
        #[buffer(2)] stage f = zip(e, d).map(sum);
        sink g = f.count();
        g
    }
}

fn p259() -> Pipeline<u64> {
    pipeline! {
        #![name = "p259"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.tee();
        stage d = c.map(|n| n + 1);
        stage (e, f) = b.tee();
        sink g = e.count();
        sink h = zip(f, d).count();
        g + h
    }
}

fn p260() -> Pipeline<u64> {
    pipeline! {
        #![name = "p260"]
        #![buffer(1)]
        source a = 0..ITEMS;
        stage b = a.skip(1);
        stage (c, d) = b.tee();
        sink e = zip(d, c).count();
        e
    }
}

fn p261() -> Pipeline<u64> {
    pipeline! {
        #![name = "p261"]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a;
        stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(2)] stage e = d;
        sink f = zip(e, c).count();
        f
    }
}

fn p262() -> Pipeline<u64> {
    pipeline! {
        #![name = "p262"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] stage b = a;
        #[buffer(3)] stage (c, d) = b.map(|n| n + 1).tee();
        stage (e, f) = c.skip(2).tee();
        stage g = f.map(|n| n + 1);
        sink h = zip(d, e).count();
        sink i = g.count();
        h + i
    }
}

fn p263() -> Pipeline<u64> {
    pipeline! {
        #![name = "p263"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(0)] stage (d, e) = c.skip(2).tee();
        sink f = e.count();
        sink g = zip(d, b).count();
        f + g
    }
}

fn p264() -> Pipeline<u64> {
    pipeline! {
        #![name = "p264"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[buffer(5)] stage (c, d) = b.skip(3).tee();
        #[buffer(0)] stage e = d.skip(2);
        stage f = e.skip(2);
        sink g = zip(f, c).count();
        g
    }
}

fn p265() -> Pipeline<u64> {
    pipeline! {
        #![name = "p265"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.skip(2).tee();
        stage d = b.skip(2);
        stage e = d.map(|n| n + 1);
        sink f = zip(c, e).count();
        f
    }
}

fn p266() -> Pipeline<u64> {
    pipeline! {
        #![name = "p266"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(5)] stage (c, d) = a.map(|n| n + 1).tee();
        stage e = zip(b, c).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p267() -> Pipeline<u64> {
    pipeline! {
        #![name = "p267"]
        #![buffer(1)]
        #[buffer(0)] source a = 0..ITEMS;
        stage b = a;
        #[buffer(4)] stage (c, d) = b.tee();
        stage (e, f) = c.skip(3).tee();
        stage g = f.batch(1).map(first);
        sink h = e.count();
        sink i = zip(d, g).count();
        h + i
    }
}

fn p268() -> Pipeline<u64> {
    pipeline! {
        #![name = "p268"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.tee();
        stage (d, e) = c.skip(2).tee();
        sink f = zip(d, b).count();
        sink g = e.count();
        f + g
    }
}

fn p269() -> Pipeline<u64> {
    pipeline! {
        #![name = "p269"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(2)] stage c = a.skip(2);
        stage (d, e) = b.tee();
        #[buffer(3)] stage (f, g) = d.tee();
        #[buffer(8)] stage h = e.skip(3);
        sink i = zip(f, h).count();
        sink j = zip(g, c).count();
        i + j
    }
}

fn p270() -> Pipeline<u64> {
    pipeline! {
        #![name = "p270"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a.batch(1).map(first);
        #[buffer(5)] stage (c, d) = b.tee();
        #[buffer(1)] stage e = c.skip(4);
        #[buffer(8)] stage f = zip(e, d).map(sum).skip(3);
        sink g = f.count();
        g
    }
}

fn p271() -> Pipeline<u64> {
    pipeline! {
        #![name = "p271"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage (c, d) = a.map(|n| n + 1).tee();
        #[buffer(2)] stage (e, f) = d.skip(2).tee();
        #[buffer(8)] stage g = zip(b, f).map(sum).skip(1);
        stage h = g.map(|n| n + 1);
        sink i = c.count();
        sink j = zip(e, h).count();
        i + j
    }
}

fn p272() -> Pipeline<u64> {
    pipeline! {
        #![name = "p272"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        stage d = c.skip(1);
        sink e = zip(d, b).count();
        e
    }
}

fn p273() -> Pipeline<u64> {
    pipeline! {
        #![name = "p273"]
        #![buffer(2)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(b, a).map(sum);
        #[buffer(7)] stage (d, e) = c.tee();
        #[buffer(1)] stage f = d.skip(2);
        #[buffer(2)] stage g = f.skip(4);
        sink h = zip(e, g).count();
        h
    }
}

fn p274() -> Pipeline<u64> {
    pipeline! {
        #![name = "p274"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(4)] stage (b, c) = a.skip(3).tee();
        #[buffer(2)] stage (d, e) = c.skip(3).tee();
        sink f = zip(e, b).count();
        sink g = d.count();
        f + g
    }
}

fn p275() -> Pipeline<u64> {
    pipeline! {
        #![name = "p275"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = b.tee();
        #[buffer(2)] stage e = c.skip(1);
        #[buffer(3)] stage (f, g) = a.tee();
        #[buffer(2)] stage h = zip(g, e).map(sum).skip(2);
        sink i = zip(f, h).count();
        sink j = d.count();
        i + j
    }
}

fn p276() -> Pipeline<u64> {
    pipeline! {
        #![name = "p276"]
        #![buffer(2)]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage c = a.map(|n| n + 1);
        #[buffer(4)] stage (d, e) = b.batch(3).map(first).tee();
        #[buffer(8)] stage f = d.skip(3);
        sink g = zip(e, f).count();
        sink h = c.count();
        g + h
    }
}

fn p277() -> Pipeline<u64> {
    pipeline! {
        #![name = "p277"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(5)] stage (c, d) = a.tee();
        #[buffer(0)] stage e = c.skip(1);
        #[buffer(1)] stage (f, g) = e.skip(3).tee();
        stage h = zip(f, d).map(sum).skip(1);
        sink i = h.count();
        sink j = g.count();
        sink k = b.count();
        i + j + k
    }
}

fn p278() -> Pipeline<u64> {
    pipeline! {
        #![name = "p278"]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(8)] stage c = zip(b, a).map(sum).skip(2);
        #[buffer(2)] stage (d, e) = c.skip(4).tee();
        stage f = d.skip(1);
        sink g = zip(f, e).count();
        g
    }
}

fn p279() -> Pipeline<u64> {
    pipeline! {
        #![name = "p279"]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage e = a.map(|n| n + 1);
        #[buffer(3)] stage f = zip(c, e).map(sum);
        stage g = d.skip(4);
        sink h = zip(g, f).count();
        h
    }
}

fn p280() -> Pipeline<u64> {
    pipeline! {
        #![name = "p280"]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(5)] stage (b, c) = a.batch(1).map(first).tee();
        #[buffer(0)] stage (d, e) = b.skip(4).tee();
        stage f = zip(c, d).map(sum);
        sink g = zip(f, e).count();
        g
    }
}

fn p281() -> Pipeline<u64> {
    pipeline! {
        #![name = "p281"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a;
        #[buffer(5)] stage (c, d) = b.batch(2).map(first).tee();
        #[buffer(0)] stage e = d.skip(4);
        stage f = zip(c, e).map(sum);
        sink g = f.count();
        g
    }
}

fn p282() -> Pipeline<u64> {
    pipeline! {
        #![name = "p282"]
        #![buffer(1)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(3)] stage (c, d) = a.tee();
        #[buffer(8)] stage e = b.map(|n| n + 1);
        stage (f, g) = d.skip(2).tee();
        sink h = zip(f, e).count();
        sink i = zip(c, g).count();
        h + i
    }
}

fn p283() -> Pipeline<u64> {
    pipeline! {
        #![name = "p283"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(3)] stage (c, d) = a.tee();
        #[buffer(0)] stage e = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(8)] stage f = d.skip(2);
        sink g = zip(f, c).count();
        sink h = e.count();
        g + h
    }
}

fn p284() -> Pipeline<u64> {
    pipeline! {
        #![name = "p284"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(7)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(8)] stage d = b.skip(2);
        stage (e, f) = d.skip(4).tee();
        #[buffer(2)] stage g = zip(c, f).map(sum);
        sink h = zip(g, e).count();
        h
    }
}

fn p285() -> Pipeline<u64> {
    pipeline! {
        #![name = "p285"]
        #![buffer(0)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        stage d = c.skip(1);
        sink e = zip(d, b).count();
        e
    }
}

fn p286() -> Pipeline<u64> {
    pipeline! {
        #![name = "p286"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.batch(2).map(first).tee();
        #[buffer(8)] stage (d, e) = b.skip(2).tee();
        #[buffer(8)] stage f = zip(d, c).map(sum).map(|n| n + 1);
        sink g = e.count();
        sink h = f.count();
        g + h
    }
}

fn p287() -> Pipeline<u64> {
    pipeline! {
        #![name = "p287"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.tee();
        #[buffer(2)] stage (d, e) = c.map(|n| n + 1).tee();
        #[buffer(2)] stage f = zip(e, d).map(sum).skip(2);
        sink g = zip(f, b).count();
        g
    }
}

fn p288() -> Pipeline<u64> {
    pipeline! {
        #![name = "p288"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.tee();
        #[buffer(1)] stage d = c.skip(2);
        sink e = zip(b, d).count();
        e
    }
}

fn p289() -> Pipeline<u64> {
    pipeline! {
        #![name = "p289"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage e = c.skip(4);
        #[buffer(3)] stage f = d.map(|n| n + 1);
        #[buffer(2)] stage g = zip(e, f).map(sum);
        sink h = zip(g, a).count();
        h
    }
}

fn p290() -> Pipeline<u64> {
    pipeline! {
        #![name = "p290"]
        #![buffer(2)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(5)] stage (b, c) = a.tee();
        #[buffer(0)] stage d = c;
        #[buffer(0)] stage e = d.skip(4);
        sink f = zip(b, e).count();
        f
    }
}

fn p291() -> Pipeline<u64> {
    pipeline! {
        #![name = "p291"]
        #![buffer(1)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.tee();
        stage d = b.skip(2);
        sink e = zip(d, c).count();
        e
    }
}

fn p292() -> Pipeline<u64> {
    pipeline! {
        #![name = "p292"]
        #![buffer(2)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(4)] stage (c, d) = a.batch(3).map(first).tee();
        stage e = d.batch(1).map(first);
        stage f = zip(b, e).map(sum).skip(3);
        sink g = zip(c, f).count();
        g
    }
}

fn p293() -> Pipeline<u64> {
    pipeline! {
        #![name = "p293"]
        source a = 0..ITEMS;
        #[buffer(5)] stage (b, c) = a.tee();
        #[buffer(8)] stage (d, e) = b.skip(4).tee();
        sink f = e.count();
        sink g = zip(d, c).count();
        f + g
    }
}

fn p294() -> Pipeline<u64> {
    pipeline! {
        #![name = "p294"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage (d, e) = b.skip(2).tee();
        sink f = d.count();
        sink g = zip(e, c).count();
        f + g
    }
}

fn p295() -> Pipeline<u64> {
    pipeline! {
        #![name = "p295"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a;
        #[buffer(4)] stage (c, d) = b.skip(4).tee();
        stage e = d.skip(3);
        sink f = zip(e, c).count();
        f
    }
}

fn p296() -> Pipeline<u64> {
    pipeline! {
        #![name = "p296"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(5)] stage (b, c) = a.tee();
        stage d = b.skip(4);
        sink e = zip(c, d).count();
        e
    }
}

fn p297() -> Pipeline<u64> {
    pipeline! {
        #![name = "p297"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.tee();
        stage (d, e) = c.skip(2).tee();
        sink f = zip(d, b).count();
        sink g = e.count();
        f + g
    }
}

fn p298() -> Pipeline<u64> {
    pipeline! {
        #![name = "p298"]
        #![buffer(2)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage d = b.skip(2);
        stage e = d;
        sink f = zip(e, c).count();
        f
    }
}

fn p299() -> Pipeline<u64> {
    pipeline! {
        #![name = "p299"]
        source a = 0..ITEMS;
        #[buffer(4)] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(2)] stage (d, e) = b.skip(3).tee();
        sink f = d.count();
        sink g = zip(e, c).count();
        f + g
    }
}
