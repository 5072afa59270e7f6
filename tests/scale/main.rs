//! Do 202 real qualifications load, and are the answers about them those of an independent model?

use cairn_core::Severity;
use cairn_testkit::scale;

#[test]
fn every_qualification_of_the_collections_loads() {
    for (name, programmes) in [("utd_majors", 24), ("unsw_auto", 178)] {
        let collection = scale::collection(name);
        let loading = cairn_core::load(&scale::files(&collection));
        for finding in &loading.findings {
            println!("{name}: {:?} {}", finding.code, finding.message);
        }
        let catalog = loading.catalog.expect("no finding is an error");
        assert!(loading.findings.iter().all(|finding| finding.code.severity() == Severity::Warning));
        assert_eq!(catalog.qualifications().len(), programmes);
        assert_eq!(catalog.credentials().len(), collection.credentials.len());
    }
}
