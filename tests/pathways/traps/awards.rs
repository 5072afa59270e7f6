//! An award is not what earns it.

use super::{expecting, pass, reasons, test};

#[test]
fn an_award_held_is_not_its_components_held() {
    for (mode, of_award, of_components) in
        [("held", true, false), ("earned", false, true), ("either", true, true)]
    {
        let upper = format!(
            "[qualification]\nid = \"upper\"\nall = \"r\"\n[requirement.r]\naward = \"lower\"\nas = \"{mode}\"\n"
        );
        let lower =
            "---\n[qualification]\nid = \"lower\"\nall = [\"A\", \"B\"]\n[credential]\nA = {}\nB = {}\n";
        pass(2, &(upper + &test("\"lower\"", of_award) + &test("\"A\", \"B\"", of_components) + lower));
    }
}

#[test]
fn complete_is_not_awarded() {
    let rules = r#"
        [qualification]
        id = "course"
        all = "A"
        [credential]
        A = {}
        B = { requires = ["course"] }
        [[test]]
        name = "it is complete"
        on = 2026-01-01
        holds = ["A"]
        expect = { complete = true }
    "#;
    pass(1, rules);
    assert!(!reasons(rules, "it is complete").contains("award"), "nothing is conferred by being complete");
    let upper = "---\n[qualification]\nid = \"upper\"\nall = \"B\"\n".to_owned()
        // The award is a step of its own, and once it is conferred, it is not.
        + &expecting("2026-01-01", "\"A\"", "next = [\"course\", \"B\"]")
        + &expecting("2026-01-01", "\"A\", \"course\"", "next = [\"B\"]");
    pass(3, &(rules.to_owned() + &upper));
}
