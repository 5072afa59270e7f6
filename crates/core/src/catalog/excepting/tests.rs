//! The edges of exceptions; what they mean is compared with the oracle on random rules.

use crate::{Exception, Holding, Learner, Misfit, Relief, SourceFile, catalog::Rule};

use super::*;

const RULES: &str = r#"
format = 1
[credential.a]
credits = 5
valid = "1 year"
[credential.b]
credits = 5
[credential.c]
credits = 5
requires = ["q"]
[qualification]
id = "q"
all = ["some", "hours", "few"]
limits = [{ at_least = { credits = 20 } }]
[requirement.some]
credits = 10
from = "p"
limits = [{ at_most = { fraction = "1/2", of = "required", measure = "credits" }, from = "few" }]
[requirement.few]
count = 2
from = "p"
[requirement.hours]
attest = "hours"
at_least = 40
[pool.p]
of = ["a", "b"]
[pool.few]
of = ["b"]
"#;

fn catalog() -> Catalog {
    let file = SourceFile { path: "q.toml".to_owned(), text: RULES.to_owned() };
    let loading = crate::load(&[file]);
    loading.catalog.unwrap_or_else(|| panic!("{:#?}", loading.findings))
}

fn exception(requirement: &str, relief: Relief) -> Exception {
    let qualification = "q".parse().expect("an id");
    Exception { qualification, requirement: requirement.parse().expect("an id"), relief }
}

fn take(catalog: &Catalog) -> &Take {
    let rules = &catalog.qualifications()[0];
    let ix = rules.find_requirement(&"some".parse().expect("an id")).expect("it is there");
    match &rules.requirement(ix).rule {
        Rule::Take(take) => take,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_a_part_of_a_lowered_need_goes_with_it() {
    let six = exception("some", Relief::Amount(Amount::whole(6)));
    let four = exception("some", Relief::Amount(Amount::whole(4)));
    let excepted = catalog().excepting(&[six.clone(), four]).expect("it fits");
    let take = take(&excepted);
    assert_eq!((take.floors[0].amount, take.caps[0].amount), (Amount::whole(4), Amount::whole(2)));
    let root = exception("q", Relief::Amount(Amount::whole(15)));
    let excepted = catalog().excepting(&[root]).expect("it fits");
    assert_eq!(excepted.qualifications()[0].limits[0].amount, Amount::whole(15));
    assert_eq!(catalog().excepting(&[six.clone(), six]).map(drop), Ok(()), "the same once more");
}

#[test]
fn what_the_rules_do_not_ask_for_cannot_be_granted() {
    let refused = |requirement: &str, relief| catalog().excepting(&[exception(requirement, relief)]).err();
    let id = |name: &str| name.parse().expect("an id");
    let idle = |refused: Option<Misfit>| matches!(refused, Some(Misfit::Idle(..)));
    assert!(idle(refused("some", Relief::Amount(Amount::whole(10)))));
    assert!(idle(refused("hours", Relief::Amount(Amount::whole(40)))));
    assert!(idle(refused("hours", Relief::Allow(id("b")))));
    assert!(idle(refused("few", Relief::Amount(Amount::from_thousandths(1_500)))));
    assert!(idle(refused("q", Relief::Waive)));
    assert_eq!(refused("none", Relief::Waive), Some(Misfit::NoRequirement("none".parse().expect("an id"))));
    assert_eq!(refused("some", Relief::Allow(id("z"))), Some(Misfit::NoCredential(id("z"))));
    // The award of `q` must be had before `c`.
    assert_eq!(refused("some", Relief::Allow(id("c"))), Some(Misfit::Circle));
    assert_eq!(refused("hours", Relief::Amount(Amount::whole(39))), None);
}

#[test]
fn an_extension_never_cuts() {
    let day = |text: &str| text.parse().expect("a day");
    let mut learner = Learner::new("ada".parse().expect("an id"));
    let held = |name: &str| Holding {
        awarded: Some(day("2026-01-01")),
        ..Holding::of(name.parse().expect("an id"))
    };
    learner.holdings = vec![held("a"), held("b"), Holding { expires: Some(day("2026-06-01")), ..held("b") }];
    let until =
        |name: &str, text: &str| exception("q", Relief::Extend(name.parse().expect("an id"), day(text)));
    let ends = |exceptions: &[Exception]| {
        let extended = catalog().extended(&learner, exceptions);
        extended
            .holdings
            .into_iter()
            .map(|holding| holding.expires.map(|day| day.to_string()))
            .collect::<Vec<_>>()
    };
    let later = [until("a", "2028-01-01"), until("a", "2027-06-01"), until("b", "2028-01-01")];
    assert_eq!(ends(&later), [Some("2028-01-01".to_owned()), None, Some("2028-01-01".to_owned())]);
    let earlier = [until("a", "2026-02-01"), until("b", "2026-02-01")];
    assert_eq!(ends(&earlier), [None, None, Some("2026-06-01".to_owned())]);
}
