//! `[[sharing]]`: the policies, each one idea with a name.

use crate::{
    Amount, At, Catalog, Code, Diagnostic, Document, Measure, PolicyId, Source, Span,
    catalog::{
        Filter, Part, PolicyBound, Qualification, QualificationIx, Rounding, Sharing, SharingRule, Way,
        build::value::{ONCE, Values},
        resolve::{Names, duplicate},
    },
    diagnostic::tick,
    document::{LimitBoundTable, Name, SharingTable},
};

/// The keys of which a policy has exactly one.
const RULES: [&str; 7] =
    ["at_most", "unique_at_least", "surplus_above", "max_purposes", "max_partners", "banned", "banned_above"];

/// Why no qualification is named twice.
const TWO: &str = "a policy is between different qualifications";

/// Builds the policies of all files, in canonical order.
pub(super) fn build(
    documents: &[Document],
    qualifications: &[Qualification],
    names: &Names,
    values: &mut Values,
) -> Vec<Sharing> {
    let mut policies: Vec<Sharing> = Vec::new();
    for document in documents {
        // A file whose qualification is broken says so; its policies belong to nobody else.
        let is_owned = document.present.contains("qualification");
        let owner = document.qualification.as_ref().and_then(|table| {
            let place = qualifications.iter().position(|one| one.span == table.span)?;
            Some(QualificationIx::at(place))
        });
        for table in document.sharing.iter().flat_map(|tables| &tables.value) {
            let policy = Author { table, qualifications, names }.policy(owner, values);
            policies.extend(policy.filter(|_| !is_owned || owner.is_some()));
        }
    }
    policies.sort_by_cached_key(|policy| {
        let Sharing { id, title, owner, between, way, only, filter, rule, span, place: _ } = policy;
        let content = format!("{title:?} {way:?} {only:?} {filter:?} {rule:?}");
        (id.clone(), *owner, between.clone(), content, *span)
    });
    for pair in policies.windows(2) {
        if let [first, second] = pair
            && let (Some(one), Some(other)) = (&first.id, &second.id)
            && one == other
        {
            values.add(duplicate("sharing policy", one.as_str(), second.span, first.span));
        }
    }
    policies
}

/// One table, and what it may refer to.
struct Author<'a> {
    table: &'a At<SharingTable>,
    qualifications: &'a [Qualification],
    names: &'a Names,
}

