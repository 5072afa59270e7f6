//! Random learners for random rules.

use std::collections::BTreeSet;

use cairn_core::{Amount, Attestation, Date, Holding, Learner, Scalar, Source, State};

use super::{AS_OF, Dice, rules::Author};

/// A learner of the author's catalog; once in a while one who holds everything.
pub(super) fn learner(seed: u64, author: &mut Author) -> Learner {
    let mut learner = Learner::new(format!("s{seed}").parse().expect("an id"));
    if author.dice.once_in(5) {
        for at in 0..author.credentials {
            let mut holding = Holding::of(format!("c{at}").parse().expect("an id"));
            holding.awarded = Some(AS_OF);
            holding.grade = Some(Amount::whole(4));
            learner.holdings.push(holding);
        }
        if author.dice.once_in(2) {
            learner.holdings.truncate(2);
        }
    }
    let more = if learner.holdings.is_empty() { author.dice.below(5) } else { author.dice.below(2) };
    for _ in 0..more {
        let name = match author.dice.below(12) {
            0 | 1 => {
                author.note("holding of an award");
                let at = author.dice.below(author.qualifications.len());
                if author.dice.once_in(2) { author.qualifications[at].0.clone() } else { author.name(at) }
            }
            2 | 3 if author.uses("holding not in the catalog", 2) => {
                author.dice.pick(&["unknown", "unknown", "elsewhere"]).to_owned()
            }
            _ => format!("c{}", author.dice.below(author.credentials)),
        };
        let mut holding = holding(&name, &mut author.dice);
        if holding.credential.as_str().starts_with('q') && author.uses("components of an award", 2) {
            for _ in 0..1 + author.dice.below(2) {
                let name = format!("c{}", author.dice.below(author.credentials));
                *holding.components.entry(name.parse().expect("an id")).or_default() += 1;
            }
        }
        if author.has_schemes && holding.credits.is_some() && author.dice.once_in(2) {
            let scheme = author.dice.pick(&["exact", "rounded", "common", "unknown"]);
            holding.scheme = Some(scheme.parse().expect("an id"));
        }
        note_facts(&holding, author);
        if learner.holdings.iter().any(|other| other.credential == holding.credential) {
            author.note("holding, two of one credential");
        }
        learner.holdings.push(holding);
    }
    // What the oracle tries multiplies with every holding and credential, and most in coupled scopes.
    let is_coupled = author
        .constructs
        .values()
        .any(|used| used.contains("sharing of three") || used.contains("sharing of no qualification"));
    let more = ["repeatable", "open pool", "open pool, several times", "open pools, two"];
    let uses = |used: &BTreeSet<_>| more.iter().filter(|one| used.contains(*one)).count();
    let more: usize = author.constructs.values().map(uses).sum();
    let room = 7_usize.saturating_sub(author.credentials + more).max(1);
    learner.holdings.truncate(if is_coupled { 2.min(room) } else { room });
    // The store takes two holdings with equal facts for one; the evidence tells them apart.
    for (number, holding) in learner.holdings.iter_mut().enumerate() {
        holding.evidence = Some(format!("folder {number}"));
    }
    for _ in 0..author.dice.pick(&[0, 0, 1, 1, 2]) {
        author.note("attestation");
        let amount = Amount::whole(author.dice.pick(&[1, 20, 40]));
        let on = author.dice.pick(&[None, Some(AS_OF), Some(Date::constant(2026, 6, 16))]);
        let evidence = Some(format!("letter {}", learner.attestations.len()));
        let key = author.dice.pick(&["hours", "hours", "licence"]).parse().expect("a key");
        learner.attestations.push(Attestation { key, amount, on, evidence });
    }
    learner
}

fn note_facts(holding: &Holding, author: &mut Author) {
    let facts = [
        ("holding.expires", holding.expires.is_some()),
        ("holding.grade", holding.grade.is_some()),
        ("holding.credits", holding.credits.is_some()),
        ("holding.scheme", holding.scheme.is_some()),
        ("holding.issuer", holding.issuer.is_some()),
        ("holding.attributes", !holding.attributes.is_empty()),
        ("holding without a day", holding.awarded.is_none()),
        ("holding in progress", holding.state == State::InProgress),
        ("holding planned", holding.state == State::Planned),
        ("holding revoked", holding.state == State::Revoked),
        ("holding recognised", holding.source == Source::Recognised),
        ("holding transferred", holding.source == Source::Transferred),
    ];
    facts.iter().filter(|(_, is_used)| *is_used).for_each(|(construct, _)| author.note(construct));
}

/// A random holding of a credential or qualification.
pub fn holding(name: &str, dice: &mut Dice) -> Holding {
    let days = [
        (2026, 1, 10),
        (2025, 6, 15),
        (2025, 6, 14),
        (2024, 6, 15),
        (2024, 2, 29),
        (2026, 6, 15),
        (2026, 6, 16),
    ];
    let day = |(year, month, day)| Date::constant(year, month, day);
    let mut holding = Holding::of(name.parse().expect("an id"));
    holding.awarded = (!dice.once_in(4)).then(|| day(dice.pick(&days)));
    holding.expires = dice.once_in(6).then(|| day(dice.pick(&days)));
    holding.grade = dice.once_in(2).then(|| dice.pick(&["2", "2.5", "4"]).parse().expect("a grade"));
    holding.credits = dice.once_in(8).then(|| dice.pick(&["1.5", "8"]).parse().expect("credits"));
    holding.issuer = dice.once_in(8).then(|| dice.pick(&["x", "z"]).to_owned());
    if dice.once_in(6) {
        holding.attributes.insert("live".to_owned(), vec![Scalar::Flag(dice.once_in(2))]);
    }
    if dice.once_in(10) {
        let values = [Scalar::Text("a".to_owned()), Scalar::Text("c".to_owned())];
        holding.attributes.insert("track".to_owned(), values[dice.below(2)..].to_vec());
    }
    if dice.once_in(10) {
        let points = dice.pick(&["0", "3"]).parse().expect("points");
        holding.attributes.insert("points".to_owned(), vec![Scalar::Number(points)]);
    }
    if dice.once_in(10) {
        let subjects = [Scalar::Text("s0".to_owned()), Scalar::Text("s9".to_owned())];
        holding.attributes.insert("subject".to_owned(), subjects[dice.below(2)..].to_vec());
    }
    holding.source = dice.pick(Source::ALL);
    if dice.once_in(4) {
        holding.state = dice.pick(State::ALL);
    }
    holding
}
