//! What counts how often, and where there is room for it.

use super::pass;

#[test]
fn duplicates() {
    pass(
        3,
        r#"
        [qualification]
        id = "two-of-three"
        all = "r"
        [requirement.r]
        count = 2
        from = "p"
        [pool.p]
        of = ["A", "B", "C", "S"]
        [credential]
        A = {}
        B = {}
        C = {}
        S = { repeatable = 2 }
        [[test]]
        name = "A twice is not two of three"
        on = 2026-01-01
        holds = [{ credential = "A", awarded = 2024-01-01 }, { credential = "A", awarded = 2025-01-01 }]
        expect = { complete = false, counted = { r = 1 }, remaining = { count = 1 } }
        [[test]]
        name = "what is repeatable counts as often as it says"
        on = 2026-01-01
        holds = ["S", { credential = "S", awarded = 2025-01-01 }]
        expect = { complete = true, counted = { r = 2 } }
        [[test]]
        name = "A and B are"
        on = 2026-01-01
        holds = ["A", "A", "B"]
        expect = { complete = true }
    "#,
    );
}

#[test]
fn a_cap_limits_what_is_applied_here_and_the_surplus_counts_elsewhere() {
    pass(
        1,
        r#"
        [qualification]
        id = "q"
        all = ["major", "free"]
        [requirement.major]
        count = 2
        from = "units"
        limits = [{ at_most = 1, from = "imported" }]
        [requirement.free]
        count = 1
        from = "units"
        [pool.units]
        of = ["U", "I1", "I2"]
        [pool.imported]
        of = ["I1", "I2"]
        [credential]
        U  = {}
        I1 = {}
        I2 = {}
        [[test]]
        name = "the second imported unit is free"
        on = 2026-01-01
        holds = ["U", "I1", "I2"]
        expect = { complete = true, counted = { major = 2, free = 1 } }
    "#,
    );
}

#[test]
fn a_unit_larger_than_the_room_left_is_refused_whole() {
    pass(
        2,
        r#"
        [qualification]
        id = "q"
        all = "r"
        [requirement.r]
        credits = 20
        from = "p"
        limits = [{ at_most = 15, from = "imported" }]
        [pool.p]
        of = ["I1", "I2", "I3", "O"]
        [pool.imported]
        of = ["I1", "I2", "I3"]
        [credential]
        I1 = { credits = 10 }
        I2 = { credits = 10 }
        I3 = { credits = 5 }
        O  = { credits = 5 }
        [[test]]
        name = "10 and 10 under 15 are 10"
        on = 2026-01-01
        holds = ["I1", "I2"]
        expect = { counted = { r = 10 } }
        [[test]]
        name = "10 and 5 fit whole"
        on = 2026-01-01
        holds = ["I1", "I2", "I3", "O"]
        expect = { complete = true, counted = { r = 20 } }
    "#,
    );
}