impl Author<'_> {
    fn policy(&self, owner: Option<QualificationIx>, values: &mut Values) -> Option<Sharing> {
        let table = &self.table.value;
        let id = table.id.as_ref().and_then(|id| values.id::<PolicyId>(id));
        let (between, way) = self.qualifications(values)?;
        let only = self.only(&between, values);
        let rule = self.rule(&between, &only, way.is_some(), values)?;
        Some(Sharing {
            id,
            title: table.title.as_ref().map(|title| title.value.clone()),
            owner,
            between,
            way,
            only,
            filter: Filter { conditions: values.conditions(table.conditions.as_ref()), ..Filter::default() },
            rule,
            span: self.table.span,
            place: String::new(),
        })
    }

    /// Whom it is between, and which of them comes first.
    fn qualifications(&self, values: &mut Values) -> Option<(Vec<QualificationIx>, Option<Way>)> {
        let table = &self.table.value;
        let has = |key| table.present.contains(key);
        if !has("from") && !has("into") {
            let between = table.between.as_ref();
            let between = values.required_list(between, self.table.span, &table.present, "between")?;
            let named = self.named(between, values);
            if between.value.len() == 1 {
                let message = "sharing is between two qualifications or more";
                let finding = Diagnostic::new(Code::EmptyList, between.span, message);
                values.add(finding.help("name another, or take the policy out"));
            }
            return Some((named, None));
        }
        if has("between") {
            let message = "a policy is either `between` qualifications or `from` one `into` another";
            self.conflict(self.table.span, message, "take `between` out, or `from` and `into`", values);
        }
        let from = values.required_list(table.from.as_ref(), self.table.span, &table.present, "from");
        let into = values.required_list(table.into.as_ref(), self.table.span, &table.present, "into");
        let (from, into) = (from?, into?);
        let way = Way { from: self.named(from, values), into: self.named(into, values) };
        let mut between = [&way.from[..], &way.into[..]].concat();
        between.sort_unstable();
        between.dedup();
        if between.len() == 1 {
            let message = "a policy is between two different qualifications";
            self.conflict(into.span, message, "name another, or take the policy out", values);
        }
        Some((between, Some(way)))
    }

    fn named(&self, list: &At<Vec<At<Name>>>, values: &mut Values) -> Vec<QualificationIx> {
        let mut named = values.names(list, TWO, |name| self.names.qualification(name));
        named.sort_unstable();
        named
    }

    /// Whose part is measured: all, unless it says.
    fn only(&self, between: &[QualificationIx], values: &mut Values) -> Vec<QualificationIx> {
        let Some(list) = &self.table.value.only else { return between.to_vec() };
        let Some(filled) = values.filled(list, "for") else { return Vec::new() };
        let mut only = values.names(filled, ONCE, |name| self.names.qualification(name));
        only.sort_unstable();
        if only.iter().any(|one| !between.contains(one)) {
            let message = "`for` names a qualification that the policy is not about";
            self.conflict(list.span, message, "name it in `between` as well, or take it out", values);
        }
        only
    }

    fn rule(
        &self,
        between: &[QualificationIx],
        only: &[QualificationIx],
        has_way: bool,
        values: &mut Values,
    ) -> Option<SharingRule> {
        let table = &self.table.value;
        let present: Vec<_> = RULES.iter().copied().filter(|key| table.present.contains(key)).collect();
        let key = match present[..] {
            [key] => key,
            [] if table.present.has_unknown() => return None,
            [] => {
                let finding =
                    Diagnostic::new(Code::MissingKey, self.table.span, "this policy demands nothing");
                values.add(finding.help(format!("add one of: {}", RULES.join(", "))));
                return None;
            }
            _ => {
                let message = format!("`{}` are policies of their own", present.join("`, `"));
                self.conflict(self.table.span, &message, "write a `[[sharing]]` for each", values);
                return None;
            }
        };
        let is_joint = table.present.contains("jointly_with");
        self.strays(key, is_joint, has_way, values);
        let bounds =
            |bound: &Option<At<LimitBoundTable>>, measured: &[QualificationIx], values: &mut Values| {
                let bound = bound.as_ref()?;
                self.bounds(bound, key, measured, values)
            };
        Some(match key {
            "at_most" if is_joint => {
                let sources = self.sources(values);
                SharingRule::Jointly(bounds(&table.at_most, only, values)?, sources?)
            }
            "at_most" => {
                let into = if has_way { between } else { &[] };
                SharingRule::AtMost(bounds(&table.at_most, into, values)?)
            }
            "unique_at_least" => SharingRule::UniqueAtLeast(bounds(&table.unique_at_least, only, values)?),
            "surplus_above" => SharingRule::SurplusAbove(bounds(&table.surplus_above, only, values)?),
            "max_purposes" => SharingRule::MaxPurposes(self.number(key, between.len(), 1, values)?),
            "max_partners" => {
                SharingRule::MaxPartners(self.number(key, between.len().saturating_sub(1), 0, values)?)
            }
            _ => self.banned(key, values)?,
        })
    }

    /// What does not go with the key that says what the policy demands.
    fn strays(&self, key: &str, is_joint: bool, has_way: bool, values: &mut Values) {
        let table = &self.table.value;
        if is_joint && key != "at_most" {
            let message = format!("`jointly_with` goes with `at_most`, not with `{key}`");
            self.conflict(self.table.span, &message, "take it out", values);
        }
        if has_way && (key != "at_most" || is_joint) {
            let key = if is_joint { "jointly_with" } else { key };
            let message = format!("`{key}` has no direction");
            self.conflict(self.table.span, &message, "write `between` instead of `from` and `into`", values);
        }
        let for_each = is_joint || matches!(key, "unique_at_least" | "surplus_above");
        if let Some(only) = table.only.as_ref().filter(|_| !for_each) {
            let message = format!("`for` says whose part is measured, and `{key}` measures nobody's part");
            self.conflict(only.span, &message, "take it out", values);
        }
        let is_about_pairs = key == "banned";
        if let Some(conditions) = table.conditions.as_ref().filter(|_| is_about_pairs) {
            let message = "`banned` is not about some credentials only";
            self.conflict(conditions.span, message, "take `where` out, or write `banned_above`", values);
        }
    }

    /// Amounts; a part is of what one of `measured` requires, or of what `of` names.
    fn bounds(
        &self,
        written: &At<LimitBoundTable>,
        key: &str,
        measured: &[QualificationIx],
        values: &mut Values,
    ) -> Option<Vec<PolicyBound>> {
        let LimitBoundTable { plain, written: table } = &written.value;
        let has = |key| table.present.contains(key);
        if let Some(number) = plain {
            let help = "write `{ count = … }` or `{ credits = … }`";
            self.conflict(number.span, "it is not said what this number counts", help, values);
            return None;
        }
        let stray = if has("fraction") {
            ["count", "credits", "sum"].into_iter().find(|key| has(key))
        } else {
            ["sum", "of", "measure", "rounding"].into_iter().find(|key| has(key))
        };
        if let Some(stray) = stray {
            let message = format!("`{stray}` does not go with this amount");
            let help = "write `{ count = … }`, `{ credits = … }`, or `{ fraction = …, measure = … }`";
            self.conflict(written.span, &message, help, values);
            return None;
        }
        let mut bounds = Vec::new();
        let mut bound = |measure, amount| bounds.push(PolicyBound { measure, amount, part: None });
        if let Some(number) = &table.count {
            bound(Measure::Count, Amount::whole(values.whole(number, "count", 0)?));
        }
        if let Some(number) = &table.credits {
            bound(Measure::Credits, values.amount(number, "credits")?);
        }
        if has("fraction") {
            bounds.push(self.part(written, measured, values)?);
        }
        if bounds.is_empty() {
            let finding = Diagnostic::new(Code::MissingKey, written.span, "this policy says no amount");
            values.add(finding.help("write `{ count = … }` or `{ credits = … }`"));
        }
        let is_nothing = |bound: &PolicyBound| match &bound.part {
            Some(part) => part.fraction.numerator() == 0,
            None => bound.amount == Amount::ZERO,
        };
        if key != "at_most" && bounds.iter().any(is_nothing) {
            let finding = Diagnostic::new(Code::Vacuous, written.span, "at least nothing is always so");
            values.add(finding.help("take the policy out"));
        }
        Some(bounds)
    }

    fn part(
        &self,
        written: &At<LimitBoundTable>,
        measured: &[QualificationIx],
        values: &mut Values,
    ) -> Option<PolicyBound> {
        let table = &written.value.written;
        let fraction = values.fraction(table.fraction.as_ref()?, "fraction");
        let help = "say in what it is measured: `measure = \"credits\"` or `measure = \"count\"`";
        values.missing(written.span, &table.present, "measure", help);
        let words = [("count", Measure::Count), ("credits", Measure::Credits)];
        let measure = table.measure.as_ref().and_then(|word| values.word(word, "measure", &words));
        let words = [("up", Rounding::Up), ("down", Rounding::Down)];
        let rounding = match &table.rounding {
            Some(word) => values.word(word, "rounding", &words)?,
            None => Rounding::Exact,
        };
        let of = match &table.of {
            Some(name) => Some(values.take(self.names.qualification(name))?),
            None => None,
        };
        let measure = measure?;
        let wholes: Vec<_> = of.map_or(measured.to_vec(), |of| vec![of]);
        if wholes.is_empty() {
            let help = "say of which qualification it is a part: `of = \"…\"`";
            values.missing(written.span, &table.present, "of", help);
            return None;
        }
        for whole in wholes {
            // A qualification that could not be built has its own findings.
            let Some(whole) = self.qualifications.get(whole.index()) else { continue };
            if whole.required(measure) == Amount::ZERO && !values.has_errors() {
                let message = format!(
                    "nothing says how much {} requires in {}",
                    tick(whole.id.as_str()),
                    tick(measure.word())
                );
                let help = format!(
                    "state it there: `limits = [{{ at_least = {{ {} = … }} }}]`, or write the amount here",
                    measure.word()
                );
                values.add(Diagnostic::new(Code::MissingKey, written.span, message).help(help));
            }
        }
        let part = Some(Part { fraction: fraction?, rounding, of });
        Some(PolicyBound { measure, amount: Amount::ZERO, part })
    }

    fn sources(&self, values: &mut Values) -> Option<Vec<Source>> {
        let list = values.filled(self.table.value.jointly_with.as_ref()?, "jointly_with")?;
        let words = [("transferred", Source::Transferred), ("recognised", Source::Recognised)];
        let mut sources = Vec::new();
        for word in &list.value {
            let source = values.word(word, "jointly_with", &words)?;
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources.sort_unstable();
        Some(sources)
    }

    /// A number of qualifications below `all`, with which the policy would demand nothing.
    fn number(&self, key: &str, all: usize, least: u32, values: &mut Values) -> Option<u32> {
        let table = &self.table.value;
        let number = if key == "max_purposes" { &table.max_purposes } else { &table.max_partners };
        let number = number.as_ref()?;
        let amount = values.amount(number, key)?;
        let whole = u32::try_from(amount.thousandths() / 1000).ok();
        let Some(whole) = whole.filter(|&whole| Amount::whole(whole) == amount && whole >= least) else {
            let message = format!("`{key}` takes a whole number from {least} on, not `{amount}`");
            let help = "to share nothing at all, write `at_most = { count = 0 }`";
            values.add(Diagnostic::new(Code::InvalidValue, number.span, message).help(help));
            return None;
        };
        if whole as usize >= all {
            let message = format!("with the qualifications that it names, `{key} = {whole}` is always so");
            let help = "lower it, name more qualifications, or take the policy out";
            values.add(Diagnostic::new(Code::Vacuous, number.span, message).help(help));
        }
        Some(whole)
    }

    fn banned(&self, key: &str, values: &mut Values) -> Option<SharingRule> {
        let table = &self.table.value;
        if key == "banned_above" {
            let above = values.bounds(table.banned_above.as_ref()?, None);
            let above = above.into_iter().map(|(measure, amount, _)| (measure, amount)).collect();
            return Some(SharingRule::Banned { above: Some(above), pairs: Vec::new() });
        }
        let banned = table.banned.as_ref()?;
        if !banned.value {
            let finding = Diagnostic::new(Code::Vacuous, banned.span, "`banned = false` demands nothing");
            values.add(finding.help("take the policy out"));
        }
        Some(SharingRule::Banned { above: None, pairs: Vec::new() })
    }

    fn conflict(&self, span: Span, message: &str, help: &str, values: &mut Values) {
        values.add(Diagnostic::new(Code::ConflictingKeys, span, message).help(help));
    }
}

