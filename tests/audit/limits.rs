//! Limits that are more than a number: parts, points, different values, averages, windows.

use insta::assert_snapshot;

use crate::record::{audit_text, audit_warned, sentences};

/// A qualification of one requirement over units of two subjects.
fn rules(requirement: &str) -> String {
    format!(
        r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = ["r"]
        [requirement.r]
        from = "p"
        {requirement}
        [pool.p]
        of = ["a1", "a2", "a3", "b1"]
        [credential]
        a1 = {{ credits = 3, subject = "art", attributes = {{ points = 2 }} }}
        a2 = {{ credits = 3, subject = "art", attributes = {{ points = [1, 4] }} }}
        a3 = {{ credits = 4, subject = "art" }}
        b1 = {{ credits = 5, subject = "law", attributes = {{ points = 10 }} }}"#
    )
}

#[test]
fn a_third_of_ten_credits_is_compared_exactly_unless_it_is_rounded() {
    let limit = |rounding: &str| {
        rules(&format!(
            r#"credits = 10
            limits = [{{ at_most = {{ fraction = "1/3", of = "required"{rounding} }}, where = {{ source = "transferred" }} }}]"#
        ))
    };
    let record = "a1\na2 source=transferred\na3 source=transferred";
    assert_snapshot!(audit_text(&limit(""), record), @"
    q: 4 credits remain in 1
      a1 -> q#r
      a2 -> q#r
      capped: a3 does not count: an upper limit of “r” is reached
      lacks: “r” has 6 of 10 credits: 4 credits short
      next: earn a3
    ");
    assert_snapshot!(audit_text(&limit(", rounding = \"up\""), record), @"
    q: 3 credits remain in 1
      a1 -> q#r
      a3 -> q#r
      capped: a2 does not count: an upper limit of “r” is reached
      lacks: “r” has 7 of 10 credits: 3 credits short
      next: earn a2
    ");
}

#[test]
fn a_part_of_what_is_counted_is_kept_by_leaving_out() {
    let rules = rules(
        r#"count = 2
        limits = [{ at_least = { fraction = "1/2", of = "counted" }, where = { subject = "law" } }]"#,
    );
    assert_snapshot!(audit_text(&rules, "a1\na2\na3"), @"
    q: 5 credits remain in 1
      a1 -> q#r
      not-needed: a2 does not count: “r” accepts it, but counting it would not lower what remains
      not-needed: a3 does not count: “r” accepts it, but counting it would not lower what remains
      lacks: “r” has 1 of 2 credentials: 1 credential short
      lacks: “r” has 0 of 1 credential from those whose subject is law: 1 credential short
      next: earn b1
    ");
}

#[test]
fn an_average_is_over_what_is_chosen() {
    let rules = rules("credits = 6\naverage = { grade = 3, best = 4 }");
    assert_snapshot!(audit_text(&rules, "a1 grade=4\na2 grade=2\na3 grade=1"), @"
    q: complete, 0 credits remain
      a1 -> q#r
      a2 -> q#r
      not-needed: a3 does not count: “r” accepts it, but counting it would not lower what remains
    ");
    assert_snapshot!(audit_text(&rules, "a1 grade=2.9\na2 grade=2.9"), @"
    q: 3 credits remain in 1
      a2 -> q#r
      same-credential: a1 does not count: a1 already counts, and counts once
      lacks: “r” has 3 of 6 credits: 3 credits short
      lacks: “r” has an average grade of 2.9, and 3 is asked for
      next: earn a1
    ");
    // Transferred, and without a grade.
    assert_snapshot!(audit_text(&rules, "a1 grade=3\na2 source=transferred"), @"
    q: complete, 0 credits remain
      a1 -> q#r
      a2 -> q#r
    ");
}

#[test]
fn at_most_so_many_of_each_subject_and_of_so_many_subjects() {
    let rules = rules(
        "count = 3\ndistinct = { by = \"subject\", at_least = 2 }\nlimits = [{ at_most = 2, per = \"subject\" }]",
    );
    assert_snapshot!(audit_text(&rules, "a1\na2\na3"), @"
    q: 5 credits remain in 1
      a1 -> q#r
      a2 -> q#r
      capped: a3 does not count: an upper limit of “r” is reached
      lacks: “r” has 2 of 3 credentials: 1 credential short
      lacks: “r” has 1 of 2 different values of subject: 1 value of subject short
      next: earn b1
    ");
}

#[test]
fn points_are_the_largest_number_of_an_attribute() {
    let rules = rules("sum = { of = \"points\", at_least = 7 }");
    assert_snapshot!(audit_text(&rules, "a1\na2\na3"), @"
    q: 5 credits remain in 1
      a1 -> q#r
      a2 -> q#r
      a3 -> q#r
      lacks: “r” has 6 of 7 points: 1 points short
      next: earn b1
    ");
}

#[test]
fn an_average_over_attempts_looks_at_every_attempt() {
    let rules = r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = ["r", "standing"]
        [requirement.r]
        count = 1
        from = "p"
        [requirement.standing]
        count = 1
        over = "attempted"
        from = "p"
        distinct = { by = "subject", at_least = 1 }
        [pool.p]
        of = ["a", "b"]
        [credential]
        a = { credits = 3, subject = "art", valid = "1 year" }
        b = { credits = 3, subject = "art" }"#;
    assert_snapshot!(audit_text(rules, "a on=2020-01-01"), @"
    q: 3 credits remain in 1
      a -> q#standing
      lacks: “r” has 0 of 1 credential: 1 credential short
      next: earn a
    ");
    let graded =
        rules.replace("distinct = { by = \"subject\", at_least = 1 }", "average = { grade = 3, best = 4 }");
    assert_snapshot!(audit_warned(&graded, "a on=2020-01-01 grade=1\na on=2026-01-01 grade=4"), @"
    q: 3 credits remain in 1
      a -> q#standing
      a -> q#r
      lacks: “standing” has an average grade of 2.5, and 3 is asked for
      next: earn a
    ");
    let closed = graded.replace("credits = 3,", "credits = 3, offered = false,");
    assert_snapshot!(audit_warned(&closed, "a on=2020-01-01 grade=1\na on=2026-01-01 grade=4"), @"
    q: unreachable
      a -> q#standing
      a -> q#r
      cannot-be-met: “standing” would stay below its average grade, whatever is earned
      lacks: “standing” has an average grade of 2.5, and 3 is asked for
    ");
}

#[test]
fn a_repeatable_credential_counts_as_often_as_it_says() {
    let rules = r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = ["r"]
        [requirement.r]
        count = 4
        from = "p"
        [pool.p]
        of = ["topics", "b"]
        [credential]
        topics = { credits = 3, repeatable = 3 }
        b = { credits = 5 }"#;
    assert_snapshot!(audit_text(rules, "topics on=2024-01-01\nb"), @"
    q: 6 credits remain in 2
      b -> q#r
      topics -> q#r
      lacks: “r” has 2 of 4 credentials: 2 credentials short
      next: earn topics
      next: earn topics
    ");
    assert_snapshot!(
        audit_text(rules, "topics on=2024-01-01\ntopics on=2024-02-01\ntopics on=2024-03-01\ntopics on=2024-04-01"),
        @"
    q: 5 credits remain in 1
      topics -> q#r
      topics -> q#r
      topics -> q#r
      same-credential: topics of 2024-04-01 does not count: topics already counts, and counts 3 times at most
      lacks: “r” has 3 of 4 credentials: 1 credential short
      next: earn b
    "
    );
}

#[test]
fn the_largest_numbers_are_compared_all_the_same() {
    let rules = r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = ["r"]
        average = { grade = 999.999, best = 1000 }
        limits = [{ at_most = { fraction = "999/1000", of = "counted", measure = "credits" }, from = "p" }]
        [requirement.r]
        credits = 100000000
        from = ["p", "o"]
        average = { grade = 999.999, best = 1000, measure = "count" }
        [pool.p]
        of = ["a", "b"]
        [pool.o]
        of = "c"
        [credential]
        a = { credits = 100000000, repeatable = 100 }
        b = { credits = 99999999.999 }
        c = { credits = 0.001 }"#;
    let record = "a grade=100000000 credits=100000000\nb grade=0.001\nc grade=1000";
    assert_snapshot!(audit_text(rules, record), @"
    q: unreachable
      c -> q#r
      capped: a does not count: an upper limit of q is reached
      capped: b does not count: an upper limit of q is reached
      cannot-be-met: “r” would stay 99999999.999 credits short, whatever is earned
      lacks: “r” has 0.001 of 100000000 credits: 99999999.999 credits short
    ");
}

#[test]
fn the_sentences_say_what_a_limit_compares() {
    assert_snapshot!(sentences(r#"
        [qualification]
        id = "q"
        all = ["r", "s"]
        average = { grade = 2.5, best = 4, measure = "count" }
        limits = [
          { at_least = { credits = 60 } },
          { at_least = { fraction = "1/4", of = "required", measure = "credits", rounding = "up" }, where = { source = "earned" } },
          { at_most = { fraction = 0.5, of = "counted", measure = "credits" }, from = "p" },
          { at_most = { credits = 40 }, per = "subject" },
        ]
        [requirement.r]
        sum = { of = "points", at_least = 12, at_most = 30 }
        from = "p"
        window = "30 months"
        distinct = { by = "subject", at_least = 2 }
        average = { grade = 3, best = 4, where = { source = "earned" } }
        [requirement.s]
        count = 2
        over = "attempted"
        from = "p"
        [pool.p]
        where = { subject = ["art", "law"] }
        [credential]
        a = { credits = 5, subject = "art", attributes = { points = 6 } }
        b = { credits = 5, subject = "law", attributes = { points = 6 } }"#), @"
    q: both “r” and “s”
    r: at least 12 points from “p”, with at least 2 different values of subject, and an average grade of at least 3 of 4 (weighted by credits) from those that were earned, and at most 30 points in all, all awarded within 30 months of each other
    s: at least 2 credentials from “p”, among everything ever earned
    of everything: at least 1/4 of the 60 credits required, rounded up (15) from those that were earned
    of everything: at least 60 credits in all
    of everything: an average grade of at least 2.5 of 4 (each grade weighing the same)
    of everything: at most 1/2 of the credits that count from “p”
    of everything: at most 40 credits for each value of subject
    ");
}

#[test]
fn a_window_includes_its_last_day() {
    let rules = rules("count = 2\nwindow = \"30 months\"");
    assert_snapshot!(audit_text(&rules, "a1 on=2022-01-31\na2 on=2024-07-31"), @"
    q: complete, 0 credits remain
      a1 -> q#r
      a2 -> q#r
    ");
    assert_snapshot!(audit_text(&rules, "a1 on=2022-01-31\na2 on=2024-08-01"), @"
    q: 3 credits remain in 1
      a2 -> q#r
      window: a1 of 2022-01-31 does not count: its day is too far from the others that count toward “r”
      lacks: “r” has 1 of 2 credentials: 1 credential short
      next: earn a1
    ");
    assert_snapshot!(audit_text(&rules, "a1\na2 on=2024-08-01"), @"
    q: 3 credits remain in 1
      a2 -> q#r
      window: a1 does not count: its day is too far from the others that count toward “r”
      lacks: “r” has 1 of 2 credentials: 1 credential short
      next: earn a1
    ");
}

const THE_LAST: &str = r#"
    [qualification]
    id = "q"
    measure = "credits"
    all = "r"
    limits = [{ at_least = { credits = 10 }, last = { credits = 10 }, where = { source = "earned" } }]
    [requirement.r]
    credits = 15
    from = "p"
    limits = [{ at_most = 0, last = 5, where = { live = false } }]
    [pool.p]
    where = { kind = "unit" }
    [credential]
    a = { kind = "unit", credits = 5 }
    b = { kind = "unit", credits = 5 }
    c = { kind = "unit", credits = 5 }
    d = { kind = "unit", credits = 5, attributes = { live = false } }"#;

#[test]
fn the_last_is_that_of_what_counts() {
    let early = "a on=2025-01-01 source=transferred";
    assert_snapshot!(audit_text(THE_LAST, &format!("{early}\nb on=2025-01-02\nc on=2025-01-03")), @"
    q: complete, 0 credits remain
      a -> q#r
      b -> q#r
      c -> q#r
    ");
    assert_snapshot!(
        audit_text(THE_LAST, "a on=2025-01-01\nb on=2025-01-02 source=transferred\nc on=2025-01-03"),
        @"
    q: 5 credits remain in 1
      b -> q#r
      c -> q#r
      same-credential: a of 2025-01-01 does not count: a already counts, and counts once
      lacks: “r” has 10 of 15 credits: 5 credits short
      lacks: q as a whole has 5 of 10 credits from those that were earned: 5 credits short
      next: earn a
    "
    );
    // What comes too late may be left out.
    assert_snapshot!(
        audit_text(THE_LAST, &format!("{early}\nb on=2025-01-02\nc on=2025-01-03\nd on=2025-01-04")),
        @"
    q: complete, 0 credits remain
      a -> q#r
      b -> q#r
      c -> q#r
      capped: d of 2025-01-04 does not count: an upper limit of “r” is reached
    "
    );
    // A day is not divided, and no day is the first.
    assert_snapshot!(audit_text(THE_LAST, "a\nb on=2025-01-02\nc on=2025-01-02\nd on=2025-01-02"), @"
    q: complete, 0 credits remain
      a -> q#r
      b -> q#r
      c -> q#r
      capped: d of 2025-01-02 does not count: an upper limit of “r” is reached
    ");
    assert_snapshot!(sentences(THE_LAST), @"
    q: “r”
    r: at least 15 credits from “p”, of which at most 0 credits from those not marked as live, among the last 5 credits that count
    of everything: at least 10 credits from those that were earned, among the last 10 credits that count
    ");
}
