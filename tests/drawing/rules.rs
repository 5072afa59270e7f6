//! Rules to draw: the examples, and random ones.

use std::{fmt::Write as _, fs, path::Path};

use cairn_core::{Catalog, SourceFile, load};
use proptest::{prelude::*, sample::Index};

/// The rule files of a folder of `pathways/`.
pub(crate) fn example(name: &str) -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pathways").join(name);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let file = |path: &std::path::PathBuf| SourceFile {
        path: path.display().to_string(),
        text: fs::read_to_string(path).unwrap(),
    };
    paths.iter().map(file).collect()
}

/// The catalog of rule files that have no errors.
pub(crate) fn catalog(files: &[SourceFile]) -> Catalog {
    let loading = load(files);
    loading.catalog.unwrap_or_else(|| panic!("{:#?}", loading.findings))
}

/// Random rules: each credential may require earlier ones, each qualification may rest on earlier
/// ones, so that there is no circle; the titles are anything.
pub(crate) fn random() -> impl Strategy<Value = Vec<SourceFile>> {
    let references = || prop::collection::vec(any::<Index>(), 0..4);
    let credentials = prop::collection::vec((title(), references(), any::<bool>()), 1..24);
    let qualification = (title(), references(), references(), any::<bool>(), any::<bool>());
    (credentials, prop::collection::vec(qualification, 0..6)).prop_map(|(credentials, qualifications)| {
        let mut text = "format = 1\n".to_owned();
        for (at, (title, requires, unit)) in credentials.iter().enumerate() {
            let kind = if *unit { "unit" } else { "course" };
            let requires = names("c", requires, at);
            let title = quoted(title);
            writeln!(text, "[credential.c{at}]\ntitle = {title}\nkind = \"{kind}\"\nrequires = [{requires}]").unwrap();
        }
        let mut files = vec![SourceFile { path: "credentials.toml".to_owned(), text }];
        for (at, (title, units, below, broad, nested)) in qualifications.iter().enumerate() {
            let mut all = vec![names("c", units, credentials.len()), names("q", below, at)];
            let mut tables = String::new();
            if *broad || units.is_empty() {
                all.push("\"free\"".to_owned());
                tables += "[requirement.free]\ncount = 2\nfrom = \"any\"\n[pool.any]\nwhere = { kind = [\"unit\", \"course\"] }\n";
            }
            if *nested {
                all.push("\"hours\"".to_owned());
                tables += "[requirement.hours]\nany = [\"placement\"]\n[requirement.placement]\nattest = \"placement\"\nat_least = 40\nunit = \"hours\"\n";
            }
            all.retain(|names| !names.is_empty());
            let (title, all) = (quoted(title), all.join(", "));
            let text =
                format!("format = 1\n[qualification]\nid = \"q{at}\"\ntitle = {title}\nall = [{all}]\n{tables}");
            files.push(SourceFile { path: format!("q{at}.toml"), text });
        }
        files
    })
}

fn title() -> impl Strategy<Value = String> {
    let hostile = [
        "<script>alert(1)</script>",
        "]]>&amp;&#x0;\"'--><!--",
        "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung",
        "高级网页设计与无障碍开发综合能力认证考试第一部分",
        "שלום עולם, תעודה מקצועית בפיתוח",
        "شهادة في تطوير الويب",
        "👩🏽‍💻👨‍👩‍👧‍👦 emoji 🏳️‍🌈",
        "zalgo z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}a\u{301}\u{302} \u{fffe}\u{ffff}\u{2028}",
        "%%{init: {\"theme\":\"dark\"}}%% end; click #35; `code`",
        "back\\slash \\N \"quoted\"",
        "﷽﷽﷽ 𒐫𒐫𒐫",
        "",
    ];
    prop_oneof![
        3 => "[A-Za-z]{1,9}( [A-Za-z]{1,14}){0,5}",
        2 => prop::sample::select(hostile.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[WM@]{30,60}",
    ]
    .prop_map(|title| title.chars().filter(|&c| !is_refused(c)).collect())
}

/// Characters that no rule text may contain.
fn is_refused(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Names of distinct things before the one at `before`.
fn names(letter: &str, indexes: &[Index], before: usize) -> String {
    if before == 0 {
        return String::new();
    }
    let mut chosen: Vec<_> = indexes.iter().map(|index| index.index(before)).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let names: Vec<_> = chosen.iter().map(|at| format!("\"{letter}{at}\"")).collect();
    names.join(", ")
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
