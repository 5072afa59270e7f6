//! Families that are hard for a search, and large ones. Each has an answer that is known otherwise;
//! none has a time limit, but a family that does not finish is a fault of the solver.

use std::{collections::BTreeSet, fmt::Write as _};

use cairn_core::{Amount, Catalog, Learner, SourceFile};
use cairn_engine::{Audit, Prepared, Question, Record, audit, prepared::Scratch, remaining};
use cairn_testkit::{
    answer::{cost, plain},
    random::{AS_OF, Dice},
};

/// Credits and costs that have nothing in common.
fn odd(at: usize) -> usize {
    17 + (at * 37 + at * at * 11) % 89
}

/// Rules with credentials `c0` to `c(n-1)`, of odd credits and costs.
fn rules(credentials: usize, text: &str) -> Catalog {
    rules_of(credentials, text, odd)
}

fn rules_of(credentials: usize, rules: &str, credits: fn(usize) -> usize) -> Catalog {
    let mut text = format!("format = 1\n{rules}\n[credential]\n");
    for at in 0..credentials {
        let _ = writeln!(
            text,
            "c{at} = {{ credits = {}, cost = {}, kind = \"k\" }}",
            credits(at),
            odd(at + 1000)
        );
    }
    let loading = cairn_core::load(&[SourceFile { path: "rules.toml".to_owned(), text }]);
    assert_eq!(loading.findings, []);
    loading.catalog.expect("without findings there is a catalog")
}

fn names(from: impl Iterator<Item = usize>) -> String {
    from.map(|at| format!("\"c{at}\"")).collect::<Vec<_>>().join(", ")
}

#[expect(clippy::print_stdout, reason = "no time is asserted, but it may be looked at")]
fn audited(name: &str, catalog: &Catalog, held: impl Iterator<Item = usize>) -> Audit {
    let learner = holder(held);
    let first = catalog.qualification_indexes().next().expect("one");
    let started = std::time::Instant::now();
    let audit = audit(catalog, &learner, &Question::new(catalog, first, AS_OF));
    println!("{name}: {:?} in {:?}", audit.verdict, started.elapsed());
    audit
}

fn holder(held: impl Iterator<Item = usize>) -> Learner {
    let mut learner = Learner::new("ada".parse().expect("an id"));
    learner.holdings = held.map(|at| plain(&format!("c{at}"), AS_OF)).collect();
    learner
}

fn measure(audit: &Audit) -> Option<usize> {
    let thousandths = cost(audit.verdict)?.measure.thousandths();
    Some(usize::try_from(thousandths / Amount::ONE.thousandths()).expect("not negative"))
}

/// Thirty holdings for thirty-one places that each want one.
#[test]
fn a_holding_too_few_for_the_places() {
    let slots: Vec<_> = (0..31).map(|slot| format!("s{slot}")).collect();
    let quoted: Vec<_> = slots.iter().map(|slot| format!("\"{slot}\"")).collect();
    let mut text =
        format!("[qualification]\nid = \"q\"\nmeasure = \"cost\"\nall = [{}]\n", quoted.join(", "));
    text.push_str("[pool.p]\nwhere = { kind = \"k\" }\n");
    for slot in &slots {
        let _ = writeln!(text, "[requirement.{slot}]\ncount = 1\nfrom = \"p\"");
    }
    let none_left = audited("30 for 31", &rules(30, &text), 0..30);
    assert_eq!(measure(&none_left), None);
    let one_left = audited("30 of 31 for 31", &rules(31, &text), 0..30);
    assert_eq!(measure(&one_left), Some(odd(1030)));
}

/// Two choices of three from pools that overlap by one, with one holding where they meet.
#[test]
fn two_choices_of_three_that_overlap() {
    for size in 7..=30 {
        let text = format!(
            "[qualification]\nid = \"q\"\nmeasure = \"cost\"\nall = [\"a\", \"b\"]\n\
             [requirement.a]\ncount = 3\nfrom = \"a\"\n[requirement.b]\ncount = 3\nfrom = \"b\"\n\
             [pool.a]\nof = [{}]\n[pool.b]\nof = [{}]\n",
            names(0..size),
            names(size - 3..2 * size - 3),
        );
        let found = audited(&format!("3 of {size}, twice"), &rules(2 * size - 3, &text), size - 1..size);
        // The one holding goes to either side; the rest is the cheapest five that fit.
        let price = |at: usize| odd(at + 1000);
        let mut best = usize::MAX;
        let all: Vec<usize> = (0..2 * size - 3).filter(|&at| at != size - 1).collect();
        for needed in [(2, 3), (3, 2)] {
            for shared in 0..4usize {
                let both = [size - 3, size - 2];
                let to_left: Vec<_> =
                    (0..2).filter(|bit| shared >> bit & 1 == 0).map(|bit| both[bit]).collect();
                let side = |is_left: bool, count: usize| {
                    let mut prices: Vec<_> = all
                        .iter()
                        .filter(|&&at| match both.contains(&at) {
                            true => to_left.contains(&at) == is_left,
                            false => (at < size) == is_left,
                        })
                        .map(|&at| price(at))
                        .collect();
                    prices.sort_unstable();
                    prices.iter().take(count).sum::<usize>()
                };
                best = best.min(side(true, needed.0) + side(false, needed.1));
            }
        }
        assert_eq!(measure(&found), Some(best), "{size}");
    }
}

