// Written by `pipeline-macros/src/tests/rates/generated.rs`.

use pipeline_runtime::{Pipeline, __pipeline_of_any_shape as of_any_shape};

use super::{driver::*, support::*};

/// Items of a source.
const ITEMS: u64 = 3_000;

pub const ALL: [fn(Driver) -> Pipeline<u64>; 120] = [
    p000, p001, p002, p003, p004, p005, p006, p007, p008, p009, p010, p011, p012, p013, p014, p015,
    p016, p017, p018, p019, p020, p021, p022, p023, p024, p025, p026, p027, p028, p029, p030, p031,
    p032, p033, p034, p035, p036, p037, p038, p039, p040, p041, p042, p043, p044, p045, p046, p047,
    p048, p049, p050, p051, p052, p053, p054, p055, p056, p057, p058, p059, p060, p061, p062, p063,
    p064, p065, p066, p067, p068, p069, p070, p071, p072, p073, p074, p075, p076, p077, p078, p079,
    p080, p081, p082, p083, p084, p085, p086, p087, p088, p089, p090, p091, p092, p093, p094, p095,
    p096, p097, p098, p099, p100, p101, p102, p103, p104, p105, p106, p107, p108, p109, p110, p111,
    p112, p113, p114, p115, p116, p117, p118, p119,
];

fn p000(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p000"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = b.map(|ref n| driver.passes(0, *n)?) else d_bad;
        stage d = d_bad.map(item);
        sink e = zip(c, d).map(async |n| driver.later(1, n).await).count();
        sink f = a.map(async |n| driver.later(2, n).await).count();
        e + f
    }
}

fn p001(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p001"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[inline] stage (b, c) = a.tee();
        stage (#[lossy(drop_oldest)] d, e) = c.skip_while(|_| driver.keeps(0)).tee();
        stage f = zip(b, e).map(sum).map(async |n| driver.later(1, n).await);
        sink g = f.map(async |n| driver.later(2, n).await).count();
        sink h = d.map(async |n| driver.later(3, n).await).count();
        g + h
    }
}

fn p002(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p002"]
        #![buffer(0)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        stage c = c_bad.map(item);
        #[buffer(1)] #[on_error(skip)] stage d = b.map(|n| driver.passes(1, n)?);
        sink e = zip(d, c).map(async |n| driver.later(2, n).await).count();
        e
    }
}

fn p003(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p003"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.tee();
        stage (d, e) = b.route(|n| if driver.keeps(0) { d(n) } else { e(n) });
        #[buffer(8)] stage f = zip(d, c).map(sum).map(async |n| driver.later(1, n).await);
        sink g = zip(e, f).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p004(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p004"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] #[workers(2)] stage b = a.map(|n| n + 1);
        stage c = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[inline] stage d = c.map(|ref n| driver.passes(0, *n)?) else e_bad;
        stage e = e_bad.map(item);
        sink f = zip(d, e).map(async |n| driver.later(1, n).await).count();
        f
    }
}

fn p005(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p005"]
        #![buffer(3)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = a.tee();
        #[buffer(1)] stage e = merge(b, c);
        sink f = zip(e, d).map(async |n| driver.later(0, n).await).count();
        f
    }
}

fn p006(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p006"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(1)] stage c = zip(a, b).map(sum).map(async |n| driver.later(0, n).await);
        stage (d, e) = c.map(|n| n + 1).tee();
        #[buffer(0)] #[on_error(skip)] stage f = e.map(|n| driver.passes(1, n)?);
        sink g = zip(f, d).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p007(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p007"]
        #![buffer(3)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.route(|n| if driver.keeps(0) { b(n) } else { c(n) });
        #[buffer(0)] stage (d, e) = b.route(|n| if driver.keeps(1) { d(n) } else { e(n) });
        stage f = zip(e, c).map(sum).map(async |n| driver.later(2, n).await);
        #[inline] sink g = f.map(async |n| driver.later(3, n).await).count();
        sink h = d.map(async |n| driver.later(4, n).await).count();
        g + h
    }
}

fn p008(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p008"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.route(|n| if driver.keeps(0) { b(n) } else { c(n) });
        sink d = zip(b, c).map(async |n| driver.later(1, n).await).count();
        d
    }
}

fn p009(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p009"]
        #![buffer(2)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(8)] #[keyed(|n| *n % 7)] stage b = a.batch(2).map(first);
        stage (c, d) = b.route(|n| if driver.keeps(1) { c(n) } else { d(n) });
        #[buffer(0)] #[inline] stage e = d.batch(1).map(first);
        sink f = zip(c, e).map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p010(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p010"]
        #![buffer(0)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[buffer(1)] stage (c, d) = b.batch(3).map(first).tee();
        stage e = d.batch(3, 1s).map(first);
        #[buffer(2)] stage f = zip(e, c).map(sum).map(async |n| driver.later(1, n).await);
        sink g = f.map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p011(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p011"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        stage c = a.map(async |n| driver.later(0, n).await);
        stage (d, e) = c.tee();
        #[buffer(2)] stage f = concat(e, b);
        stage g = d.map(|ref n| driver.passes(1, *n)?) else h_bad;
        stage h = h_bad.map(item);
        sink i = f.map(async |n| driver.later(2, n).await).count();
        sink j = zip(h, g).map(async |n| driver.later(3, n).await).count();
        i + j
    }
}

fn p012(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p012"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.map(|n| n + 1).tee();
        stage d = c.map(|ref n| driver.passes(0, *n)?) else e_bad;
        stage e = e_bad.map(item);
        sink f = zip(e, b).map(async |n| driver.later(1, n).await).count();
        sink g = d.map(async |n| driver.later(2, n).await).count();
        f + g
    }
}

