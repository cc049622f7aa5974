// Written by `pipeline-macros/src/tests/rates/generated.rs`.

use pipeline_runtime::{Pipeline, __pipeline_of_any_shape as of_any_shape};

use super::support::*;

/// Items of a source.
const ITEMS: u64 = 20_000;

pub const ALL: [fn() -> Pipeline<u64>; 54] = [
    p000, p001, p002, p003, p004, p005, p006, p007, p008, p009, p010, p011, p012, p013, p014, p015,
    p016, p017, p018, p019, p020, p021, p022, p023, p024, p025, p026, p027, p028, p029, p030, p031,
    p032, p033, p034, p035, p036, p037, p038, p039, p040, p041, p042, p043, p044, p045, p046, p047,
    p048, p049, p050, p051, p052, p053,
];

fn p000() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p000"]
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

fn p001() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p001"]
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

fn p002() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p002"]
        source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        stage d = c.batch(2).map(first);
        stage e = b.batch(1).map(first);
        sink f = zip(e, d).count();
        f
    }
}

fn p003() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p003"]
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

fn p004() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p004"]
        #[buffer(8)] source a = 0..ITEMS;
        stage b = a;
        stage (c, d) = b.map(|n| n + 1).tee();
        #[buffer(2)] stage e = d.batch(3).map(first);
        sink f = zip(e, c).count();
        f
    }
}

fn p005() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p005"]
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

fn p006() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p006"]
        #![buffer(1)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage (c, d) = a.tee();
        stage e = zip(c, b).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p007() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p007"]
        #![buffer(1)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        #[buffer(4)] stage (c, d) = a.tee();
        stage e = zip(c, b).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p008() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p008"]
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

fn p009() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p009"]
        source a = 0..ITEMS;
        #[buffer(8)] stage b = a.skip(3);
        stage (c, d) = b.tee();
        #[buffer(2)] stage e = c.batch(3).map(first);
        sink f = zip(e, d).count();
        f
    }
}

fn p010() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p010"]
        source a = 0..ITEMS;
        stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(8)] stage d = c.batch(2).map(first);
        #[buffer(1)] stage e = zip(b, d).map(sum).skip(4);
        sink f = e.count();
        f
    }
}

fn p011() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p011"]
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

fn p012() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p012"]
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

fn p013() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p013"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(0)] stage (d, e) = c.skip(2).tee();
        sink f = e.count();
        sink g = zip(d, b).count();
        f + g
    }
}

fn p014() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p014"]
        #![buffer(2)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(0)] stage (d, e) = c.skip(2).tee();
        sink f = e.count();
        sink g = zip(d, b).count();
        f + g
    }
}

fn p015() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p015"]
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

fn p016() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p016"]
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

fn p017() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p017"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.skip(2).tee();
        stage d = b.skip(2);
        stage e = d.map(|n| n + 1);
        sink f = zip(c, e).count();
        f
    }
}

fn p018() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p018"]
        #![buffer(2)]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.skip(2).tee();
        stage d = b.skip(2);
        stage e = d.map(|n| n + 1);
        sink f = zip(c, e).count();
        f
    }
}

fn p019() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p019"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.map(|n| n + 1).tee();
        stage e = zip(b, c).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p020() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p020"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(4)] stage (c, d) = a.map(|n| n + 1).tee();
        stage e = zip(b, c).map(sum).skip(4);
        sink f = zip(e, d).count();
        f
    }
}

fn p021() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p021"]
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

fn p022() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p022"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        stage (d, e) = c.skip(2).tee();
        sink f = zip(d, b).count();
        sink g = e.count();
        f + g
    }
}

fn p023() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p023"]
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

fn p024() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p024"]
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

fn p025() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p025"]
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

fn p026() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p026"]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        stage d = c.skip(1);
        sink e = zip(d, b).count();
        e
    }
}

fn p027() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p027"]
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

fn p028() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p028"]
        #![buffer(0)]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.skip(3).tee();
        #[buffer(2)] stage (d, e) = c.skip(3).tee();
        sink f = zip(e, b).count();
        sink g = d.count();
        f + g
    }
}

fn p029() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p029"]
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

fn p030() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p030"]
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

fn p031() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p031"]
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

fn p032() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p032"]
        source a = 0..ITEMS;
        #[buffer(8)] source b = 0..ITEMS;
        #[buffer(8)] stage c = zip(b, a).map(sum).skip(2);
        #[buffer(1)] stage (d, e) = c.skip(4).tee();
        stage f = d.skip(1);
        sink g = zip(f, e).count();
        g
    }
}

fn p033() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p033"]
        #[buffer(1)] source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(1)] stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage e = a.map(|n| n + 1);
        #[buffer(2)] stage f = zip(c, e).map(sum);
        stage g = d.skip(4);
        sink h = zip(g, f).count();
        h
    }
}

fn p034() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p034"]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(4)] stage (b, c) = a.batch(1).map(first).tee();
        #[buffer(0)] stage (d, e) = b.skip(4).tee();
        stage f = zip(c, d).map(sum);
        sink g = zip(f, e).count();
        g
    }
}

