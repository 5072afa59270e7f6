//! Do 202 real qualifications load, and are the answers about their learners those of a model that
//! has nothing in common with ours?

use std::{env, fs};

use cairn_core::Amount;
use cairn_engine::{Prepared, Question, Record, prepared::Scratch, remaining};
use cairn_testkit::{
    families,
    random::AS_OF,
    scale::{self, Collection, Programme},
};
use serde_json::json;

#[test]
fn every_qualification_of_the_collections_loads_without_a_finding() {
    for (name, programmes) in [("utd_majors", 24), ("unsw_auto", 178)] {
        let collection = scale::collection(name);
        let loading = cairn_core::load(&scale::files(&collection));
        assert_eq!(loading.findings, []);
        let catalog = loading.catalog.expect("without findings there is a catalog");
        assert_eq!(catalog.qualifications().len(), programmes);
        assert_eq!(catalog.credentials().len(), collection.credentials.len());
    }
}

/// A learner of every programme, each with another number of holdings.
fn sample(collection: &Collection) -> impl Iterator<Item = (u64, &Programme, usize)> {
    (0..)
        .zip(&collection.qualifications)
        .map(|(seed, programme)| (seed, programme, [10, 40, 120][usize::try_from(seed % 3).expect("small")]))
}

/// `opinion.py` has answered for these learners; after a change of the generator, `CAIRN_BLESS=1`
/// writes them down for it to answer anew.
#[test]
fn the_learners_are_those_that_the_independent_model_was_asked_about() {
    let mut learners = Vec::new();
    for name in scale::COLLECTIONS {
        let collection = scale::collection(name);
        for (seed, programme, holdings) in sample(&collection) {
            let holds = scale::courses_held(&collection, programme, holdings, seed);
            learners.push(
                json!({ "collection": name, "programme": programme.id, "seed": seed, "holds": holds })
                    .to_string(),
            );
        }
    }
    let text = format!("[\n{}\n]\n", learners.join(",\n"));
    let path = scale::folder().join("learners.json");
    if env::var_os("CAIRN_BLESS").is_some() {
        fs::write(&path, &text).expect("the file can be written");
    }
    assert!(fs::read_to_string(&path).expect("the file is there") == text, "learners.json is stale");
}

#[test]
fn what_remains_is_what_the_independent_model_says() {
    let mut reader = csv::Reader::from_path(scale::folder().join("expected.csv")).expect("it is there");
    let expected: Vec<csv::StringRecord> =
        reader.records().map(|record| record.expect("well-formed")).collect();
    let mut expected = expected.iter();
    for name in scale::COLLECTIONS {
        let collection = scale::collection(name);
        let catalog = scale::catalog(&collection);
        for (seed, programme, holdings) in sample(&collection) {
            let line = expected.next().expect("a line for every learner");
            assert_eq!([&line[0], &line[1], &line[2]], [name, &programme.id, &seed.to_string()]);
            let learner = scale::learner(&collection, programme, holdings, seed);
            let qualification = catalog.find_qualifications(&scale::full_id(programme))[0];
            let question = Question::new(&catalog, qualification, AS_OF);
            let left = remaining(&catalog, &learner, &question);
            let record = Record::new(&catalog, &learner);
            let prepared = Prepared::new(&catalog, &question);
            let sooner = prepared.remaining(&record, &mut Scratch::default());
            assert_eq!(sooner, left, "{name} {} {seed}", programme.id);
            // All are proved without a search, and the checker accepts each.
            let verified = prepared.verified(&record, &mut Scratch::default());
            assert_eq!(verified, Ok(Some(left)), "{name} {} {seed}", programme.id);
            let said = (&line[3] != "unreachable").then(|| {
                (line[3].parse::<Amount>().expect("credits"), line[4].parse::<u64>().expect("courses"))
            });
            assert_eq!(left.map(|cost| (cost.measure, cost.new)), said, "{name} {} {seed}", programme.id);
        }
    }
    assert_eq!(expected.next(), None);
}

/// The families that are answered quickly; the measuring program compares the others.
#[test]
fn hard_families_have_the_optimum_that_is_known_otherwise() {
    for name in
        ["pigeonhole-30", "two-of-7", "two-of-60", "three-of-20", "three-of-60", "bipartite", "knapsack-2"]
    {
        let family = families::find(name).expect("a family");
        for seed in 0..3 {
            let case = family.case(seed);
            let catalog = case.catalog();
            let question = Question::new(&catalog, catalog.find_qualifications("q")[0], AS_OF);
            let left = remaining(&catalog, &case.learner, &question).expect("all can be earned");
            assert_eq!(Some(left.measure), case.optimum, "{name} {seed}");
        }
    }
}

#[test]
fn every_family_loads_without_a_finding_and_is_a_function_of_its_seed() {
    for family in families::ALL.iter().filter(|family| family.name != "pigeonhole-300") {
        let case = family.case(1);
        assert!(!case.catalog().qualifications().is_empty());
        assert_eq!(case.files, family.case(1).files, "{}", family.name);
    }
}