fn p013(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p013"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.route(|n| if driver.keeps(0) { b(n) } else { c(n) });
        stage d = zip(b, c).map(sum).map(async |n| driver.later(1, n).await);
        stage e = d.via(part(driver.clone(), 2));
        stage f = e.map(|n| n + 1);
        sink g = f.map(async |n| driver.later(3, n).await).count();
        g
    }
}

fn p014(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p014"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(8)] stage c = a.map(|ref n| driver.passes(0, *n)?) else d_bad;
        #[buffer(8)] stage d = d_bad.map(item);
        #[buffer(0)] stage e = c.process(async |input, output| driver.pass(1, input, output).await);
        #[buffer(8)] stage f = merge(e, b);
        sink g = zip(d, f).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p015(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p015"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.route(|n| if driver.keeps(0) { b(n) } else { c(n) });
        stage d = zip(b, c).map(sum).map(async |n| driver.later(1, n).await);
        stage (#[lossy(drop_oldest)] e, f) = d.flat_map(|n| driver.several(2, n)).tee();
        sink g = f.map(async |n| driver.later(3, n).await).count();
        sink h = e.map(async |n| driver.later(4, n).await).count();
        g + h
    }
}

fn p016(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p016"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage (c, d) = a.route(|n| if driver.keeps(0) { c(n) } else { d(n) });
        #[buffer(0)] stage (e, f) = d.skip(3).tee();
        #[buffer(8)] stage g = zip(c, e).map(sum).map(async |n| driver.later(1, n).await);
        sink h = g.map(async |n| driver.later(2, n).await).count();
        sink i = zip(b, f).map(async |n| driver.later(3, n).await).count();
        h + i
    }
}

fn p017(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p017"]
        #![buffer(3)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(8)] stage c = zip(b, a).map(sum).map(async |n| driver.later(0, n).await);
        #[buffer(8)] stage (d, e) = c.route(|n| if driver.keeps(1) { d(n) } else { e(n) });
        #[inline] stage (f, g) = d.batch(2).map(first).tee();
        sink h = g.map(async |n| driver.later(2, n).await).count();
        sink i = zip(e, f).map(async |n| driver.later(3, n).await).count();
        h + i
    }
}

fn p018(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p018"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.map(|n| n + 1).tee();
        #[inline] stage (d, e) = b.skip(3).tee();
        stage f = c.batch(2).map(first);
        #[buffer(0)] stage g = zip(d, e).map(sum).map(async |n| driver.later(0, n).await);
        sink h = zip(f, g).map(async |n| driver.later(1, n).await).count();
        h
    }
}

fn p019(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p019"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        #[buffer(1)] stage c = c_bad.map(item);
        sink d = zip(c, b).map(async |n| driver.later(1, n).await).count();
        d
    }
}

fn p020(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p020"]
        #![buffer(0)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage c = b.via(part(driver.clone(), 0));
        #[buffer(0)] stage d = merge(a, c);
        #[buffer(8)] stage (e, f) = d.route(|n| if driver.keeps(1) { e(n) } else { f(n) });
        sink g = zip(e, f).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p021(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p021"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        stage d = concat(b, c);
        sink e = d.map(async |n| driver.later(0, n).await).count();
        e
    }
}

fn p022(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p022"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] #[inline] stage (b, c) = a.route(|n| if driver.keeps(0) { b(n) } else { c(n) });
        sink d = zip(b, c).map(async |n| driver.later(1, n).await).count();
        d
    }
}

fn p023(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p023"]
        #![buffer(2)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).map(async |n| driver.later(0, n).await);
        #[buffer(2)] stage (d, e) = c.route(|n| if driver.keeps(1) { d(n) } else { e(n) });
        sink f = zip(e, d).map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p024(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p024"]
        #![buffer(0)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        stage (#[lossy(drop_oldest)] c, d) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(1)] stage e = c.batch(3, 1s).map(first);
        stage f = b.map(async |n| driver.later(1, n).await);
        #[buffer(2)] stage g = zip(d, f).map(sum).map(async |n| driver.later(2, n).await);
        sink h = zip(e, g).map(async |n| driver.later(3, n).await).count();
        h
    }
}

fn p025(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p025"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.skip(1).tee();
        #[buffer(1)] stage d = c.map(async |n| driver.later(0, n).await);
        stage e = zip(d, b).map(sum).map(async |n| driver.later(1, n).await);
        stage (f, g) = e.route(|n| if driver.keeps(2) { f(n) } else { g(n) });
        sink h = zip(f, g).map(async |n| driver.later(3, n).await).count();
        h
    }
}

fn p026(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p026"]
        #![buffer(3)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.map(|n| driver.same(0, n)).dedup().tee();
        #[on_error(skip)] stage e = c.map(|n| driver.passes(1, n)?);
        sink f = zip(e, d).map(async |n| driver.later(2, n).await).count();
        sink g = b.map(async |n| driver.later(3, n).await).count();
        f + g
    }
}

