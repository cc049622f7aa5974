// Written by `pipeline-macros/src/tests/rates/generated.rs`.

use pipeline_runtime::{Pipeline, __pipeline_of_any_shape as of_any_shape};

use super::support::*;

/// Items of a source.
const ITEMS: u64 = 20_000;

pub const ALL: [fn() -> Pipeline<u64>; 82] = [
    p000, p001, p002, p003, p004, p005, p006, p007, p008, p009, p010, p011, p012, p013, p014, p015,
    p016, p017, p018, p019, p020, p021, p022, p023, p024, p025, p026, p027, p028, p029, p030, p031,
    p032, p033, p034, p035, p036, p037, p038, p039, p040, p041, p042, p043, p044, p045, p046, p047,
    p048, p049, p050, p051, p052, p053, p054, p055, p056, p057, p058, p059, p060, p061, p062, p063,
    p064, p065, p066, p067, p068, p069, p070, p071, p072, p073, p074, p075, p076, p077, p078, p079,
    p080, p081,
];

fn p000() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p000"]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = b.tee();
        #[buffer(2)] stage e = zip(d, a).map(sum).skip(3);
        #[buffer(2)] stage f = zip(c, e).map(sum).batch(3).map(first);
        stage g = f.map(|n| n + 1);
        sink h = g.count();
        h
    }
}

fn p001() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p001"]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(3)] stage (c, d) = b.tee();
        #[buffer(2)] stage e = zip(d, a).map(sum).skip(3);
        #[buffer(2)] stage f = zip(c, e).map(sum).batch(3).map(first);
        stage g = f.map(|n| n + 1);
        sink h = g.count();
        h
    }
}

fn p002() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p002"]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(b, a).map(sum);
        #[buffer(1)] stage (d, e) = c.tee();
        stage (f, g) = e.skip(1).tee();
        #[buffer(1)] stage h = f;
        sink i = g.count();
        sink j = zip(h, d).count();
        i + j
    }
}

fn p003() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p003"]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(b, a).map(sum);
        #[buffer(1)] stage (d, e) = c.tee();
        stage (f, g) = e.skip(1).tee();
        #[buffer(1)] stage h = f;
        sink i = g.count();
        sink j = zip(h, d).count();
        i + j
    }
}

fn p004() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p004"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        stage d = b.skip(1);
        #[buffer(0)] stage e = zip(c, d).map(sum);
        stage (f, g) = e.tee();
        sink h = f.count();
        sink i = g.count();
        h + i
    }
}

fn p005() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p005"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        stage d = b.skip(1);
        #[buffer(0)] stage e = zip(c, d).map(sum);
        stage (f, g) = e.tee();
        sink h = f.count();
        sink i = g.count();
        h + i
    }
}

fn p006() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p006"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage (c, d) = b.map(|n| n + 1).tee();
        #[buffer(1)] stage e = zip(a, c).map(sum).batch(2).map(first);
        #[buffer(8)] stage f = d.map(|n| n + 1);
        stage g = zip(f, e).map(sum).skip(4);
        sink h = g.count();
        h
    }
}

fn p007() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p007"]
        source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        stage d = c.batch(2).map(first);
        stage e = b.batch(1).map(first);
        sink f = zip(e, d).count();
        f
    }
}

fn p008() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p008"]
        #![buffer(1)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = a.tee();
        #[buffer(0)] stage e = zip(b, c).map(sum);
        #[buffer(2)] stage (f, g) = e.batch(3).map(first).tee();
        sink h = zip(d, g).count();
        sink i = f.count();
        h + i
    }
}

fn p009() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p009"]
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.batch(3).map(first).tee();
        stage d = b.skip(4);
        #[buffer(1)] stage e = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (f, g) = d.batch(2).map(first).tee();
        sink h = zip(e, f).count();
        sink i = g.count();
        h + i
    }
}

fn p010() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p010"]
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a;
        stage (c, d) = b.map(|n| n + 1).tee();
        #[buffer(2)] stage e = d.batch(3).map(first);
        sink f = zip(e, c).count();
        f
    }
}

fn p011() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p011"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.skip(3).tee();
        stage (d, e) = c.skip(4).tee();
        stage f = d;
        #[buffer(0)] stage (g, h) = f.tee();
        sink i = zip(e, b).count();
        sink j = h.count();
        sink k = g.count();
        i + j + k
    }
}

