//! How long an audit takes: unfinished learners on every shipped pathway, and families built to be
//! hard. `cargo bench -p cairn-testkit`; the figures of one run are in `docs/reference/performance.md`.

use std::hint::black_box;

use cairn_core::{Holding, Learner, SourceFile};
use cairn_engine::{Prepared, Question, Record, audit, prepared::Scratch, remaining};
use cairn_testkit::{families, folder};
use criterion::{Criterion, criterion_group, criterion_main};

/// Every expected case whose learner is not finished: that is nearly everybody.
fn unfinished_learners(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("unfinished");
    for path in folder::all() {
        let catalog = folder::catalog(&path);
        let learners = folder::learners(&path);
        let cases: Vec<_> = folder::expected(&path).into_iter().filter(|case| !case.complete).collect();
        let asked: Vec<(&Learner, Question)> = cases
            .iter()
            .map(|case| {
                let learner =
                    learners.iter().find(|learner| learner.id.as_str() == case.learner).expect("there");
                let qualification = catalog.find_qualifications(&case.qualification)[0];
                (learner, Question::new(&catalog, qualification, case.as_of))
            })
            .collect();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut at = 0;
        group.bench_function(&name, |bencher| {
            bencher.iter(|| {
                at = (at + 1) % asked.len();
                let (learner, question) = &asked[at];
                black_box(audit(&catalog, learner, question))
            });
        });
    }
    group.finish();
}

/// Two overlapping "3 of M" rules, of which a learner holds M − 1 credentials: the family on which
/// enumerating engines take hours.
fn overlapping_choices(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("two overlapping 3 of M");
    for size in [7usize, 12, 20, 60] {
        let units: String = (0..size)
            .map(|at| format!("\"u{at}\" = {{ kind = \"unit\", credits = {} }}\n", 3 + at % 3))
            .collect();
        let names =
            |from: usize, to: usize| (from..to).map(|at| format!("\"u{at}\"")).collect::<Vec<_>>().join(", ");
        let text = format!(
            "format = 1\n[qualification]\nid = \"q\"\nall = [\"one\", \"other\", \"third\"]\n\
             [requirement.one]\ncount = 3\nfrom = \"low\"\n[requirement.other]\ncount = 3\nfrom = \"high\"\n\
             [requirement.third]\ncredits = {}\nfrom = \"any\"\n\
             [pool.low]\nof = [{}]\n[pool.high]\nof = [{}]\n[pool.any]\nwhere = {{ kind = \"unit\" }}\n\
             [credential]\n{units}",
            size,
            names(0, size * 2 / 3 + 1),
            names(size / 3, size),
        );
        let catalog =
            cairn_core::load(&[SourceFile { path: "q.toml".to_owned(), text }]).catalog.expect("sound");
        let mut learner = Learner::new("ada".parse().expect("an id"));
        learner.holdings =
            (1..size).step_by(2).map(|at| Holding::of(format!("u{at}").parse().expect("an id"))).collect();
        let question = Question::new(
            &catalog,
            catalog.find_qualifications("q")[0],
            cairn_core::Date::constant(2026, 1, 1),
        );
        group.bench_function(size.to_string(), |bencher| {
            bencher.iter(|| black_box(remaining(&catalog, &learner, &question)));
        });
    }
    group.finish();
}

/// Families that are hard for a search, each by its first case, of a question that is laid out.
fn hard_families(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("families");
    for name in ["nested", "pigeonhole-100", "bipartite", "correlated", "knapsack-3", "stacked"] {
        let case = families::find(name).expect("a family").case(0);
        let catalog = case.catalog();
        let question = Question::new(
            &catalog,
            catalog.find_qualifications("q")[0],
            cairn_core::Date::constant(2026, 1, 1),
        );
        let prepared = Prepared::new(&catalog, &question);
        let record = Record::new(&catalog, &case.learner);
        let mut scratch = Scratch::default();
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(prepared.remaining(&record, &mut scratch)));
        });
    }
    group.finish();
}

criterion_group!(benches, unfinished_learners, overlapping_choices, hard_families);
criterion_main!(benches);