fn p027(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p027"]
        #![buffer(0)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] stage b = a.map(async |n| driver.later(0, n).await);
        stage (c, d) = b.tee();
        #[buffer(2)] stage e = c.via(part(driver.clone(), 1));
        sink f = zip(e, d).map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p028(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p028"]
        #![buffer(2)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(1)] #[inline] stage (e, f) = d.skip_while(|_| driver.keeps(0)).tee();
        #[buffer(8)] stage g = e.filter_map(|n| driver.keeps(1).then_some(n));
        #[buffer(2)] stage h = concat(g, a);
        sink i = zip(c, h).map(async |n| driver.later(2, n).await).count();
        sink j = f.map(async |n| driver.later(3, n).await).count();
        i + j
    }
}

fn p029(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p029"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(2)] #[inline] stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        stage c = c_bad.map(item);
        sink d = zip(c, b).map(async |n| driver.later(1, n).await).count();
        d
    }
}

fn p030(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p030"]
        #![buffer(1)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = a.map(|ref n| driver.passes(0, *n)?) else d_bad;
        #[buffer(0)] stage d = d_bad.map(item);
        #[buffer(2)] stage e = zip(c, d).map(sum).map(async |n| driver.later(1, n).await);
        sink f = zip(b, e).map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p031(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p031"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(1)] stage c = zip(a, b).map(sum).map(async |n| driver.later(0, n).await);
        stage (d, e) = c.tee();
        #[buffer(0)] stage (f, g) = e.skip(4).tee();
        stage h = zip(g, d).map(sum).map(async |n| driver.later(1, n).await);
        sink i = h.map(async |n| driver.later(2, n).await).count();
        sink j = f.map(async |n| driver.later(3, n).await).count();
        i + j
    }
}

fn p032(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p032"]
        #![buffer(0)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        #[buffer(0)] stage c = c_bad.map(item);
        sink d = zip(c, b).map(async |n| driver.later(1, n).await).count();
        d
    }
}

fn p033(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p033"]
        #![buffer(0)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        stage c = c_bad.map(item);
        #[buffer(8)] #[on_error(skip)] stage d = c.map(|n| driver.passes(1, n)?);
        sink e = zip(b, d).map(async |n| driver.later(2, n).await).count();
        e
    }
}

fn p034(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p034"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.skip(1).tee();
        #[buffer(0)] stage d = c.via(part(driver.clone(), 0));
        sink e = zip(d, b).map(async |n| driver.later(1, n).await).count();
        e
    }
}

fn p035(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p035"]
        #![buffer(2)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        #[buffer(2)] stage c = c_bad.map(item);
        sink d = zip(b, c).map(async |n| driver.later(1, n).await).count();
        d
    }
}

fn p036(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p036"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        #[buffer(1)] stage c = c_bad.map(item);
        sink d = zip(b, c).map(async |n| driver.later(1, n).await).count();
        d
    }
}

fn p037(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p037"]
        #![buffer(1)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        stage (#[lossy(drop_oldest)] b, c) = a.skip(1).tee();
        #[buffer(0)] stage d = concat(b, c);
        stage e = d.map(|n| n + 1);
        sink f = e.map(async |n| driver.later(0, n).await).count();
        f
    }
}

fn p038(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p038"]
        #![buffer(0)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.tee();
        #[buffer(2)] stage d = concat(c, b);
        #[keyed(|n| *n % 7)] stage e = d.batch(2).map(first);
        #[workers(2)] stage f = e.map(|n| n + 1);
        sink g = f.map(async |n| driver.later(1, n).await).count();
        g
    }
}

fn p039(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p039"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        #[buffer(1)] stage c = c_bad.map(item);
        stage d = c;
        sink e = zip(d, b).map(async |n| driver.later(1, n).await).count();
        e
    }
}

fn p040(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p040"]
        #![buffer(3)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.tee();
        #[buffer(2)] stage (d, e) = c.batch(3).map(first).tee();
        sink f = zip(e, b).map(async |n| driver.later(0, n).await).count();
        sink g = d.map(async |n| driver.later(1, n).await).count();
        f + g
    }
}

fn p041(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p041"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.tee();
        stage (d, e) = c.skip(3).tee();
        sink f = zip(e, b).map(async |n| driver.later(0, n).await).count();
        sink g = d.map(async |n| driver.later(1, n).await).count();
        f + g
    }
}

fn p042(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p042"]
        #![buffer(3)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] stage b = a;
        #[buffer(2)] stage c = b.map(|ref n| driver.passes(0, *n)?) else d_bad;
        stage d = d_bad.map(item);
        sink e = zip(c, d).map(async |n| driver.later(1, n).await).count();
        e
    }
}

fn p043(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p043"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        #[buffer(0)] stage c = c_bad.map(item);
        #[buffer(0)] stage (d, e) = b.skip(1).tee();
        stage f = zip(d, c).map(sum).map(async |n| driver.later(1, n).await);
        sink g = f.map(async |n| driver.later(2, n).await).count();
        sink h = e.map(async |n| driver.later(3, n).await).count();
        g + h
    }
}

fn p044(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p044"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        stage c = c_bad.map(item);
        stage d = zip(c, b).map(sum).map(async |n| driver.later(1, n).await);
        sink e = d.map(async |n| driver.later(2, n).await).count();
        e
    }
}

fn p045(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p045"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (#[lossy(drop_oldest)] c, d) = a.flat_map(|n| driver.several(0, n)).tee();
        #[buffer(1)] stage e = d.map(|n| n + 1);
        stage f = zip(c, e).map(sum).map(async |n| driver.later(1, n).await);
        #[buffer(1)] #[on_error(skip)] stage g = b.map(|n| driver.passes(2, n)?);
        sink h = zip(g, f).map(async |n| driver.later(3, n).await).count();
        h
    }
}