fn p012() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p012"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(4)] stage (b, c) = a.skip(3).tee();
        stage (d, e) = c.skip(4).tee();
        stage f = d;
        #[buffer(0)] stage (g, h) = f.tee();
        sink i = zip(e, b).count();
        sink j = h.count();
        sink k = g.count();
        i + j + k
    }
}

fn p013() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p013"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        #[buffer(1)] stage d = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (e, f) = d.skip(1).tee();
        sink g = zip(b, e).count();
        sink h = f.count();
        g + h
    }
}

fn p014() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p014"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        #[buffer(1)] stage d = c.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (e, f) = d.skip(1).tee();
        sink g = zip(b, e).count();
        sink h = f.count();
        g + h
    }
}

fn p015() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p015"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.tee();
        #[buffer(1)] stage d = b.batch(3).map(first);
        stage (e, f) = c.skip(1).tee();
        stage g = zip(d, f).map(sum).batch(1).map(first);
        sink h = zip(g, e).count();
        h
    }
}

fn p016() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p016"]
        #![buffer(8)]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        stage (c, d) = b.tee();
        #[buffer(2)] stage e = c;
        stage (f, g) = d.batch(2).map(first).tee();
        sink h = zip(g, e).count();
        sink i = f.count();
        h + i
    }
}

fn p017() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p017"]
        #![buffer(1)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage (c, d) = a.tee();
        stage e = zip(c, b).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p018() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p018"]
        #![buffer(1)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(4)] stage (c, d) = a.tee();
        stage e = zip(c, b).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p019() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p019"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.map(|n| n + 1).tee();
        stage (e, f) = d.skip(2).tee();
        stage g = zip(c, f).map(sum);
        sink h = zip(e, g).count();
        sink i = b.count();
        h + i
    }
}

fn p020() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p020"]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.map(|n| n + 1).tee();
        stage (e, f) = d.skip(2).tee();
        stage g = zip(c, f).map(sum);
        sink h = zip(e, g).count();
        sink i = b.count();
        h + i
    }
}

fn p021() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p021"]
        #![buffer(8)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = b.tee();
        stage e = zip(a, d).map(sum);
        stage f = e.batch(2).map(first);
        sink g = zip(c, f).count();
        g
    }
}

fn p022() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p022"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage c = b.batch(2).map(first);
        stage (d, e) = a.skip(4).tee();
        stage (f, g) = d.skip(1).tee();
        sink h = zip(e, g).count();
        sink i = zip(c, f).count();
        h + i
    }
}

fn p023() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p023"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage c = b.batch(2).map(first);
        #[buffer(1)] stage (d, e) = a.skip(4).tee();
        stage (f, g) = d.skip(1).tee();
        sink h = zip(e, g).count();
        sink i = zip(c, f).count();
        h + i
    }
}

fn p024() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p024"]
        #![buffer(8)]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(0)] stage e = zip(d, a).map(sum);
        stage (f, g) = e.batch(2).map(first).tee();
        sink h = f.count();
        sink i = zip(c, g).count();
        h + i
    }
}

fn p025() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p025"]
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a.skip(3);
        stage (c, d) = b.tee();
        #[buffer(2)] stage e = c.batch(3).map(first);
        sink f = zip(e, d).count();
        f
    }
}

fn p026() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p026"]
        #![buffer(1)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = b.skip(3).tee();
        stage e = d;
        #[buffer(8)] stage (f, g) = c.skip(4).tee();
        sink h = g.count();
        sink i = a.count();
        sink j = zip(f, e).count();
        h + i + j
    }
}

fn p027() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p027"]
        #![buffer(1)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = b.skip(3).tee();
        #[buffer(3)] stage e = d;
        #[buffer(8)] stage (f, g) = c.skip(4).tee();
        sink h = g.count();
        sink i = a.count();
        sink j = zip(f, e).count();
        h + i + j
    }
}

fn p028() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p028"]
        #[buffer(8)] source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        stage (d, e) = c.tee();
        #[buffer(8)] stage (f, g) = d.batch(3).map(first).tee();
        sink h = zip(b, g).count();
        sink i = zip(e, f).count();
        h + i
    }
}

fn p029() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p029"]
        source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(8)] stage d = c.batch(2).map(first);
        #[buffer(1)] stage e = zip(b, d).map(sum).skip(4);
        sink f = e.count();
        f
    }
}

fn p030() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p030"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] stage b = a;
        #[buffer(0)] stage (c, d) = b.map(|n| n + 1).tee();
        stage (e, f) = c.skip(2).tee();
        stage g = f.map(|n| n + 1);
        sink h = zip(d, e).count();
        sink i = g.count();
        h + i
    }
}