/// Finds the pairs that are banned, once it is known what no completion can do without.
pub(super) fn ban(catalog: &mut Catalog) {
    let is_ban = |policy: &Sharing| matches!(policy.rule, SharingRule::Banned { .. });
    if !catalog.policies.iter().any(is_ban) {
        return;
    }
    let unavoidable = catalog.unavoidable();
    let asked = |ix: QualificationIx| {
        let accepted = catalog.graph.accepted_by(ix);
        unavoidable[ix.index()].iter().copied().filter(move |one| accepted.contains(one))
    };
    let same = |policy: &Sharing, [one, other]: [QualificationIx; 2], measure| -> Amount {
        let credentials = asked(one).filter(|credential| asked(other).any(|twin| twin == *credential));
        let spoken_of = credentials.filter(|&credential| {
            let attributes = &catalog.credential(credential).attributes;
            let facts = crate::catalog::Facts { credential, attributes, own: None, source: None };
            policy.filter.accepts(facts, &[])
        });
        spoken_of
            .map(|ix| if measure == Measure::Count { Amount::ONE } else { catalog.credential(ix).credits })
            .sum()
    };
    let found: Vec<Vec<_>> = catalog
        .policies
        .iter()
        .map(|policy| match &policy.rule {
            SharingRule::Banned { above, .. } => {
                let mut pairs = policy.pairs();
                pairs.retain(|&pair| {
                    let is_more =
                        |&(measure, amount): &(Measure, Amount)| same(policy, pair, measure) > amount;
                    above.as_ref().is_none_or(|above| above.iter().any(is_more))
                });
                pairs
            }
            _ => Vec::new(),
        })
        .collect();
    for (policy, found) in catalog.policies.iter_mut().zip(found) {
        if let SharingRule::Banned { pairs, .. } = &mut policy.rule {
            *pairs = found;
        }
    }
}