fn p046(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p046"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        stage c = c_bad.map(item);
        stage d = zip(c, b).map(sum).map(async |n| driver.later(1, n).await);
        sink e = d.map(async |n| driver.later(2, n).await).count();
        e
    }
}

fn p047(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p047"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        stage (d, e) = b.filter(|_| driver.keeps(0)).tee();
        sink f = zip(c, d).map(async |n| driver.later(1, n).await).count();
        sink g = e.map(async |n| driver.later(2, n).await).count();
        f + g
    }
}

fn p048(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p048"]
        #![buffer(0)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (c, d) = b.skip(1).tee();
        #[buffer(1)] stage e = d.process(async |input, output| driver.pass(0, input, output).await);
        #[buffer(8)] stage f = zip(e, c).map(sum).map(async |n| driver.later(1, n).await);
        sink g = f.map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p049(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p049"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        stage b = a.recurse(|n, next| { for found in driver.finds(0, n) { next.push(found); } n });
        stage (c, d) = b.batch(1).map(first).tee();
        stage (e, f) = d.batch(3).map(first).tee();
        #[buffer(8)] stage g = zip(c, f).map(sum).map(async |n| driver.later(1, n).await);
        sink h = zip(g, e).map(async |n| driver.later(2, n).await).count();
        h
    }
}

fn p050(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p050"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] #[inline] stage (b, c) = a.flat_map(|n| driver.several(0, n)).tee();
        #[buffer(2)] stage d = b.skip(4);
        #[buffer(1)] stage e = zip(c, d).map(sum).map(async |n| driver.later(1, n).await);
        sink f = e.map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p051(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p051"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(0)] stage d = c.via(part(driver.clone(), 0));
        #[buffer(8)] stage e = zip(d, b).map(sum).map(async |n| driver.later(1, n).await);
        sink f = e.map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p052(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p052"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        stage c = c_bad.map(item);
        sink d = zip(c, b).map(async |n| driver.later(1, n).await).count();
        d
    }
}

fn p053(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p053"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.filter_map(|n| driver.keeps(0).then_some(n)).tee();
        #[inline] stage (d, e) = b.skip(1).tee();
        stage f = merge(c, e);
        sink g = zip(d, f).map(async |n| driver.later(1, n).await).count();
        g
    }
}

fn p054(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p054"]
        #![buffer(3)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(2)] #[workers(2)] stage b = a.map(|n| n + 1);
        #[buffer(8)] stage (c, d) = b.flat_map(|n| driver.several(0, n)).tee();
        #[buffer(8)] #[keyed(|n| *n % 7)] stage e = d.batch(2).map(first);
        #[buffer(0)] stage f = c.map(|n| n + 1);
        sink g = zip(e, f).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p055(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p055"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.tee();
        #[buffer(2)] stage d = c;
        stage e = concat(d, b);
        sink f = e.map(async |n| driver.later(0, n).await).count();
        f
    }
}

fn p056(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p056"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(b, a).map(sum).map(async |n| driver.later(0, n).await);
        #[inline] stage (d, e) = c.tee();
        #[buffer(0)] stage f = concat(d, e);
        sink g = f.map(async |n| driver.later(1, n).await).count();
        g
    }
}

fn p057(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p057"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.batch(3).map(first).tee();
        #[buffer(1)] stage d = b.skip(1);
        #[keyed(|n| *n % 7)] stage e = d.batch(2).map(first);
        stage f = c.map(async |n| driver.later(1, n).await);
        sink g = zip(f, e).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p058(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p058"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        stage c = merge(b, a);
        #[buffer(1)] stage d = c.map(|ref n| driver.passes(0, *n)?) else e_bad;
        #[buffer(1)] stage e = e_bad.map(item);
        sink f = zip(e, d).map(async |n| driver.later(1, n).await).count();
        f
    }
}

fn p059(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p059"]
        #![buffer(0)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(1)] stage c = zip(b, a).map(sum).map(async |n| driver.later(0, n).await);
        #[buffer(0)] stage (d, e) = c.tee();
        #[buffer(0)] #[keyed(|n| *n % 7)] stage f = d.batch(2).map(first);
        sink g = zip(e, f).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p060(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p060"]
        #![buffer(3)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a.map(|ref n| driver.passes(0, *n)?) else c_bad;
        stage c = c_bad.map(item);
        #[buffer(1)] stage d = zip(c, b).map(sum).map(async |n| driver.later(1, n).await);
        sink e = d.map(async |n| driver.later(2, n).await).count();
        e
    }
}

fn p061(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p061"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(8)] stage (d, e) = b.map(|n| driver.same(0, n)).dedup().tee();
        stage f = zip(e, c).map(sum).map(async |n| driver.later(1, n).await);
        sink g = f.map(async |n| driver.later(2, n).await).count();
        sink h = d.map(async |n| driver.later(3, n).await).count();
        g + h
    }
}

fn p062(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p062"]
        #![buffer(2)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.batch(1).map(first).tee();
        stage d = concat(c, b);
        #[buffer(2)] stage (e, f) = d.route(|n| if driver.keeps(0) { e(n) } else { f(n) });
        sink g = f.map(async |n| driver.later(1, n).await).count();
        sink h = e.map(async |n| driver.later(2, n).await).count();
        g + h
    }
}

