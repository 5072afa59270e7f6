//! The rules with exceptions against the oracle, and against the same rules written for the learner.

use cairn_core::{Amount, Catalog, Date, Exception, Relief, SourceFile};
use cairn_engine::audit;
use cairn_testkit::{
    answer::{cost, oracle},
    random::{AS_OF, Case, Dice},
};

use crate::question;

/// Says which exceptions they were.
pub(crate) fn are_read_as_written(catalog: &Catalog, case: &Case) -> Vec<&'static str> {
    let mut dice = Dice::new(case.seed ^ 0x5eed);
    let mut exceptions: Vec<Exception> =
        (0..1 + dice.below(2)).filter_map(|_| exception(catalog, case, &mut dice)).collect();
    exceptions.retain(|one| catalog.excepting(std::slice::from_ref(one)).is_ok());
    let Some(first) = exceptions.first() else { return Vec::new() };
    let (qualification, _) = catalog.place_of(first).expect("it fits");
    // Two that fit may not fit together.
    let Ok(excepted) = catalog.excepting(&exceptions) else { return Vec::new() };
    let reversed: Vec<_> = exceptions.iter().rev().cloned().collect();
    assert_eq!(
        format!("{:?}", excepted.qualifications()),
        format!("{:?}", catalog.excepting(&reversed).expect("in any order").qualifications())
    );
    let learner = catalog.extended(&case.learner, &exceptions);
    let asked = question(catalog, case, qualification);
    let found = cost(audit(&excepted, &learner, &asked).verdict);
    let expected = oracle(&excepted, &learner, &asked);
    assert_eq!(found, expected, "{exceptions:#?}\n{}", case.text());
    let mut names: Vec<_> = exceptions.iter().map(|one| name(&one.relief)).collect();
    if let Some(written) = written(case, &exceptions).and_then(|files| cairn_core::load(&files).catalog) {
        let ix = written.find_qualifications(first.qualification.as_str())[0];
        let as_written = oracle(&written.beside(&learner), &learner, &asked.about(ix));
        assert_eq!(found, as_written, "as written: {exceptions:#?}\n{}", case.text());
        names.push("exceptions as if the rules said so");
    }
    names
}

fn name(relief: &Relief) -> &'static str {
    match relief {
        Relief::Allow(_) => "exception: allow",
        Relief::Substitute(..) => "exception: substitute",
        Relief::CountHere(_) => "exception: count here",
        Relief::Amount(_) => "exception: amount",
        Relief::Waive => "exception: waive",
        Relief::Extend(..) => "exception: extend",
    }
}

fn exception(catalog: &Catalog, case: &Case, dice: &mut Dice) -> Option<Exception> {
    let qualifications: Vec<_> = catalog.qualification_indexes().collect();
    let rules = catalog.qualification(dice.pick(&qualifications));
    let requirements: Vec<_> = rules.requirement_indexes().collect();
    let requirement = rules.requirement(dice.pick(&requirements));
    let credentials: Vec<_> = catalog.credentials().iter().map(|one| &one.id).collect();
    let mut credential = || dice.pick(&credentials).clone();
    let (one, other) = (credential(), credential());
    let held = case.learner.holdings.first().map(|holding| holding.credential.clone());
    let relief = match dice.below(7) {
        0 | 1 => Relief::Allow(one),
        2 => Relief::Substitute(one, other),
        3 => {
            Relief::CountHere(held.filter(|id| catalog.find_credential(id.as_str()).is_some()).unwrap_or(one))
        }
        4 => Relief::Amount(Amount::from_thousandths(dice.pick(&[1_000, 1_500, 2_000, 20_000]))),
        5 => Relief::Waive,
        _ => Relief::Extend(
            held?,
            dice.pick(&[AS_OF, Date::constant(2026, 6, 14), Date::constant(2027, 1, 1)]),
        ),
    };
    Some(Exception { qualification: rules.id.clone(), requirement: requirement.id.clone(), relief })
}

/// The rule files with what each exception grants written into them, where it can be.
fn written(case: &Case, exceptions: &[Exception]) -> Option<Vec<SourceFile>> {
    let mut files = case.files.clone();
    for (number, exception) in exceptions.iter().enumerate() {
        let (code, edition) = match exception.qualification.as_str().split_once('@') {
            Some((code, edition)) => (code, Some(edition)),
            None => (exception.qualification.as_str(), None),
        };
        let is_it = |file: &&mut SourceFile| {
            let edition = edition.map(|edition| format!("\nedition = \"{edition}\"\n"));
            file.text.contains(&format!("[qualification]\nid = \"{code}\"\n"))
                && edition.is_none_or(|edition| file.text.contains(&edition))
        };
        let file = files.iter_mut().find(is_it)?;
        file.text = rewritten(&file.text, exception, number)?;
    }
    Some(files)
}

fn rewritten(text: &str, exception: &Exception, number: usize) -> Option<String> {
    let head = format!("[requirement.{}]\n", exception.requirement);
    let (before, rest) = text.split_once(&head)?;
    let end = rest.find("\n[").map_or(rest.len(), |at| at + 1);
    let (block, after) = rest.split_at(end);
    let (pool, pair) = (format!("allowed{number}"), format!("pair{number}"));
    let mut pools = String::new();
    // A lower limit for each value would ask for more where something is allowed.
    let mut allow = |credential: &dyn std::fmt::Display| -> Option<String> {
        pools.push_str(&format!("[pool.{pool}]\nof = [\"{credential}\"]\n"));
        if text.contains("per = ") {
            return None;
        }
        let from = block.lines().find(|line| line.starts_with("from = "))?;
        let list = from.trim_start_matches("from = ").trim_matches(['[', ']']);
        // Limits have a `from` of their own.
        let written = format!("from = [{list}, \"{pool}\"]");
        let lines = block.lines().map(|line| if line == from { &written } else { line });
        Some(lines.flat_map(|line| [line, "\n"]).collect())
    };
    let block = match &exception.relief {
        Relief::Allow(credential) => allow(credential)?,
        Relief::Substitute(held, wanted) => {
            let block = allow(held)?;
            let of = if held == wanted { format!("\"{held}\"") } else { format!("\"{held}\", \"{wanted}\"") };
            pools.push_str(&format!("[pool.{pair}]\nof = [{of}]\n"));
            let cap = format!("{{ at_most = {{ count = 1 }}, from = \"{pair}\" }}");
            match block.contains("\nlimits = [") {
                true => block.replace("\nlimits = [", &format!("\nlimits = [{cap}, ")),
                false => format!("limits = [{cap}]\n{block}"),
            }
        }
        // An exception speaks of the common scheme, the text perhaps of another.
        Relief::Amount(_) if text.contains("scheme = ") => return None,
        Relief::Amount(amount) => {
            let own = |line: &&str| ["count = ", "credits = "].iter().any(|word| line.starts_with(word));
            let mut needs = block.lines().filter(own);
            let (Some(need), None) = (needs.next(), needs.next()) else { return None };
            let (word, _) = need.split_once(" = ")?;
            block.replace(&format!("{need}\n"), &format!("{word} = {amount}\n"))
        }
        Relief::Waive if !block.contains("when = ") => format!("when = {{ attested = \"never\" }}\n{block}"),
        Relief::Waive | Relief::CountHere(_) => return None,
        Relief::Extend(..) => block.to_owned(),
    };
    Some(format!("{before}{head}{block}{after}{pools}"))
}