/// Twenty requirements that look at three credentials each: the cheapest cover.
#[test]
fn twenty_choices_among_shared_credentials() {
    let mut dice = Dice::new(7);
    let mut text = String::from("[qualification]\nid = \"q\"\nmeasure = \"cost\"\nall = [");
    for at in 0..20 {
        let _ = write!(text, "\"r{at}\", ");
    }
    text.push_str("]\n");
    let mut sets = Vec::new();
    for at in 0..20 {
        let mut set: Vec<usize> = (0..16).collect();
        dice.shuffle(&mut set);
        set.truncate(3);
        let _ = writeln!(text, "[requirement.r{at}]\ncount = 1\nfrom = \"p{at}\"\nover = \"held\"");
        let _ = writeln!(text, "[pool.p{at}]\nof = [{}]", names(set.iter().copied()));
        sets.push(set);
    }
    let found = audited("cover", &rules(16, &text), 0..0);
    let covers = |chosen: u32| sets.iter().all(|set| set.iter().any(|at| chosen >> at & 1 == 1));
    let price =
        |chosen: u32| (0..16).filter(|at| chosen >> at & 1 == 1).map(|at| odd(at + 1000)).sum::<usize>();
    assert_eq!(measure(&found), (0..1 << 16).filter(|&chosen| covers(chosen)).map(price).min());
    // The same, where each credential is used up by one `any`.
    let mut text = String::from("[qualification]\nid = \"q\"\nmeasure = \"cost\"\nall = [");
    for at in 0..20 {
        let _ = write!(text, "\"r{at}\", ");
    }
    text.push_str("]\n");
    for at in 0..20 {
        let three = BTreeSet::from([at, at + 3, (at * 7) % 24]);
        let _ = writeln!(text, "[requirement.r{at}]\nany = [{}]", names(three.into_iter()));
    }
    let found = audited("20 any", &rules(24, &text), 0..10);
    assert!(measure(&found).is_some());
}

/// Two amounts of credits that thirty units of odd sizes must fill, with little room above.
///
/// Without any room (`at_most` equal to the need, twice, from one pool) the cheapest way from nothing
/// is a double subset sum, which the relaxation does not bound; it takes minutes.
#[test]
fn credits_that_hardly_fit() {
    let total: usize = (0..30).map(odd).sum();
    for (a, b, room) in
        [(total / 2, total - total / 2, 0), (total / 3, total / 3, 12), (total / 2, total / 4, 12)]
    {
        let text = format!(
            "[qualification]\nid = \"q\"\nmeasure = \"cost\"\nall = [\"a\", \"b\"]\n[pool.p]\nwhere = {{ kind = \"k\" }}\n\
             [requirement.a]\ncredits = {a}\nfrom = \"p\"\nlimits = [{{ at_most = {} }}]\n\
             [requirement.b]\ncredits = {b}\nfrom = \"p\"\nlimits = [{{ at_most = {} }}]\n",
            a + room,
            b + room,
        );
        let held = audited(&format!("{a} and {b} of {total}, all held"), &rules(30, &text), 0..30);
        assert_eq!(measure(&held), Some(0), "the halves are even");
        let half = audited(&format!("{a} and {b} of {total}, half held"), &rules(30, &text), 0..15);
        assert!(measure(&half).is_some());
    }
}

/// Even credits, and a need that is odd.
#[test]
fn credits_that_can_never_come_out_even() {
    let mut text = String::from(
        "format = 1\n[qualification]\nid = \"q\"\nmeasure = \"credits\"\nall = [\"a\", \"b\"]\n[pool.p]\nwhere = { kind = \"k\" }\n\
         [requirement.a]\ncredits = 501\nfrom = \"p\"\nlimits = [{ at_most = 501 }]\n\
         [requirement.b]\ncredits = 100\nfrom = \"p\"\n[credential]\n",
    );
    for at in 0..30 {
        let _ = writeln!(text, "c{at} = {{ credits = {}, kind = \"k\" }}", 2 * odd(at));
    }
    let catalog =
        cairn_core::load(&[SourceFile { path: "rules.toml".to_owned(), text }]).catalog.expect("rules");
    assert_eq!(measure(&audited("odd from even", &catalog, 0..30)), None);
}