fn p063(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p063"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.skip(1).tee();
        stage d = zip(c, b).map(sum).map(async |n| driver.later(0, n).await);
        #[buffer(8)] stage e = d.map(|ref n| driver.passes(1, *n)?) else f_bad;
        stage f = f_bad.map(item);
        #[buffer(8)] stage g = zip(f, e).map(sum).map(async |n| driver.later(2, n).await);
        sink h = g.map(async |n| driver.later(3, n).await).count();
        h
    }
}

fn p064(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p064"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).map(async |n| driver.later(0, n).await);
        #[buffer(1)] #[inline] stage (d, e) = c.route(|n| if driver.keeps(1) { d(n) } else { e(n) });
        stage f = concat(e, d);
        sink g = f.map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p065(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p065"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).map(async |n| driver.later(0, n).await);
        #[buffer(0)] stage (#[lossy(drop_oldest)] d, e) = c.tee();
        #[buffer(2)] #[inline] stage f = e.skip(4);
        sink g = zip(d, f).map(async |n| driver.later(1, n).await).count();
        g
    }
}

fn p066(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p066"]
        #![buffer(0)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = a.map(|n| driver.same(0, n)).dedup().tee();
        stage (e, f) = d.filter(|_| driver.keeps(1)).tee();
        sink g = b.map(async |n| driver.later(2, n).await).count();
        sink h = e.map(async |n| driver.later(3, n).await).count();
        sink i = zip(f, c).map(async |n| driver.later(4, n).await).count();
        g + h + i
    }
}

fn p067(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p067"]
        #![buffer(3)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.map(|n| driver.same(0, n)).dedup().tee();
        #[on_error(skip)] stage d = c.map(|n| driver.passes(1, n)?);
        sink e = zip(b, d).map(async |n| driver.later(2, n).await).count();
        e
    }
}

fn p068(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p068"]
        #![buffer(0)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).map(async |n| driver.later(0, n).await);
        #[buffer(8)] #[inline] stage d = c.map(|ref n| driver.passes(1, *n)?) else e_bad;
        #[buffer(0)] stage e = e_bad.map(item);
        sink f = zip(e, d).map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p069(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p069"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        stage b = a.process(async |input, output| pass(input, output).await);
        stage c = b.map(async |n| driver.later(0, n).await);
        #[buffer(0)] stage d = c.map(|ref n| driver.passes(1, *n)?) else e_bad;
        stage e = e_bad.map(item);
        sink f = zip(d, e).map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p070(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p070"]
        #![buffer(0)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage (d, e) = b.tee();
        stage f = e.map(|ref n| driver.passes(0, *n)?) else g_bad;
        stage g = g_bad.map(item);
        #[inline] stage h = f;
        sink i = zip(d, g).map(async |n| driver.later(1, n).await).count();
        sink j = c.map(async |n| driver.later(2, n).await).count();
        #[inline] sink k = h.map(async |n| driver.later(3, n).await).count();
        i + j + k
    }
}

fn p071(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p071"]
        #![buffer(0)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        stage (b, c) = a.tee();
        #[buffer(0)] stage d = b.map(async |n| driver.later(0, n).await);
        stage e = c.recurse(|n, next| { for found in driver.finds(1, n) { next.push(found); } n });
        sink f = zip(d, e).map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p072(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p072"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = b.batch(1).map(first);
        stage (#[lossy(drop_oldest)] d, e) = c.tee();
        #[buffer(8)] stage f = zip(e, a).map(sum).map(async |n| driver.later(0, n).await);
        sink g = zip(d, f).map(async |n| driver.later(1, n).await).count();
        g
    }
}

fn p073(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p073"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] #[inline] stage (b, c) = a.tee();
        stage (d, e) = c.route(|n| if driver.keeps(0) { d(n) } else { e(n) });
        #[buffer(8)] stage f = e.via(part(driver.clone(), 1));
        #[inline] sink g = b.map(async |n| driver.later(2, n).await).count();
        sink h = zip(d, f).map(async |n| driver.later(3, n).await).count();
        g + h
    }
}

fn p074(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p074"]
        #![buffer(3)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[inline] stage (c, d) = b.tee();
        #[inline] stage (e, f) = c.filter_map(|n| driver.keeps(0).then_some(n)).tee();
        #[inline] sink g = f.map(async |n| driver.later(1, n).await).count();
        sink h = zip(d, e).map(async |n| driver.later(2, n).await).count();
        g + h
    }
}

fn p075(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p075"]
        #![buffer(2)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = zip(b, a).map(sum).map(async |n| driver.later(0, n).await);
        stage d = c.map(|ref n| driver.passes(1, *n)?) else e_bad;
        #[buffer(0)] stage e = e_bad.map(item);
        sink f = zip(e, d).map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p076(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p076"]
        #![buffer(2)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = merge(a, b);
        stage d = c.via(part(driver.clone(), 0));
        stage (e, f) = d.batch(1).map(first).tee();
        stage (g, h) = e.filter_map(|n| driver.keeps(1).then_some(n)).tee();
        sink i = zip(h, f).map(async |n| driver.later(2, n).await).count();
        #[inline] sink j = g.map(async |n| driver.later(3, n).await).count();
        i + j
    }
}

