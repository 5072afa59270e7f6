use cairn_core::{Date, Learner};
use cairn_engine::{Prepared, Question, Record, prepared::Scratch};
use cairn_testkit::scale;
use std::time::Instant;
fn main() {
    let mut times = Vec::new();
    let mut open = 0;
    let mut total = 0;
    let mut laid_none = std::collections::BTreeMap::new();
    let check = std::env::args().nth(1).is_some();
    for name in scale::COLLECTIONS {
        let collection = scale::collection(name);
        let catalog = scale::catalog(&collection);
        let before = times.len();
        for programme in &collection.qualifications {
            let code = match programme.id.split_once("/") {
                Some((e, r)) => format!("{}@{}", scale::id(r), scale::id(e)),
                None => scale::id(&programme.id),
            };
            let q = catalog.find_qualifications(&code)[0];
            let question = Question::new(&catalog, q, Date::constant(2026, 1, 1));
            let prepared = Prepared::new(&catalog, &question);
            let mut scratch = Scratch::default();
            for size in [10usize, 40, 120] {
                for seed in 0..4u64 {
                    let learner: Learner = scale::learner(&collection, programme, size, seed);
                    let record = Record::new(&catalog, &learner);
                    let mut best = u128::MAX;
                    let mut answer = None;
                    for _ in 0..5 {
                        let t = Instant::now();
                        answer = prepared.without_search(&record, &mut scratch);
                        best = best.min(t.elapsed().as_nanos());
                    }
                    total += 1;
                    match answer {
                        None => {
                            open += 1;
                            *laid_none.entry((name, prepared.is_laid())).or_insert(0) += 1;
                            if std::env::var("SHOW").is_ok() {
                                println!(
                                    "open {} {size} {seed} laid {}",
                                    catalog.qualification(q).id.as_str(),
                                    prepared.is_laid()
                                );
                            }
                        }
                        Some(None) => {}
                        Some(Some(c)) => {
                            if c.new > 0 {
                                times.push(best);
                            }
                            if check {
                                assert_eq!(Some(c), cairn_engine::remaining(&catalog, &learner, &question));
                            }
                        }
                    }
                }
            }
        }
        let mut mine: Vec<_> = times[before..].to_vec();
        mine.sort();
        println!(
            "{name}: n {} p50 {} p90 {} p99 {} max {}",
            mine.len(),
            mine[mine.len() / 2],
            mine[mine.len() * 9 / 10],
            mine[mine.len() * 99 / 100],
            mine[mine.len() - 1]
        );
    }
    println!("total {total} open {open} {laid_none:?}");
}
