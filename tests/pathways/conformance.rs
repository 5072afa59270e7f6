//! `docs/reference/conformance.md`: which of the rule shapes of real awarding systems are pinned down.
//!
//! Each has a folder in `pathways/conformance/`, with learners who are clearly in, clearly out, just
//! inside and just outside. `CAIRN_BLESS=1` writes the page anew.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf};

use cairn_testkit::folder;

/// The shapes, in the order of their rows.
const SHAPES: [&str; 55] = [
    "all of a fixed set",
    "n of m",
    "core, elective groups, capped imports, and the rest",
    "the title depends on what was chosen",
    "what cannot be computed must be stated",
    "hours beside units",
    "credit sums with size classes",
    "a floor of credits at or above a level",
    "nested floors of level",
    "mixed floors of structure",
    "a chain of rungs",
    "a branching rung",
    "a ladder with several exits",
    "an award that uses credit up",
    "a shelf life set by two parties",
    "recency, with a category exempt",
    "recency at somebody's discretion",
    "active, not merely earned",
    "a renewal window, and grace on retirement",
    "a lapse that cascades",
    "a maintenance cycle with floor and cap",
    "sharing caps with a direction",
    "a unique share, jointly with transfer",
    "a cap that is a fraction of the target",
    "a number of purposes per credential",
    "overlap with only one other programme",
    "half of it unique",
    "only the surplus may be shared",
    "a fixed cap, and a ban of pairs",
    "residency: the larger of a number and a part",
    "residency: a part, or a number",
    "residency: the last n",
    "floors of buckets",
    "the provider's share chooses the awarding body",
    "a cap on prior learning and transfer",
    "credit for a restricted use",
    "a recommendation that expires",
    "a threshold of equivalence, and a top-up",
    "equivalence that is not transitive",
    "equivalence of several for one",
    "barred pairs",
    "a cap with wildcard, property and exception",
    "a cap on poor grades, inside an average",
    "a cap on pass/fail",
    "one sitting",
    "a trade-off between groups",
    "an ordered sequence",
    "a choice of catalog years",
    "two awards of one catalog year",
    "teach-out",
    "an award in reverse",
    "an award that needs intent",
    "accepted, but not advised",
    "a structure that depends on a condition",
    "a guard on the size of awards",
];

const INTRODUCTION: &str = "# Conformance

Rules that real awarding systems publish have 55 shapes. Each that is pinned down has a folder in
[`pathways/conformance/`](../../pathways/conformance), which cites the rule it is taken from, and learners whose answers
were worked out by hand: clearly in, clearly out, just inside and just outside. All of them are run by the tests, each with
a proof.

This page is generated: `cargo xtask docs`.

";

/// Where folders stand that pin down something else than a row.
const NO_ROW: usize = 0;

/// The folders of each row.
fn folders() -> BTreeMap<usize, Vec<PathBuf>> {
    let mut rows: BTreeMap<usize, Vec<PathBuf>> = BTreeMap::new();
    let entries = fs::read_dir(folder::pathways().join("conformance")).expect("the folder is there");
    for path in entries.map(|entry| entry.expect("readable").path()) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        // What pins down a key that no row needs has no row, and stands at the end of the page.
        let row = name.strip_prefix('R').and_then(|name| name.split('-').next()?.parse().ok());
        rows.entry(row.unwrap_or(NO_ROW)).or_default().push(path);
    }
    rows.values_mut().for_each(|paths| paths.sort());
    rows
}

/// The verdicts that a folder expects: complete, and not.
fn verdicts(path: &std::path::Path) -> (usize, usize) {
    let catalog = folder::catalog(path);
    let mut verdicts: Vec<bool> = Vec::new();
    for test in catalog.tests() {
        verdicts.push(cairn_engine::run_test(&catalog, test).audit.is_complete());
    }
    verdicts.extend(folder::expected(path).iter().map(|expected| expected.complete));
    let complete = verdicts.iter().filter(|&&complete| complete).count();
    (complete, verdicts.len() - complete)
}

fn page() -> String {
    let rows = folders();
    let mut page = INTRODUCTION.to_owned();
    let _ = writeln!(
        page,
        "| row | shape | folder | learners | complete | not complete |\n|---|---|---|---|---|---|"
    );
    for (row, shape) in (1..).zip(SHAPES) {
        let Some(paths) = rows.get(&row) else {
            let _ = writeln!(page, "| R{row} | {shape} | | | | |");
            continue;
        };
        for path in paths {
            let name = path.file_name().expect("a name").to_string_lossy();
            page.push_str(&line(&format!("R{row}"), shape, path, &name));
        }
    }
    for path in rows.get(&NO_ROW).into_iter().flatten() {
        let name = path.file_name().expect("a name").to_string_lossy();
        page.push_str(&line("", &name.replace('-', " "), path, &name));
    }
    let pinned = rows.keys().filter(|&&row| row != NO_ROW).count();
    let _ = writeln!(page, "\n{pinned} of {} shapes are pinned down.", SHAPES.len());
    page
}

fn line(row: &str, shape: &str, path: &std::path::Path, name: &str) -> String {
    let (complete, not) = verdicts(path);
    let learners = complete + not;
    format!(
        "| {row} | {shape} | [`{name}`](../../pathways/conformance/{name}) | {learners} | {complete} | {not} |\n"
    )
}

#[test]
fn the_page_about_conformance_is_current() {
    let path = folder::pathways().join("../docs/reference/conformance.md");
    let page = page();
    if std::env::var_os("CAIRN_BLESS").is_some() {
        fs::write(&path, &page).expect("written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "`docs/reference/conformance.md` is stale: `cargo xtask docs` writes it anew");
}

#[test]
fn each_shape_has_learners_in_and_out() {
    for (row, paths) in folders() {
        assert!(row <= SHAPES.len(), "R{row} is no row");
        for path in paths {
            let (complete, not) = verdicts(&path);
            assert!(complete >= 1 && not >= 1 && complete + not >= 4, "{}", path.display());
            let rules = folder::rule_files(&path);
            assert!(rules.iter().any(|file| file.text.contains("\n# ")), "{} cites its rule", path.display());
        }
    }
}