fn p077(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p077"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        stage (#[lossy(drop_oldest)] b, c) = a.tee();
        stage d = c.map(async |n| driver.later(0, n).await);
        stage (e, f) = b.skip_while(|_| driver.keeps(1)).tee();
        sink g = zip(f, d).map(async |n| driver.later(2, n).await).count();
        #[inline] sink h = e.map(async |n| driver.later(3, n).await).count();
        g + h
    }
}

fn p078(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p078"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        stage b = a.skip(1);
        #[buffer(0)] #[inline] stage (c, d) = b.batch(2).map(first).tee();
        #[buffer(0)] stage e = concat(d, c);
        #[buffer(2)] stage (f, g) = e.route(|n| if driver.keeps(0) { f(n) } else { g(n) });
        sink h = zip(g, f).map(async |n| driver.later(1, n).await).count();
        h
    }
}

fn p079(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p079"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.tee();
        #[buffer(1)] stage d = c;
        stage (e, f) = d.filter(|_| driver.keeps(0)).tee();
        #[inline] sink g = f.map(async |n| driver.later(1, n).await).count();
        sink h = zip(e, b).map(async |n| driver.later(2, n).await).count();
        g + h
    }
}

fn p080(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p080"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(2)] stage b = a.batch(2).map(first);
        stage c = b.map(async |n| driver.later(0, n).await);
        stage (d, e) = c.skip_while(|_| driver.keeps(1)).tee();
        stage f = e.map(|n| driver.same(2, n)).dedup();
        sink g = zip(f, d).map(async |n| driver.later(3, n).await).count();
        g
    }
}

fn p081(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p081"]
        #![buffer(0)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.filter(|_| driver.keeps(0)).tee();
        stage (d, e) = b.skip(2).tee();
        sink f = zip(c, d).map(async |n| driver.later(1, n).await).count();
        #[inline] sink g = e.map(async |n| driver.later(2, n).await).count();
        f + g
    }
}

fn p082(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p082"]
        #![buffer(2)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(8)] stage (#[lossy(drop_oldest)] b, c) = a.skip(1).tee();
        #[buffer(8)] stage d = b.map(|ref n| driver.passes(0, *n)?) else e_bad;
        #[buffer(1)] stage e = e_bad.map(item);
        sink f = zip(d, e).map(async |n| driver.later(1, n).await).count();
        sink g = c.map(async |n| driver.later(2, n).await).count();
        f + g
    }
}

fn p083(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p083"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.skip(2).tee();
        stage (d, e) = c.flat_map(|n| driver.several(0, n)).tee();
        sink f = zip(b, d).map(async |n| driver.later(1, n).await).count();
        sink g = e.map(async |n| driver.later(2, n).await).count();
        f + g
    }
}

fn p084(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p084"]
        #![buffer(0)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(2)] stage b = a.flat_map(|n| driver.several(0, n));
        #[buffer(2)] stage c = b;
        #[buffer(8)] stage (d, e) = c.filter(|_| driver.keeps(1)).tee();
        #[buffer(1)] stage f = concat(e, d);
        sink g = f.map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p085(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p085"]
        #![buffer(1)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(2)] #[on_error(skip)] stage d = c.map(|n| driver.passes(0, n)?);
        sink e = zip(d, b).map(async |n| driver.later(1, n).await).count();
        e
    }
}

fn p086(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p086"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] #[inline] stage (c, d) = a.route(|n| if driver.keeps(0) { c(n) } else { d(n) });
        stage e = merge(b, c);
        stage f = d.map(async |n| driver.later(1, n).await);
        sink g = zip(e, f).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p087(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p087"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.batch(3).map(first).tee();
        #[buffer(0)] stage d = concat(b, c);
        #[workers(2)] stage e = d.map(|n| n + 1);
        sink f = e.map(async |n| driver.later(0, n).await).count();
        f
    }
}

fn p088(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p088"]
        #![buffer(3)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(1)] stage (#[lossy(drop_oldest)] b, c) = a.map(|n| n + 1).tee();
        stage d = b.batch(3).map(first);
        #[buffer(0)] stage e = c.map(async |n| driver.later(0, n).await);
        sink f = zip(e, d).map(async |n| driver.later(1, n).await).count();
        f
    }
}

fn p089(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p089"]
        #![buffer(3)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] stage b = a.map(async |n| driver.later(0, n).await);
        #[buffer(2)] stage c = b.map(|ref n| driver.passes(1, *n)?) else d_bad;
        stage d = d_bad.map(item);
        stage e = zip(d, c).map(sum).map(async |n| driver.later(2, n).await);
        sink f = e.map(async |n| driver.later(3, n).await).count();
        f
    }
}

fn p090(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p090"]
        #![buffer(2)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(1)] stage b = a.batch(3, 1s).map(first);
        #[buffer(8)] stage c = b.map(async |n| driver.later(1, n).await);
        stage d = c.map(|ref n| driver.passes(2, *n)?) else e_bad;
        stage e = e_bad.map(item);
        sink f = zip(e, d).map(async |n| driver.later(3, n).await).count();
        f
    }
}

fn p091(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p091"]
        #![buffer(2)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.batch(2).map(first).tee();
        stage d = b.batch(2).map(first);
        stage (e, f) = d.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        sink g = zip(f, c).map(async |n| driver.later(0, n).await).count();
        sink h = e.map(async |n| driver.later(1, n).await).count();
        g + h
    }
}

