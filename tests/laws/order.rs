//! Law 5: the order in which things are written or recorded does not matter, nor what they are called.

use cairn_core::{Catalog, CredentialId, Holding, Learner, Measure};
use cairn_engine::{Audit, audit, best, forced, pareto, price_of};
use cairn_report::AuditReport;
use cairn_testkit::random::{Case, Dice};
use proptest::prelude::*;

use crate::{config, question, sound_cases};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_order_of_what_is_written_does_not_matter((case, catalog) in sound_cases()) {
        let mut dice = Dice::new(case.seed);
        let mut other = case.clone();
        other.files.iter_mut().for_each(|file| file.text = shuffled(&file.text, &mut dice));
        dice.shuffle(&mut other.files);
        dice.shuffle(&mut other.learner.holdings);
        dice.shuffle(&mut other.learner.attestations);
        let shuffled = other.catalog().expect("the same rules");
        let (one, two) = (audited(&catalog, &case), audited(&shuffled, &other));
        prop_assert_eq!(&one, &two, "{}\n{}", case.text(), other.text());
        let json = |catalog: &Catalog, learner: &Learner, audit: &Audit| {
            without_lines(&serde_json::to_string(&AuditReport::new(catalog, learner, audit)).expect("plain data"))
        };
        prop_assert_eq!(json(&catalog, &case.learner, &one), json(&shuffled, &other.learner, &two));
        let question = question(&catalog, &case);
        let more = |catalog: &Catalog, learner: &Learner| {
            let by_both = question.by(&[Measure::Cost, Measure::Effort]);
            let prices: Vec<_> =
                (0..one.holdings.len()).map(|holding| price_of(catalog, learner, &question, holding)).collect();
            (
                best(catalog, learner, &question, 3),
                pareto(catalog, learner, &by_both),
                forced(catalog, learner, &question),
                prices,
            )
        };
        prop_assert_eq!(more(&catalog, &case.learner), more(&shuffled, &other.learner), "{}", case.text());
    }

    #[test]
    fn renaming_renames_the_answer((case, catalog) in sound_cases()) {
        let mut other = case.clone();
        other.files.iter_mut().for_each(|file| file.text = renamed(&file.text));
        other.learner.holdings.iter_mut().for_each(rename);
        let mut expected = audited(&catalog, &case);
        expected.holdings.iter_mut().for_each(rename);
        let renamed = other.catalog().expect("the same rules");
        prop_assert_eq!(audited(&renamed, &other), expected, "{}\n{}", case.text(), other.text());
    }
}

/// Another name for what is held, and for what earned it.
fn rename(holding: &mut Holding) {
    let renamed = |id: &CredentialId| format!("a-{id}").parse().expect("an id");
    holding.credential = renamed(&holding.credential);
    holding.components = holding.components.iter().map(|(id, times)| (renamed(id), *times)).collect();
}

/// Where a policy is written is said with its line, which does depend on the order.
fn without_lines(text: &str) -> String {
    let mut parts = text.split(".toml:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |so_far, part| so_far + ".toml" + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn audited(catalog: &Catalog, case: &Case) -> Audit {
    audit(catalog, &case.learner, &question(catalog, case))
}

/// The same file with its tables, the keys in them, and the elements of lists in another order.
fn shuffled(text: &str, dice: &mut Dice) -> String {
    let (first, rest) = text.split_once("\n[").expect("a file has a table");
    let mut tables: Vec<String> = rest.split("\n[").map(|table| shuffled_table(table, dice)).collect();
    dice.shuffle(&mut tables);
    format!("{first}\n[{}", tables.join("\n["))
}

fn shuffled_table(table: &str, dice: &mut Dice) -> String {
    let mut lines = table.lines().filter(|line| !line.is_empty());
    let header = lines.next().expect("a table has a header").to_owned();
    let mut keys: Vec<String> = lines.map(|line| shuffled_lists(line, dice)).collect();
    dice.shuffle(&mut keys);
    [vec![header], keys].concat().join("\n") + "\n"
}

/// A line with the elements of every list and inline table in another order.
fn shuffled_lists(line: &str, dice: &mut Dice) -> String {
    let Some(begin) = line.find(['[', '{']) else { return line.to_owned() };
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for (at, c) in line[begin..].char_indices() {
        depth += i32::from("[{".contains(c)) - i32::from("]}".contains(c));
        match c {
            _ if depth == 0 => {
                let mut parts: Vec<_> = parts.iter().map(|part| shuffled_lists(part.trim(), dice)).collect();
                dice.shuffle(&mut parts);
                let (open, rest) = (&line[begin..=begin], shuffled_lists(&line[begin + at + 1..], dice));
                return format!("{}{open}{}{c}{rest}", &line[..begin], parts.join(", "));
            }
            ',' if depth == 1 => parts.push(String::new()),
            _ if at > 0 => parts.last_mut().expect("never empty").push(c),
            _ => {}
        }
    }
    unreachable!("brackets are closed: {line}")
}

/// The same file with another name for everything that has an id, in the same order of ids.
fn renamed(text: &str) -> String {
    let mut renamed = String::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        let is_id = word.starts_with(['c', 'q', 'r', 'p', 'a'])
            && word.chars().nth(1).is_some_and(|digit| digit.is_ascii_digit());
        renamed.push_str(&if is_id { format!("a-{word}") } else { word.clone() });
        word.clear();
        renamed.push(c);
    }
    renamed
}
