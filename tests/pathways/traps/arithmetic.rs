//! Sums and averages: exactly, and of what.

use super::{expecting, pass};

#[test]
fn exact_arithmetic() {
    let part = |fraction: &str, whole: &str, sizes: &str, rounding: &str| {
        format!(
            "[qualification]\nid = \"q\"\nmeasure = \"credits\"\nall = \"r\"\n[requirement.r]\ncredits = {whole}\nfrom = \"p\"\n\
             limits = [{{ at_most = {{ fraction = \"{fraction}\", of = \"required\"{rounding} }}, where = {{ kind = \"t\" }} }}]\n\
             [pool.p]\nwhere = {{ kind = [\"t\", \"own\"] }}\n[credential]\nO = {{ kind = \"own\", credits = 200 }}\n{sizes}\n"
        )
    };
    let counted = |counted: &str| expecting("2026-01-01", "\"T\"", &format!("counted = {{ r = {counted} }}"));
    let sized = |credits: &str| format!("T = {{ kind = \"t\", credits = {credits} }}");
    // One sixth of 33 is 5.5; 75 % of 30 is 22.5; 20 % of 12 is 2.4: exactly, and not a thousandth more.
    for (fraction, whole, fits, does_not) in
        [("1/6", "33", "5.5", "5.501"), ("0.75", "30", "22.5", "22.501"), ("0.2", "12", "2.4", "2.401")]
    {
        pass(1, &(part(fraction, whole, &sized(fits), "") + &counted(fits)));
        pass(1, &(part(fraction, whole, &sized(does_not), "") + &counted("0")));
    }
    // The rounding is the rule's, and is stated.
    pass(1, &(part("1/6", "33", &sized("6"), ", rounding = \"up\"") + &counted("6")));
    pass(1, &(part("1/6", "33", &sized("5.5"), ", rounding = \"down\"") + &counted("0")));
    // Ten times 0.1 is 1, and three times 1.5 is 4.5.
    pass(
        1,
        r#"
        [qualification]
        id = "q"
        all = "r"
        [requirement.r]
        credits = 4.5
        from = "p"
        [pool.p]
        of = ["A", "B", "C"]
        [credential]
        A = { credits = 1.5 }
        B = { credits = 1.4 }
        C = { credits = 1.6 }
        [[test]]
        name = "4.5 credits are 4.5 credits"
        on = 2026-01-01
        holds = ["A", "B", "C"]
        expect = { complete = true, counted = { r = 4.5 } }
    "#,
    );
}

#[test]
fn an_average_over_what_is_chosen_is_not_one_over_everything_attempted() {
    let asked = |over: &str| {
        format!(
            "[qualification]\nid = \"q\"\nall = [\"r\", \"standing\"]\n[requirement.r]\ncount = 2\nfrom = \"p\"\n\
             [requirement.standing]\noptional = true\nover = \"{over}\"\nfrom = \"p\"\naverage = {{ grade = 3, best = 4, measure = \"count\" }}\n\
             [pool.p]\nwhere = {{ kind = \"course\" }}\n[credential]\nA = {{ kind = \"course\" }}\nB = {{ kind = \"course\" }}\nC = {{ kind = \"course\" }}\n\
             [[test]]\nname = \"3, 3 and 1\"\non = 2026-01-01\n\
             holds = [{{ credential = \"A\", grade = 3 }}, {{ credential = \"B\", grade = 3 }}, {{ credential = \"C\", grade = 1 }}]\n"
        )
    };
    // The 1 is left out: then the average of what is chosen is 3.
    pass(1, &(asked("counted") + "expect = { complete = true }"));
    // It was attempted, and stays in the average of everything: 7 of 3 is less than 3.
    pass(1, &(asked("attempted") + "expect = { complete = false, open = [\"standing\"] }"));
}