fn p031() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p031"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] stage b = a;
        #[buffer(2)] stage (c, d) = b.map(|n| n + 1).tee();
        stage (e, f) = c.skip(2).tee();
        stage g = f.map(|n| n + 1);
        sink h = zip(d, e).count();
        sink i = g.count();
        h + i
    }
}

fn p032() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p032"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(1)] stage e = d.batch(2).map(first);
        sink f = zip(c, e).count();
        sink g = b.count();
        f + g
    }
}

fn p033() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p033"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage (c, d) = b.skip(1).tee();
        stage e = zip(c, a).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(1)] stage (f, g) = d.skip(2).tee();
        sink h = zip(e, f).count();
        sink i = g.count();
        h + i
    }
}

fn p034() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p034"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage (c, d) = b.skip(1).tee();
        #[buffer(1)] stage e = zip(c, a).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(1)] stage (f, g) = d.skip(2).tee();
        sink h = zip(e, f).count();
        sink i = g.count();
        h + i
    }
}

fn p035() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p035"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(0)] stage (d, e) = c.skip(2).tee();
        sink f = e.count();
        sink g = zip(d, b).count();
        f + g
    }
}

fn p036() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p036"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(0)] stage (d, e) = c.skip(2).tee();
        sink f = e.count();
        sink g = zip(d, b).count();
        f + g
    }
}

fn p037() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p037"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        stage (c, d) = b.skip(3).tee();
        #[buffer(0)] stage e = d.skip(2);
        stage f = e.skip(2);
        sink g = zip(f, c).count();
        g
    }
}

fn p038() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p038"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a.map(|n| n + 1);
        #[buffer(4)] stage (c, d) = b.skip(3).tee();
        #[buffer(0)] stage e = d.skip(2);
        stage f = e.skip(2);
        sink g = zip(f, c).count();
        g
    }
}

fn p039() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p039"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(1)] stage b = a;
        #[buffer(1)] stage c = b.batch(2).map(first);
        #[buffer(2)] stage (d, e) = c.skip(3).tee();
        stage f = d.batch(2).map(first);
        sink g = zip(f, e).count();
        g
    }
}

fn p040() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p040"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.skip(2).tee();
        stage d = b.skip(2);
        stage e = d.map(|n| n + 1);
        sink f = zip(c, e).count();
        f
    }
}

fn p041() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p041"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.skip(2).tee();
        stage d = b.skip(2);
        stage e = d.map(|n| n + 1);
        sink f = zip(c, e).count();
        f
    }
}

fn p042() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p042"]
        #![buffer(1)]
        #[buffer(0)] source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage d = c.batch(2).map(first);
        #[buffer(8)] stage e = d;
        stage f = e.map(|n| n + 1);
        sink g = zip(f, b).count();
        g
    }
}

fn p043() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p043"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.map(|n| n + 1).tee();
        stage e = zip(b, c).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p044() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p044"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(4)] stage (c, d) = a.map(|n| n + 1).tee();
        stage e = zip(b, c).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p045() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p045"]
        source a = 0..ITEMS;
        stage (b, c) = a.skip(2).tee();
        #[buffer(0)] stage (d, e) = b.batch(2).map(first).tee();
        #[buffer(2)] stage f = zip(c, e).map(sum);
        sink g = f.count();
        sink h = d.count();
        g + h
    }
}

fn p046() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p046"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.skip(1).tee();
        stage e = zip(d, b).map(sum).batch(2).map(first);
        #[buffer(0)] stage f = c.skip(3);
        sink g = zip(e, f).count();
        g
    }
}

fn p047() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p047"]
        #![buffer(2)]
        #[buffer(2)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.skip(4).tee();
        #[buffer(1)] stage e = c.batch(2).map(first);
        stage f = d.map(|n| n + 1);
        sink g = zip(f, e).count();
        sink h = b.count();
        g + h
    }
}

fn p048() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p048"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        #[buffer(8)] stage (d, e) = b.batch(2).map(first).tee();
        sink f = zip(c, d).count();
        sink g = e.count();
        f + g
    }
}

fn p049() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p049"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.skip(4).tee();
        stage (d, e) = c.batch(2).map(first).tee();
        stage f = zip(d, e).map(sum).map(|n| n + 1);
        stage g = zip(f, b).map(sum).skip(1);
        sink h = g.count();
        h
    }
}

