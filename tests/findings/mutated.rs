//! Rules that somebody has damaged: whatever happens to a file, what is said about it is sound.

use std::sync::LazyLock;

use cairn_core::{Loading, Severity, SourceFile, load};
use proptest::{prelude::*, sample::Index};

use crate::support::pathways;

static PATHWAYS: LazyLock<Vec<(String, Vec<SourceFile>)>> = LazyLock::new(pathways);

#[derive(Debug, Clone)]
enum Damage {
    Delete,
    Duplicate,
    Replace(String),
}

fn damage() -> impl Strategy<Value = Damage> {
    let replacement = prop::sample::select(vec![
        "",
        "\"",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "[[",
        "3",
        "-1",
        "1e9",
        "true",
        "\"a\"",
        "[]",
        "{}",
        "a.b",
        "'''",
        "\u{202e}",
        "é",
        "\0",
        "# ",
        "all",
        "from",
        "count",
        "[pool.x]\n",
        "[credential.x]\n",
        "2025-02-30",
    ]);
    prop_oneof![
        Just(Damage::Delete),
        Just(Damage::Duplicate),
        replacement.prop_map(|text| Damage::Replace(text.to_owned())),
        "\\PC{0,12}".prop_map(Damage::Replace),
    ]
}

/// Applies damage to a span of at most `length` characters.
fn apply(text: &mut String, damage: &Damage, place: Index, length: usize) {
    let starts: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let from = place.index(starts.len());
    let to = (from + length).min(starts.len() - 1);
    let range = starts[from]..starts[to];
    match damage {
        Damage::Delete => text.replace_range(range, ""),
        Damage::Duplicate => {
            let copy = text[range.clone()].to_owned();
            text.insert_str(range.end, &copy);
        }
        Damage::Replace(with) => text.replace_range(range, with),
    }
}

fn is_sound(loading: &Loading, files: &[SourceFile]) {
    let errors = loading.findings.iter().filter(|finding| finding.code.severity() == Severity::Error).count();
    assert_eq!(loading.catalog.is_none(), errors > 0, "either errors or a catalog");
    for finding in &loading.findings {
        let labels = finding.labels.iter().map(|label| &label.text);
        for words in [&finding.message].into_iter().chain(&finding.help).chain(labels) {
            assert!(!words.contains(['\n', '\r', '\0', '\u{2028}', '\u{202e}']), "{words:?}");
            assert!(words.len() < 2000 && !words.ends_with('.'), "{words}");
        }
        assert!(finding.message.starts_with(|c: char| !c.is_uppercase()), "{}", finding.message);
        for label in &finding.labels {
            let text = &files[label.span.file as usize].text;
            assert!(text.get(label.span.range()).is_some(), "{finding:?} lies outside of the text");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_about_damaged_rules_is_sound(
        folder in any::<Index>(),
        file in any::<Index>(),
        blows in prop::collection::vec((damage(), any::<Index>(), 1..40_usize), 1..4),
    ) {
        let (_, files) = folder.get(&PATHWAYS);
        let mut files = files.clone();
        let hit = file.index(files.len());
        for (damage, place, length) in &blows {
            apply(&mut files[hit].text, damage, *place, *length);
        }
        is_sound(&load(&files), &files);
    }
}