/// Three hundred holdings for ten requirements with limits.
///
/// Only what remains is asked for. A whole audit also asks for the least from nothing; with these
/// pools the search for it is stopped by nothing but its end, which takes minutes.
#[test]
fn three_hundred_holdings() {
    let mut text = String::from("[qualification]\nid = \"q\"\nmeasure = \"credits\"\nall = [");
    for at in 0..10 {
        let _ = write!(text, "\"r{at}\", ");
    }
    text.push_str("]\nlimits = [{ at_most = { count = 290 } }]\n");
    for at in 0..10 {
        let pool = names((0..320).filter(|unit| unit % 10 == at || unit % 7 == at % 7));
        let _ = writeln!(text, "[pool.p{at}]\nof = [{pool}]\n[requirement.r{at}]\ncredits = 240");
        let _ = writeln!(text, "from = \"p{at}\"\nlimits = [{{ at_most = {{ count = 40 }} }}]");
    }
    let catalog = rules_of(320, &text, |at| [5, 10, 15, 6][at % 4]);
    let learner = holder(0..300);
    let first = catalog.qualification_indexes().next().expect("one");
    let left = remaining(&catalog, &learner, &Question::new(&catalog, first, AS_OF));
    assert_eq!(left.map(|cost| cost.measure), Some(Amount::ZERO));
}

/// A thousand requirements, and a hundred and thirty leaves over shared pools.
#[test]
fn a_thousand_requirements() {
    let mut text = String::from("[qualification]\nid = \"q\"\nall = [");
    for at in 0..100 {
        let _ = write!(text, "\"g{at}\", ");
    }
    text.push_str("]\n");
    for at in 0..100 {
        let _ = writeln!(text, "[requirement.g{at}]\nchoose = 6\nof = [{}]", names(at * 9..at * 9 + 9));
    }
    let found = audited("1,000 requirements", &rules(900, &text), (0..900).filter(|at| at % 9 < 5));
    assert_eq!(measure(&found), Some(100));

    let mut text = String::from("[qualification]\nid = \"q\"\nall = [");
    for at in 0..130 {
        let _ = write!(text, "\"r{at}\", ");
    }
    text.push_str("]\n");
    for at in 0..130 {
        let _ = writeln!(
            text,
            "[pool.p{at}]\nof = [{}]",
            names([at, (at + 1) % 130, (at + 40) % 130].into_iter())
        );
        let _ = writeln!(text, "[requirement.r{at}]\ncount = 1\nfrom = \"p{at}\"");
    }
    let found = audited("130 leaves", &rules(130, &text), 0..100);
    assert_eq!(measure(&found), Some(30));
}

/// Forty rungs, each reached from either of the two below: the ways up double at every rung, the
/// questions do not.
#[test]
fn a_ladder_with_two_ways_up_at_every_rung() {
    let units = "format = 1\n[credential]\nfirst = { credits = 1 }\nsecond = { credits = 1 }\n".to_owned();
    let mut files = vec![SourceFile { path: "units.toml".to_owned(), text: units }];
    for rung in 0..40 {
        for side in ["a", "b"] {
            let mut text = format!("format = 1\n[qualification]\nid = \"q{rung}{side}\"\n");
            match (rung, side) {
                (0, "a") => text.push_str("all = [\"first\"]\n"),
                (0, _) => text.push_str("all = [\"first\", \"second\"]\n"),
                _ => {
                    text.push_str("any = [\"a\", \"b\"]\n");
                    for below in ["a", "b"] {
                        let _ = writeln!(
                            text,
                            "[requirement.{below}]\naward = \"q{}{below}\"\nas = \"earned\"",
                            rung - 1
                        );
                    }
                }
            }
            files.push(SourceFile { path: format!("q{rung}{side}.toml"), text });
        }
    }
    let loading = cairn_core::load(&files);
    assert_eq!(loading.findings, []);
    let catalog = loading.catalog.expect("without findings there is a catalog");
    let top = catalog
        .qualification_indexes()
        .find(|&ix| catalog.qualification(ix).id.to_string() == "q39b")
        .expect("the top");
    let question = Question::new(&catalog, top, AS_OF);
    let prepared = Prepared::new(&catalog, &question);
    let mut scratch = Scratch::default();
    for (held, left) in [(vec![], 1), (vec!["first"], 0), (vec!["second"], 1)] {
        let mut learner = Learner::new("ada".parse().expect("an id"));
        learner.holdings = held.iter().map(|id| plain(id, AS_OF)).collect();
        let record = Record::new(&catalog, &learner);
        let cost = prepared.remaining(&record, &mut scratch).expect("there is a way up");
        assert_eq!(cost.new, left, "{held:?}");
    }
}