fn p050() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p050"]
        #![buffer(2)]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = a.tee();
        stage e = zip(d, b).map(sum).batch(3).map(first);
        sink f = zip(e, c).count();
        f
    }
}

fn p051() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p051"]
        #![buffer(1)]
        #[buffer(0)] source a = 0..ITEMS;
        stage b = a;
        stage (c, d) = b.tee();
        stage (e, f) = c.skip(3).tee();
        stage g = f.batch(1).map(first);
        sink h = e.count();
        sink i = zip(d, g).count();
        h + i
    }
}

fn p052() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p052"]
        #![buffer(1)]
        #[buffer(0)] source a = 0..ITEMS;
        stage b = a;
        #[buffer(3)] stage (c, d) = b.tee();
        stage (e, f) = c.skip(3).tee();
        stage g = f.batch(1).map(first);
        sink h = e.count();
        sink i = zip(d, g).count();
        h + i
    }
}

fn p053() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p053"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.tee();
        stage (d, e) = c.skip(2).tee();
        sink f = zip(d, b).count();
        sink g = e.count();
        f + g
    }
}

fn p054() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p054"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        stage (d, e) = c.skip(2).tee();
        sink f = zip(d, b).count();
        sink g = e.count();
        f + g
    }
}

fn p055() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p055"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(2)] stage c = a.skip(2);
        stage (d, e) = b.tee();
        stage (f, g) = d.tee();
        #[buffer(8)] stage h = e.skip(3);
        sink i = zip(f, h).count();
        sink j = zip(g, c).count();
        i + j
    }
}

fn p056() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p056"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(2)] stage c = a.skip(2);
        stage (d, e) = b.tee();
        #[buffer(2)] stage (f, g) = d.tee();
        #[buffer(8)] stage h = e.skip(3);
        sink i = zip(f, h).count();
        sink j = zip(g, c).count();
        i + j
    }
}

fn p057() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p057"]
        #![buffer(8)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage (d, e) = b.skip(1).tee();
        #[buffer(2)] stage f = e;
        #[buffer(0)] stage g = zip(d, f).map(sum).batch(2).map(first);
        sink h = zip(c, g).count();
        h
    }
}

fn p058() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p058"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] stage (b, c) = a.batch(2).map(first).tee();
        #[buffer(8)] stage (d, e) = b.batch(2).map(first).tee();
        stage f = zip(c, d).map(sum);
        sink g = f.count();
        sink h = e.count();
        g + h
    }
}

fn p059() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p059"]
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a;
        #[buffer(8)] stage (c, d) = b.tee();
        #[buffer(2)] stage e = d.batch(2).map(first);
        sink f = zip(e, c).count();
        f
    }
}

fn p060() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p060"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(1)] stage b = a;
        stage (c, d) = b.skip(4).tee();
        #[buffer(1)] stage e = d.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        stage (f, g) = c.skip(2).tee();
        sink h = zip(e, f).count();
        sink i = g.count();
        h + i
    }
}

fn p061() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p061"]
        source a = 0..ITEMS;
        #[buffer(0)] stage b = a.skip(3);
        #[buffer(4)] stage (c, d) = b.skip(1).tee();
        stage e = c.skip(4);
        stage f = e;
        sink g = zip(f, d).count();
        g
    }
}

fn p062() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p062"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a.batch(1).map(first);
        #[buffer(4)] stage (c, d) = b.tee();
        #[buffer(1)] stage e = c.skip(4);
        #[buffer(8)] stage f = zip(e, d).map(sum).skip(3);
        sink g = f.count();
        g
    }
}

fn p063() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p063"]
        #![buffer(0)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage c = zip(b, a).map(sum).map(|n| n + 1);
        #[buffer(1)] stage (d, e) = c.map(|n| n + 1).tee();
        #[buffer(0)] stage f = e.batch(1).map(first);
        #[buffer(2)] stage (g, h) = f.skip(1).tee();
        sink i = g.count();
        sink j = zip(h, d).count();
        i + j
    }
}

fn p064() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p064"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        stage (c, d) = a.tee();
        #[buffer(8)] stage e = c.skip(3);
        #[buffer(2)] stage (f, g) = d.tee();
        sink h = g.count();
        sink i = zip(f, e).count();
        sink j = b.count();
        h + i + j
    }
}

fn p065() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p065"]
        source a = 0..ITEMS;
        #[buffer(2)] source b = 0..ITEMS;
        #[buffer(0)] stage (c, d) = b.map(|n| n + 1).tee();
        #[buffer(2)] stage (e, f) = d.skip(3).tee();
        #[buffer(2)] stage g = c;
        sink h = zip(e, g).count();
        sink i = zip(a, f).count();
        h + i
    }
}

