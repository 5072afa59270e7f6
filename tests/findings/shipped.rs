//! The rules of `pathways/` are what people copy from: nothing is found in them.

use cairn_core::load;

use crate::support::{pathways, render};

#[test]
fn nothing_is_found_in_the_shipped_rules() {
    let folders = pathways();
    assert!(folders.len() >= 16 + 46, "real pathways, and those that pin a rule shape down");
    for (name, files) in folders {
        let loading = load(&files);
        assert_eq!(render(&loading, &files), "", "{name}");
        assert!(loading.catalog.is_some(), "{name}");
    }
}
