use super::*;

#[test]
fn independent_mistakes_are_all_reported_and_consequences_are_not() {
    rejects(&[(
        "#[wrokers(2)] stage b = a.mpa(f?) else bad;
                source a = x;
                #[in_flight(3)] stage c = b.mpa(async |x| x);
                sink n = c.filtr(f) else worse;
                sink m = merge(bad, wors).take(1s).count();
                #[unordered] sink o = worse.conut();",
        &[
            "unknown attribute `wrokers`\nhelp: did you mean `workers`?",
            "unknown operator `mpa`\nhelp: did you mean `map`?",
            "unknown operator `mpa`\nhelp: did you mean `map`?",
            "unknown operator `filtr`\nhelp: did you mean `filter`?",
            "unknown stream `wors`\nhelp: did you mean `worse`?",
            "`take` takes a count, found a duration\nhelp: write `1`",
            "`unordered` needs `workers` or `in_flight`: one item at a time has one order\nhelp: `#[workers(8), unordered]`, or leave it away",
            "unknown operator `conut`\nhelp: did you mean `count`?",
        ],
    )]);
}