fn p066() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p066"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage (c, d) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage (e, f) = d.skip(2).tee();
        #[buffer(8)] stage g = zip(b, f).map(sum).skip(1);
        stage h = g.map(|n| n + 1);
        sink i = c.count();
        sink j = zip(e, h).count();
        i + j
    }
}

fn p067() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p067"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.skip(4).tee();
        stage d = c;
        #[buffer(8)] stage (e, f) = d.skip(2).tee();
        #[buffer(2)] stage g = zip(f, b).map(sum);
        sink h = zip(e, g).count();
        h
    }
}

fn p068() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p068"]
        #![buffer(0)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(6)] stage (c, d) = a.tee();
        stage e = zip(d, b).map(sum).skip(2);
        #[buffer(0)] stage f = e.skip(4);
        sink g = zip(c, f).count();
        g
    }
}

fn p069() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p069"]
        #![buffer(0)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        stage c = zip(a, b).map(sum).scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(2)] stage (d, e) = c.tee();
        #[buffer(0)] stage (f, g) = d.skip(2).tee();
        sink h = zip(f, e).count();
        sink i = g.count();
        h + i
    }
}

fn p070() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p070"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(4)] stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage (e, f) = c.skip(4).tee();
        sink g = zip(f, d).count();
        sink h = a.count();
        sink i = e.count();
        g + h + i
    }
}

fn p071() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p071"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        stage d = c.skip(1);
        sink e = zip(d, b).count();
        e
    }
}

fn p072() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p072"]
        #![buffer(2)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage c = zip(b, a).map(sum);
        #[buffer(6)] stage (d, e) = c.tee();
        #[buffer(1)] stage f = d.skip(2);
        #[buffer(2)] stage g = f.skip(4);
        sink h = zip(e, g).count();
        h
    }
}

fn p073() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p073"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(2)] stage (d, e) = c.skip(3).tee();
        #[buffer(2)] stage (f, g) = d.tee();
        sink h = zip(e, b).count();
        sink i = f.count();
        sink j = g.count();
        h + i + j
    }
}

fn p074() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p074"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.skip(3).tee();
        #[buffer(2)] stage (d, e) = c.skip(3).tee();
        sink f = zip(e, b).count();
        sink g = d.count();
        f + g
    }
}

fn p075() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p075"]
        #[buffer(1)] source a = 0..ITEMS;
        stage b = a;
        #[buffer(1)] stage c = b.map(|n| n + 1);
        #[buffer(3)] stage (d, e) = c.tee();
        stage (f, g) = d.skip(3).tee();
        sink h = zip(g, e).count();
        sink i = f.count();
        h + i
    }
}

fn p076() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p076"]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        stage (c, d) = b.tee();
        #[buffer(2)] stage e = c.skip(1);
        #[buffer(2)] stage (f, g) = a.tee();
        #[buffer(2)] stage h = zip(g, e).map(sum).skip(2);
        sink i = zip(f, h).count();
        sink j = d.count();
        i + j
    }
}

fn p077() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p077"]
        #![buffer(2)]
        #[buffer(0)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage c = a.map(|n| n + 1);
        #[buffer(3)] stage (d, e) = b.batch(3).map(first).tee();
        #[buffer(8)] stage f = d.skip(3);
        sink g = zip(e, f).count();
        sink h = c.count();
        g + h
    }
}

fn p078() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p078"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage e = c.skip(2);
        sink f = b.count();
        sink g = zip(e, d).count();
        f + g
    }
}

fn p079() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p079"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(4)] stage (c, d) = a.tee();
        #[buffer(0)] stage e = c.skip(1);
        #[buffer(1)] stage (f, g) = e.skip(3).tee();
        stage h = zip(f, d).map(sum).skip(1);
        sink i = h.count();
        sink j = g.count();
        sink k = b.count();
        i + j + k
    }
}

fn p080() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p080"]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(8)] stage c = zip(b, a).map(sum).skip(2);
        #[buffer(1)] stage (d, e) = c.skip(4).tee();
        stage f = d.skip(1);
        sink g = zip(f, e).count();
        g
    }
}

fn p081() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p081"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(1)] stage c = zip(a, b).map(sum).skip(2);
        #[buffer(1)] stage (d, e) = c.tee();
        stage f = e.skip(1);
        sink g = zip(d, f).count();
        g
    }
}