fn p092(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p092"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        stage b = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(8)] stage (#[lossy(drop_oldest)] c, d) = b.tee();
        #[buffer(0)] stage e = c.process(async |input, output| driver.pass(0, input, output).await);
        stage f = zip(e, d).map(sum).map(async |n| driver.later(1, n).await);
        sink g = f.map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p093(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p093"]
        #![buffer(0)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.skip(4).tee();
        #[buffer(0)] #[inline] stage d = b.skip(2);
        #[buffer(1)] stage e = zip(c, d).map(sum).map(async |n| driver.later(0, n).await);
        #[buffer(8)] #[workers(2)] stage f = e.map(|n| n + 1);
        sink g = f.map(async |n| driver.later(1, n).await).count();
        g
    }
}

fn p094(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p094"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] #[inline] stage (c, d) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(8)] #[keyed(|n| *n % 7)] stage e = c.batch(2).map(first);
        #[buffer(2)] stage f = merge(b, d);
        sink g = zip(e, f).map(async |n| driver.later(1, n).await).count();
        g
    }
}

fn p095(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p095"]
        #![buffer(2)]
        clone driver;
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = a.map(|n| driver.same(0, n)).dedup().tee();
        #[buffer(2)] stage e = c.recurse(|n, next| { for found in driver.finds(1, n) { next.push(found); } n });
        stage f = zip(b, e).map(sum).map(async |n| driver.later(2, n).await);
        sink g = zip(f, d).map(async |n| driver.later(3, n).await).count();
        g
    }
}

fn p096(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p096"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[inline] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(0)] stage d = b.map(async |n| driver.later(0, n).await);
        stage (e, f) = c.flat_map(|n| driver.several(1, n)).tee();
        stage g = zip(d, f).map(sum).map(async |n| driver.later(2, n).await);
        sink h = zip(g, e).map(async |n| driver.later(3, n).await).count();
        h
    }
}

fn p097(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p097"]
        #![buffer(0)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        stage (b, c) = a.map(|n| driver.same(0, n)).dedup().tee();
        #[buffer(2)] stage d = c.map(|ref n| driver.passes(1, *n)?) else e_bad;
        #[buffer(2)] stage e = e_bad.map(item);
        sink f = zip(e, d).map(async |n| driver.later(2, n).await).count();
        sink g = b.map(async |n| driver.later(3, n).await).count();
        f + g
    }
}

fn p098(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p098"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a.process(async |input, output| pass(input, output).await);
        stage (#[lossy(drop_oldest)] c, d) = b.map(|n| n + 1).tee();
        #[buffer(8)] stage (e, f) = d.tee();
        #[buffer(0)] stage g = zip(c, e).map(sum).map(async |n| driver.later(0, n).await);
        #[inline] sink h = f.map(async |n| driver.later(1, n).await).count();
        sink i = g.map(async |n| driver.later(2, n).await).count();
        h + i
    }
}

fn p099(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p099"]
        #![buffer(1)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        stage (b, c) = a.route(|n| if driver.keeps(0) { b(n) } else { c(n) });
        #[buffer(8)] stage (d, e) = c.skip(3).tee();
        stage f = merge(e, b);
        sink g = zip(d, f).map(async |n| driver.later(1, n).await).count();
        g
    }
}

fn p100(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p100"]
        #![buffer(0)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.skip(4).tee();
        stage d = c.map(|ref n| driver.passes(0, *n)?) else e_bad;
        stage e = e_bad.map(item);
        stage f = d.recurse(|n, next| { for found in driver.finds(1, n) { next.push(found); } n });
        #[buffer(1)] #[inline] stage g = f.skip(2);
        sink h = zip(b, g).map(async |n| driver.later(2, n).await).count();
        sink i = e.map(async |n| driver.later(3, n).await).count();
        h + i
    }
}

fn p101(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p101"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        stage b = a.recurse(|n, next| { for found in driver.finds(0, n) { next.push(found); } n });
        stage (c, d) = b.skip(2).tee();
        #[buffer(0)] #[on_error(skip)] stage e = d.map(|n| driver.passes(1, n)?);
        #[inline] stage f = c.skip_while(|_| driver.keeps(2));
        sink g = zip(e, f).map(async |n| driver.later(3, n).await).count();
        g
    }
}

fn p102(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p102"]
        #![buffer(3)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(8)] stage b = a.process(async |input, output| pass(input, output).await);
        #[buffer(8)] stage (c, d) = b.tee();
        #[buffer(1)] #[on_error(skip)] stage e = c.map(|n| driver.passes(0, n)?);
        #[buffer(2)] stage f = zip(d, e).map(sum).map(async |n| driver.later(1, n).await);
        sink g = f.map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p103(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p103"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.route(|n| if driver.keeps(0) { b(n) } else { c(n) });
        stage (#[lossy(drop_oldest)] d, e) = c.filter_map(|n| driver.keeps(1).then_some(n)).tee();
        stage f = zip(d, e).map(sum).map(async |n| driver.later(2, n).await);
        #[buffer(1)] stage g = zip(b, f).map(sum).map(async |n| driver.later(3, n).await);
        sink h = g.map(async |n| driver.later(4, n).await).count();
        h
    }
}

fn p104(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p104"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(0)] #[on_error(skip)] stage b = a.map(|n| driver.passes(0, n)?);
        stage c = b.map(|ref n| driver.passes(1, *n)?) else d_bad;
        #[buffer(0)] stage d = d_bad.map(item);
        #[buffer(8)] stage (e, f) = c.tee();
        stage g = zip(d, e).map(sum).map(async |n| driver.later(2, n).await);
        sink h = g.map(async |n| driver.later(3, n).await).count();
        sink i = f.map(async |n| driver.later(4, n).await).count();
        h + i
    }
}

