//! What is accepted in the place of what.

use super::{pass, test};

#[test]
fn accept_is_wider_than_advise() {
    pass(
        2,
        r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = "r"
        [requirement.r]
        count = 1
        from = ["advised", "hidden"]
        [pool.advised]
        of = "A"
        [pool.hidden]
        of = "B"
        advise = false
        [credential]
        A = { credits = 5 }
        B = { credits = 1 }
        [[test]]
        name = "what is hidden counts"
        on = 2026-01-01
        holds = ["B"]
        expect = { complete = true }
        [[test]]
        name = "and is not suggested, though it is smaller"
        on = 2026-01-01
        expect = { next = ["A"], remaining = { credits = 5 } }
    "#,
    );
}

#[test]
fn equivalence_is_directional_and_not_transitive() {
    let rules = "[qualification]\nid = \"q\"\nall = \"C\"\n[credential]\nA = {}\nB = {}\nC = {}\n\
                 [[equivalence]]\nfrom = \"A\"\nto = \"B\"\n[[equivalence]]\nfrom = \"B\"\nto = \"C\"\n";
    pass(3, &(rules.to_owned() + &test("\"A\"", false) + &test("\"B\"", true) + &test("\"C\"", true)));
    let back = rules.replace("all = \"C\"", "all = \"A\"");
    pass(2, &(back + &test("\"B\"", false) + &test("\"C\"", false)));
}
