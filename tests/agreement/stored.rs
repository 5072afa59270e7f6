//! A record that went through a real store, and out of it and in again, has the same audit.

use cairn_core::{Catalog, Learner};
use cairn_engine::{Audit, audit};
use cairn_storage::{
    Context, OpenMode, SqliteStore, Store,
    export::export_all,
    import::{Format, Input, Options, import},
};
use cairn_testkit::random::Case;

/// Cases on their way into a store; their learners have ids of their own.
#[derive(Default)]
pub(crate) struct Shelf(Vec<(Catalog, Case, Vec<Audit>)>);

impl Shelf {
    pub(crate) fn put(&mut self, catalog: Catalog, case: Case, audits: Vec<Audit>) {
        self.0.push((catalog, case, audits));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn compare(self) {
        let folder = tempfile::tempdir().expect("a folder");
        let open =
            |name: &str| SqliteStore::open(folder.path().join(name), OpenMode::Create).expect("a new store");
        let context = Context { recorded_at: 1, actor: "test".to_owned(), reason: "test".to_owned() };
        let (mut first, mut second) = (open("first.db"), open("second.db"));
        let mut records = self.0.iter().map(|(_, case, _)| Ok(case.learner.clone()));
        first.import(&mut records, &context).expect("recorded").expect("kept");
        let mut json = Vec::new();
        export_all(&first, &mut json).expect("exported");
        let mut file = json.as_slice();
        let input = Input { format: Format::Json, file: &mut file };
        let outcome =
            import(&mut second, input, &context, Options { keep_going: false }, &mut |_| ()).expect("read");
        assert_eq!(outcome.problems, []);
        for (catalog, case, audits) in &self.0 {
            for store in [&first, &second] {
                let stored = store.learner(&case.learner.id).expect("readable").expect("there");
                equal(catalog, case, audits, &stored.learner);
            }
        }
    }
}

fn equal(catalog: &Catalog, case: &Case, audits: &[Audit], learner: &Learner) {
    for before in audits {
        assert_eq!(audit(catalog, learner, &before.question), *before, "stored: {}", case.text());
    }
}