fn p035() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p035"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a;
        #[buffer(4)] stage (c, d) = b.batch(2).map(first).tee();
        #[buffer(0)] stage e = d.skip(4);
        stage f = zip(c, e).map(sum);
        sink g = f.count();
        g
    }
}

fn p036() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p036"]
        #![buffer(1)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.tee();
        #[buffer(8)] stage e = b.map(|n| n + 1);
        stage (f, g) = d.skip(2).tee();
        sink h = zip(f, e).count();
        sink i = zip(c, g).count();
        h + i
    }
}

fn p037() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p037"]
        #![buffer(8)]
        source a = 0..ITEMS;
        #[buffer(1)] source b = 0..ITEMS;
        #[buffer(2)] stage (c, d) = a.tee();
        #[buffer(0)] stage e = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum });
        #[buffer(8)] stage f = d.skip(2);
        sink g = zip(f, c).count();
        sink h = e.count();
        g + h
    }
}

fn p038() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p038"]
        #![buffer(0)]
        source a = 0..ITEMS;
        #[buffer(6)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(8)] stage d = b.skip(2);
        stage (e, f) = d.skip(4).tee();
        #[buffer(2)] stage g = zip(c, f).map(sum);
        sink h = zip(g, e).count();
        h
    }
}

fn p039() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p039"]
        #![buffer(0)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(1)] stage (b, c) = a.tee();
        stage d = c.skip(1);
        sink e = zip(d, b).count();
        e
    }
}

fn p040() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p040"]
        #[buffer(8)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.batch(2).map(first).tee();
        #[buffer(8)] stage (d, e) = b.skip(2).tee();
        #[buffer(8)] stage f = zip(d, c).map(sum).map(|n| n + 1);
        sink g = e.count();
        sink h = f.count();
        g + h
    }
}

fn p041() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p041"]
        #![buffer(0)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        #[buffer(2)] stage (d, e) = c.map(|n| n + 1).tee();
        #[buffer(2)] stage f = zip(e, d).map(sum).skip(2);
        sink g = zip(f, b).count();
        g
    }
}

fn p042() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p042"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        #[buffer(1)] stage d = c.skip(2);
        sink e = zip(b, d).count();
        e
    }
}

fn p043() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p043"]
        #![buffer(1)]
        source a = 0..ITEMS;
        #[buffer(0)] source b = 0..ITEMS;
        stage (c, d) = b.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        stage e = c.skip(4);
        #[buffer(2)] stage f = d.map(|n| n + 1);
        #[buffer(2)] stage g = zip(e, f).map(sum);
        sink h = zip(g, a).count();
        h
    }
}

fn p044() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p044"]
        #![buffer(2)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(4)] stage (b, c) = a.tee();
        #[buffer(0)] stage d = c;
        #[buffer(0)] stage e = d.skip(4);
        sink f = zip(b, e).count();
        f
    }
}

fn p045() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p045"]
        #![buffer(1)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        stage d = b.skip(2);
        sink e = zip(d, c).count();
        e
    }
}

fn p046() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p046"]
        #![buffer(2)]
        source a = 0..ITEMS;
        source b = 0..ITEMS;
        #[buffer(3)] stage (c, d) = a.batch(3).map(first).tee();
        stage e = d.batch(1).map(first);
        stage f = zip(b, e).map(sum).skip(3);
        sink g = zip(c, f).count();
        g
    }
}

fn p047() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p047"]
        source a = 0..ITEMS;
        #[buffer(4)] stage (b, c) = a.tee();
        #[buffer(8)] stage (d, e) = b.skip(4).tee();
        sink f = e.count();
        sink g = zip(d, c).count();
        f + g
    }
}

fn p048() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p048"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage (d, e) = b.skip(2).tee();
        sink f = d.count();
        sink g = zip(e, c).count();
        f + g
    }
}

fn p049() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p049"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(0)] stage b = a;
        #[buffer(3)] stage (c, d) = b.skip(4).tee();
        stage e = d.skip(3);
        sink f = zip(e, c).count();
        f
    }
}

fn p050() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p050"]
        #![buffer(1)]
        #[buffer(1)] source a = 0..ITEMS;
        #[buffer(4)] stage (b, c) = a.tee();
        stage d = b.skip(4);
        sink e = zip(c, d).count();
        e
    }
}

fn p051() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p051"]
        #![buffer(0)]
        #[buffer(0)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.tee();
        stage (d, e) = c.skip(2).tee();
        sink f = zip(d, b).count();
        sink g = e.count();
        f + g
    }
}

fn p052() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p052"]
        #![buffer(2)]
        #[buffer(2)] source a = 0..ITEMS;
        #[buffer(2)] stage (b, c) = a.map(|n| n + 1).tee();
        #[buffer(1)] stage d = b.skip(2);
        stage e = d;
        sink f = zip(e, c).count();
        f
    }
}

fn p053() -> Pipeline<u64> {
    of_any_shape! {
        #![name = "p053"]
        source a = 0..ITEMS;
        #[buffer(3)] stage (b, c) = a.scan(0, |sum: &mut u64, n| { *sum += n; *sum }).tee();
        #[buffer(2)] stage (d, e) = b.skip(3).tee();
        sink f = d.count();
        sink g = zip(e, c).count();
        f + g
    }
}
