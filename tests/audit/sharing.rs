//! Sharing policies, and questions about several qualifications: what is said of them.

use cairn_engine::{JointQuestion, audit_jointly, forced_jointly};
use cairn_report::{
    JointReport,
    text::{self, Why},
};
use cairn_testkit::random::AS_OF;
use insta::assert_snapshot;

use crate::record::{audit_text, catalog, learner, plain};

/// All qualifications of the rules at once, as it is shown, without the first lines.
fn joint_text(rules: &str, record: &str) -> String {
    let catalog = catalog(rules);
    let learner = learner(record);
    let all: Vec<_> = catalog.qualification_indexes().collect();
    let question = JointQuestion::new(&catalog, &all, AS_OF).expect("one at least");
    let joint = audit_jointly(&catalog, &learner, &question);
    let mut report = JointReport::new(&catalog, &learner, &joint);
    if let Some(forced) = forced_jointly(&catalog, &learner, &question) {
        report.audit = report.audit.forced_by(&catalog, &joint.audit, &forced);
    }
    let shown = plain(&text::joint(&report, &Why::Everything));
    shown.lines().skip(3).collect::<Vec<_>>().join("\n")
}

/// A certificate and a degree of two courses each, out of these, and what else the rules say.
fn two_of(cert: &str, degree: &str, more: &str) -> String {
    let one = |id: &str, title: &str, courses: &str| {
        format!(
            r#"
            [qualification]
            id = "{id}"
            title = "{title}"
            all = "two"
            [requirement.two]
            count = 2
            from = "any"
            [pool.any]
            of = [{courses}]
            "#
        )
    };
    [one("cert", "Certificate", cert), one("degree", "Degree", degree), more.to_owned()].join("---")
}

