//! A qualification under construction.

use std::fmt::Write as _;

use cairn_core::{Holding, Learner, SourceFile};

use super::Case;

/// Rules whose leaves are pools over the holdings, each with credentials of one credit to fill it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    body: String,
    credentials: String,
    held: Vec<String>,
    leaves: usize,
}

impl Draft {
    /// A draft with holdings `h0`, `h1`, … of so many thousandths of credits.
    pub(super) fn holding(thousandths: impl IntoIterator<Item = usize>) -> Draft {
        let mut draft = Draft::default();
        for (at, credits) in thousandths.into_iter().enumerate() {
            draft.credential(&format!("h{at}"), credits);
            draft.held.push(format!("h{at}"));
        }
        draft
    }

    /// A draft with holdings of whole credits.
    pub(super) fn holding_whole(credits: &[usize]) -> Draft {
        Draft::holding(credits.iter().map(|credits| credits * 1000))
    }

    /// Adds a credential.
    pub(super) fn credential(&mut self, name: &str, thousandths: usize) {
        let (whole, rest) = (thousandths / 1000, thousandths % 1000);
        let _ = writeln!(self.credentials, "{name} = {{ credits = {whole}.{rest:03} }}");
    }

    /// Adds a requirement of so much (`count` or `credits`) from some holdings, and what would fill
    /// it; its name is returned.
    pub(super) fn leaf(
        &mut self,
        measure: &str,
        amount: usize,
        from: impl IntoIterator<Item = usize>,
    ) -> String {
        let name = format!("leaf-{}", self.leaves);
        let mut of: Vec<String> = from.into_iter().map(|at| format!("h{at}")).collect();
        for number in 0..amount {
            let filler = format!("f{}-{number}", self.leaves);
            self.credential(&filler, 1000);
            of.push(filler);
        }
        self.leaves += 1;
        let _ = writeln!(self.body, "[requirement.{name}]\n{measure} = {amount}\nfrom = {name:?}");
        let _ = writeln!(self.body, "[pool.{name}]\nof = {of:?}");
        name
    }

    /// Adds a requirement above others, and returns its name.
    pub(super) fn group(&mut self, name: String, choose: usize, of: &[String]) -> String {
        let _ = writeln!(self.body, "[requirement.{name}]\nchoose = {choose}\nof = {of:?}");
        name
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str) {
        self.body.push_str(text);
    }

    /// The file of the qualification `id`, complete with all of these.
    pub(super) fn file(&mut self, id: &str, all: &[String]) -> SourceFile {
        let body = std::mem::take(&mut self.body);
        let text =
            format!("format = 1\n[qualification]\nid = {id:?}\nmeasure = \"credits\"\nall = {all:?}\n{body}");
        SourceFile { path: format!("{id}.toml"), text }
    }

    /// The case of these qualifications, whose learner holds all holdings.
    pub(super) fn case(self, mut files: Vec<SourceFile>, optimum: Option<usize>) -> Case {
        let text = format!("format = 1\n[credential]\n{}", self.credentials);
        files.push(SourceFile { path: "credentials.toml".to_owned(), text });
        let mut learner = Learner::new("ada".parse().expect("an id"));
        let holdings = self.held.iter().map(|name| Holding::of(name.parse().expect("an id")));
        learner.holdings = holdings.collect();
        let optimum = optimum.map(|credits| cairn_core::Amount::whole(u32::try_from(credits).expect("few")));
        Case { files, learner, optimum }
    }

    /// The case of the qualification `q`, complete with all of these.
    pub(super) fn finish(mut self, all: &[String], optimum: Option<usize>) -> Case {
        let file = self.file("q", all);
        self.case(vec![file], optimum)
    }
}