fn p105(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p105"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[keyed(|n| *n % 7)] stage b = a.batch(2).map(first);
        #[buffer(8)] stage (c, d) = b.filter(|_| driver.keeps(1)).tee();
        stage (e, f) = c.flat_map(|n| driver.several(2, n)).tee();
        stage g = zip(e, f).map(sum).map(async |n| driver.later(3, n).await);
        sink h = zip(g, d).map(async |n| driver.later(4, n).await).count();
        h
    }
}

fn p106(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p106"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a.map(async |n| driver.later(0, n).await);
        #[buffer(8)] stage c = b.map(|ref n| driver.passes(1, *n)?) else d_bad;
        stage d = d_bad.map(item);
        stage e = zip(c, d).map(sum).map(async |n| driver.later(2, n).await);
        sink f = e.map(async |n| driver.later(3, n).await).count();
        f
    }
}

fn p107(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p107"]
        #![buffer(1)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.skip_while(|_| driver.keeps(0)).tee();
        stage d = c.map(|ref n| driver.passes(1, *n)?) else e_bad;
        #[buffer(8)] stage e = e_bad.map(item);
        sink f = zip(d, e).map(async |n| driver.later(2, n).await).count();
        sink g = b.map(async |n| driver.later(3, n).await).count();
        f + g
    }
}

fn p108(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p108"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.map(|n| n + 1).tee();
        stage e = c.batch(3, 1s).map(first);
        sink f = zip(e, d).map(async |n| driver.later(1, n).await).count();
        sink g = b.map(async |n| driver.later(2, n).await).count();
        f + g
    }
}

fn p109(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p109"]
        #![buffer(3)]
        clone driver;
        source a = 0..ITEMS;
        stage (b, c) = a.skip(3).tee();
        stage d = c.via(part(driver.clone(), 0));
        sink e = zip(d, b).map(async |n| driver.later(1, n).await).count();
        e
    }
}

fn p110(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p110"]
        #![buffer(2)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.batch(2).map(first).tee();
        stage (d, e) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(0)] #[on_error(skip)] stage f = c.map(|n| driver.passes(0, n)?);
        sink g = e.map(async |n| driver.later(1, n).await).count();
        sink h = zip(f, d).map(async |n| driver.later(2, n).await).count();
        g + h
    }
}

fn p111(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p111"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage (c, d) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage e = concat(b, c);
        sink f = zip(e, d).map(async |n| driver.later(0, n).await).count();
        f
    }
}

fn p112(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p112"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] #[workers(2)] stage b = a.map(|n| n + 1);
        stage c = b.filter_map(|n| driver.keeps(0).then_some(n));
        stage (d, e) = c.tee();
        #[buffer(0)] stage f = d.process(async |input, output| driver.pass(1, input, output).await);
        sink g = zip(f, e).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p113(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p113"]
        #![buffer(1)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage c = a;
        stage (d, e) = c.map(|n| driver.same(0, n)).dedup().tee();
        stage f = concat(b, e);
        sink g = zip(f, d).map(async |n| driver.later(1, n).await).count();
        g
    }
}

fn p114(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p114"]
        #![buffer(3)]
        clone driver;
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(1)] stage (#[lossy(drop_oldest)] b, c) = a.tee();
        stage (d, e) = b.skip(3).tee();
        sink f = zip(c, d).map(async |n| driver.later(0, n).await).count();
        sink g = e.map(async |n| driver.later(1, n).await).count();
        f + g
    }
}

fn p115(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p115"]
        #![buffer(1)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(8)] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[keyed(|n| *n % 7)] stage d = b.batch(2).map(first);
        sink e = zip(c, d).map(async |n| driver.later(1, n).await).count();
        e
    }
}

fn p116(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p116"]
        #![buffer(1)]
        clone driver;
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        stage d = b.process(async |input, output| driver.pass(0, input, output).await);
        stage e = zip(c, d).map(sum).map(async |n| driver.later(1, n).await);
        sink f = e.map(async |n| driver.later(2, n).await).count();
        f
    }
}

fn p117(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p117"]
        #![buffer(0)]
        clone driver;
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(8)] stage (c, d) = b.tee();
        #[buffer(8)] stage e = zip(a, c).map(sum).map(async |n| driver.later(0, n).await);
        stage f = d.via(part(driver.clone(), 1));
        sink g = zip(f, e).map(async |n| driver.later(2, n).await).count();
        g
    }
}

fn p118(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p118"]
        #![buffer(2)]
        clone driver;
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = b;
        stage d = c.map(|ref n| driver.passes(0, *n)?) else e_bad;
        #[buffer(2)] stage e = e_bad.map(item);
        stage f = merge(d, a);
        #[buffer(2)] stage g = zip(f, e).map(sum).map(async |n| driver.later(1, n).await);
        sink h = g.map(async |n| driver.later(2, n).await).count();
        h
    }
}

fn p119(driver: Driver) -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p119"]
        #![buffer(2)]
        clone driver;
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.tee();
        #[buffer(1)] stage d = concat(b, c);
        stage e = d.skip_while(|_| driver.keeps(0));
        sink f = e.map(async |n| driver.later(1, n).await).count();
        f
    }
}