/// Two courses of them are in both.
fn two(policy: &str) -> String {
    let credentials = "\n[credential]\na = {}\nb = {}\nc = {}\nd = {}\n";
    two_of(r#""a", "b", "c""#, r#""a", "b", "d""#, &format!("{credentials}{policy}"))
}

#[test]
fn without_a_policy_all_at_once_is_each_by_itself() {
    assert_snapshot!(joint_text(&two(""), "a\nb"), @"
    ✓ complete: every requirement is met

      ✓ Certificate (cert): complete beside the others
      ✓ Degree (degree): complete beside the others

    Certificate (cert)
      ✓ met        two  2 of 2 credentials
                   counted: a, b

    Degree (degree)
      ✓ met        two  2 of 2 credentials
                   counted: a, b

    Why
      [1] a counts toward “two” of Certificate (cert)
      [2] a counts toward “two” of Degree (degree)
      [3] b counts toward “two” of Certificate (cert)
      [4] b counts toward “two” of Degree (degree)

    What forces this
      with these rules alone as much would remain, and without any one of them less
    ");
}

#[test]
fn a_policy_is_named_with_what_it_costs() {
    let policy = r#"
        [[sharing]]
        id = "one"
        title = "One course is shared"
        between = ["cert", "degree"]
        at_most = { count = 1 }"#;
    assert_snapshot!(joint_text(&two(policy), "a\nb"), @"
    ○ not complete: 1 of 3 credentials to earn (66 % done)

      ✓ Certificate (cert): complete beside the others
      ○ Degree (degree): complete by itself, but not beside the others

    Certificate (cert)
      ✓ met        two  2 of 2 credentials
                   counted: a, b

    Degree (degree)
      ○ open       two  1 of 2 credentials
                   counted: a
                   to earn: d

    What to do next
      1. earn d, for “two” of Degree (degree)

    Why
      [1] a counts toward “two” of Certificate (cert)
      [2] a counts toward “two” of Degree (degree)
      [3] b counts toward “two” of Certificate (cert)
      [4] “two” of Degree (degree) has 1 of 2 credentials: 1 credential short
      [5] Without the policy “One course is shared” (one) at 2.toml:9, it would be complete

    What forces this
      · “two” of Certificate (cert) asks for at least 2 credentials
      · “two” of Degree (degree) asks for at least 2 credentials
      · the policy “One course is shared” (one) at 2.toml:9
      with these rules alone as much would remain, and without any one of them less
    ");
}

#[test]
fn a_policy_without_a_name_says_what_it_demands() {
    let policy = r#"
        [[sharing]]
        between = ["cert", "degree"]
        unique_at_least = { fraction = "1/2", measure = "count" }"#;
    assert_snapshot!(joint_text(&two(policy), "a\nb"), @"
    ○ not complete: 1 of 3 credentials to earn (66 % done)

      ○ Certificate (cert): complete by itself, but not beside the others
      ✓ Degree (degree): complete beside the others

    Certificate (cert)
      ○ open       two  1 of 2 credentials
                   counted: b
                   to earn: c

    Degree (degree)
      ✓ met        two  2 of 2 credentials
                   counted: a, b

    What to do next
      1. earn c, for “two” of Certificate (cert)

    Why
      [1] a counts toward “two” of Degree (degree)
      [2] b counts toward “two” of Certificate (cert)
      [3] b counts toward “two” of Degree (degree)
      [4] “two” of Certificate (cert) has 1 of 2 credentials: 1 credential short
      [5] Without the policy that each of Certificate (cert) and Degree (degree) counts at least 1/2 of the credentials that it asks for that no other counts at 2.toml:9, it would be complete

    What forces this
      · “two” of Certificate (cert) asks for at least 2 credentials
      · the policy that each of Certificate (cert) and Degree (degree) counts at least 1/2 of the credentials that it asks for that no other counts at 2.toml:9
      with these rules alone as much would remain, and without any one of them less
    ");
}

/// Where one award has fixed the order, the policy of the other direction binds.
#[test]
fn a_direction_is_an_order_in_time() {
    let policy = r#"
        [[sharing]]
        id = "after"
        from = "degree"
        into = "cert"
        at_most = { count = 0 }"#;
    assert_snapshot!(joint_text(&two(policy), "a\nb"), @"
    ✓ complete: every requirement is met

      ✓ Certificate (cert): complete beside the others
      ✓ Degree (degree): complete beside the others

    Certificate (cert)
      ✓ met        two  2 of 2 credentials
                   counted: a, b

    Degree (degree)
      ✓ met        two  2 of 2 credentials
                   counted: a, b

    Had in this order: cert, then degree.

    Why
      [1] a counts toward “two” of Certificate (cert)
      [2] a counts toward “two” of Degree (degree)
      [3] b counts toward “two” of Certificate (cert)
      [4] b counts toward “two” of Degree (degree)

    What forces this
      with these rules alone as much would remain, and without any one of them less
    ");
    assert_snapshot!(joint_text(&two(policy), "a\nb\ndegree on=2025-01-01"), @"
    ○ not complete: 2 credentials to earn (0 % done)

      ○ Certificate (cert): complete by itself, but not beside the others
      ○ Degree (degree): complete by itself, but not beside the others

    Certificate (cert)
      ○ open       two  1 of 2 credentials
                   counted: b
                   to earn: c

    Degree (degree)
      ○ open       two  1 of 2 credentials
                   counted: a
                   to earn: d

    Had in this order: degree, then cert.

    What to do next
      1. earn c, for “two” of Certificate (cert)
      2. earn d, for “two” of Degree (degree)

    Why
      [1] a counts toward “two” of Degree (degree)
      [2] b counts toward “two” of Certificate (cert)
      [3] Degree (degree) of 2025-01-01 does not count: no requirement asks for it
      [4] “two” of Certificate (cert) has 1 of 2 credentials: 1 credential short
      [5] “two” of Degree (degree) has 1 of 2 credentials: 1 credential short
      [6] Without the policy “after” at 2.toml:9, it would be complete

    What forces this
      · “two” of Certificate (cert) asks for at least 2 credentials
      · “two” of Degree (degree) asks for at least 2 credentials
      · the policy “after” at 2.toml:9
      with these rules alone as much would remain, and without any one of them less
    ");
}

#[test]
fn what_is_banned_is_out_of_reach_together() {
    let policy = r#"
        [[sharing]]
        title = "Not both"
        between = ["cert", "degree"]
        banned = true"#;
    assert_snapshot!(joint_text(&two(policy), "a\nb"), @"
    ✗ out of reach: nothing that can be earned on this day would complete it

      ○ Certificate (cert): complete by itself, but not beside the others
      ○ Degree (degree): complete by itself, but not beside the others

    Certificate (cert)
      ✓ met        two  2 of 2 credentials
                   counted: a, b

    Degree (degree)
      ✓ met        two  2 of 2 credentials
                   counted: a, b

    Why
      [1] a counts toward “two” of Certificate (cert)
      [2] a counts toward “two” of Degree (degree)
      [3] b counts toward “two” of Certificate (cert)
      [4] b counts toward “two” of Degree (degree)
      [5] Without the policy “Not both” at 2.toml:9, it would be complete

    What forces this
      · the policy “Not both” at 2.toml:9
      with these rules alone it would be out of reach, and without any one of them within reach
    ");
}

/// What counts nowhere because of a policy says so.
#[test]
fn a_policy_that_keeps_a_holding_out_is_named() {
    let policy = r#"
        [[sharing]]
        title = "Nothing transferred beside another"
        between = ["cert", "degree"]
        at_most = { count = 0 }
        jointly_with = "transferred""#;
    assert_snapshot!(joint_text(&two(policy), "a\nb source=transferred"), @"
    ○ not complete: 3 of 4 credentials to earn (25 % done)

      ○ Certificate (cert): complete by itself, but not beside the others
      ○ Degree (degree): complete by itself, but not beside the others

    Certificate (cert)
      ○ open       two  1 of 2 credentials
                   counted: a
                   to earn: c

    Degree (degree)
      ○ open       two  0 of 2 credentials
                   to earn: b, d

    What to do next
      1. earn b, for “two” of Degree (degree)
      2. earn c, for “two” of Certificate (cert)
      3. earn d, for “two” of Degree (degree)

    Why
      [1] a counts toward “two” of Certificate (cert)
      [2] b does not count: the policy “Nothing transferred beside another” at 2.toml:9 keeps it out of Certificate (cert)
      [3] “two” of Certificate (cert) has 1 of 2 credentials: 1 credential short
      [4] “two” of Degree (degree) has 0 of 2 credentials: 2 credentials short
      [5] Without the policy “Nothing transferred beside another” at 2.toml:9, it would be complete

    What forces this
      · “two” of Certificate (cert) asks for at least 2 credentials
      · “two” of Degree (degree) asks for at least 2 credentials
      · the policy “Nothing transferred beside another” at 2.toml:9
      with these rules alone as much would remain, and without any one of them less
    ");
}

/// Neither of two policies is to blame alone.
#[test]
fn policies_that_only_bind_together_are_named_together() {
    let policies = r#"
        [[sharing]]
        id = "first"
        between = ["cert", "degree"]
        at_most = { count = 1 }
        [[sharing]]
        id = "second"
        between = ["cert", "degree"]
        unique_at_least = { count = 1 }"#;
    assert_snapshot!(joint_text(&two(policies), "a\nb"), @"
    ○ not complete: 1 of 3 credentials to earn (66 % done)

      ○ Certificate (cert): complete by itself, but not beside the others
      ✓ Degree (degree): complete beside the others

    Certificate (cert)
      ○ open       two  1 of 2 credentials
                   counted: b
                   to earn: c

    Degree (degree)
      ✓ met        two  2 of 2 credentials
                   counted: a, b

    What to do next
      1. earn c, for “two” of Certificate (cert)

    Why
      [1] a counts toward “two” of Degree (degree)
      [2] b counts toward “two” of Certificate (cert)
      [3] b counts toward “two” of Degree (degree)
      [4] “two” of Certificate (cert) has 1 of 2 credentials: 1 credential short
      [5] Without the policy “first” at 2.toml:9 and the policy “second” at 2.toml:13, it would be complete

    What forces this
      · “two” of Certificate (cert) asks for at least 2 credentials
      · “two” of Degree (degree) asks for at least 2 credentials
      · the policy “first” at 2.toml:9
      with these rules alone as much would remain, and without any one of them less
    ");
}

/// A course that may be taken twice is had twice, whoever counts it: passing it more often does not
/// get round a policy.
#[test]
fn a_repeatable_credential_counts_its_number_of_times_in_all() {
    let more = r#"
        [credential]
        topics = { repeatable = 2 }
        c = {}
        d = {}
        [[sharing]]
        id = "none"
        between = ["cert", "degree"]
        at_most = { count = 0 }"#;
    let rules = two_of(r#""topics", "c""#, r#""topics", "d""#, more);
    let three = "topics on=2023-01-01\ntopics on=2024-01-01\ntopics on=2025-01-01\nc";
    assert_snapshot!(joint_text(&rules, three), @"
    ○ not complete: 1 of 4 credentials to earn (75 % done)

      ✓ Certificate (cert): complete beside the others
      ○ Degree (degree): complete by itself, but not beside the others

    Certificate (cert)
      ✓ met        two  2 of 2 credentials
                   counted: c, topics

    Degree (degree)
      ○ open       two  1 of 2 credentials
                   counted: topics
                   to earn: d

    What to do next
      1. earn d, for “two” of Degree (degree)

    Why
      [1] c counts toward “two” of Certificate (cert)
      [2] topics of 2023-01-01 counts toward “two” of Degree (degree)
      [3] topics of 2024-01-01 counts toward “two” of Certificate (cert)
      [4] topics of 2025-01-01 does not count: topics already counts, and counts 2 times at most
      [5] “two” of Degree (degree) has 1 of 2 credentials: 1 credential short
      [6] Without the policy “none” at 2.toml:7, it would be complete

    What forces this
      · “two” of Certificate (cert) asks for at least 2 credentials
      · “two” of Degree (degree) asks for at least 2 credentials
      · the policy “none” at 2.toml:7
      with these rules alone as much would remain, and without any one of them less
    ");
}

/// A qualification that asks for two others is bound by a policy of nobody.
#[test]
fn a_policy_of_no_qualification_binds_what_is_claimed_together() {
    let rules = two(r#"
        [[sharing]]
        id = "none"
        between = ["cert", "degree"]
        at_most = { count = 0 }
        ---
        [qualification]
        id = "both"
        all = ["cert", "degree"]"#);
    assert_snapshot!(audit_text(&rules, "a\nb"), @"
    both: 2 count remain
      a -> degree#two
      b -> cert#two
      not-awarded: “Certificate” asks for Certificate (cert), which is neither awarded nor complete
      not-awarded: “Degree” asks for Degree (degree), which is neither awarded nor complete
      lacks: “two” of Certificate (cert) has 1 of 2 credentials: 1 credential short
      lacks: “two” of Degree (degree) has 1 of 2 credentials: 1 credential short
      policy: Without the policy “none” at 2.toml:9, it would be complete
      next: earn c
      next: earn d
    ");
}

#[test]
fn a_policy_that_looks_into_awards_sees_what_earned_them() {
    let policy = "[[sharing]]\nid = \"once\"\nbetween = [\"cert\", \"degree\"]\nlooks_into_awards = true\nat_most = { count = 0 }";
    assert_snapshot!(audit_text(&two(policy), "a\nb\nc\ndegree on=2024-05-01 by=b,d"), @"
    cert: complete, 0 count remain
      a -> cert#two
      c -> cert#two
      sharing: b does not count: the policy “once” at 2.toml:8 keeps it out of Certificate (cert)
      not-asked: Degree (degree) of 2024-05-01 does not count: no requirement asks for it
    ");
    assert_snapshot!(audit_text(&two(policy), "a\nb\ndegree on=2024-05-01 by=b,d"), @"
    cert: 1 count remain
      a -> cert#two
      sharing: b does not count: the policy “once” at 2.toml:8 keeps it out of Certificate (cert)
      not-asked: Degree (degree) of 2024-05-01 does not count: no requirement asks for it
      lacks: “two” has 1 of 2 credentials: 1 credential short
      policy: Without the policy “once” at 2.toml:8, it would be complete
      next: earn c
    ");
    assert_snapshot!(audit_text(&two(policy), "a\nb\ndegree on=2024-05-01"), @"
    cert: complete, 0 count remain
      a -> cert#two
      b -> cert#two
      not-asked: Degree (degree) of 2024-05-01 does not count: no requirement asks for it
    ");
}
