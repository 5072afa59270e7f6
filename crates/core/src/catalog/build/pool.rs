//! `[pool.NAME]`: named selections of credentials, each after those it leaves out.

use std::collections::BTreeMap;

use crate::{
    At, Code, Diagnostic, Document,
    catalog::{
        Credential, Origin, Pool, PoolIx, Qualification, QualificationIx,
        build::value::{ONCE, Values},
        check, graph,
        resolve::{Meaning, Names},
    },
    diagnostic::{shorten, tick},
    document::{PoolTable, stand_in_id},
};

/// The pools of a file, with their names.
pub(super) struct Pools<'d> {
    pub(super) built: Vec<Pool>,
    positions: BTreeMap<&'d str, PoolIx>,
    document: &'d Document,
    names: &'d Names,
}

impl Pools<'_> {
    pub(super) fn contain(&self, name: &str) -> bool {
        self.positions.contains_key(name)
    }

    pub(super) fn resolve(&self, name: &At<String>) -> Result<PoolIx, Diagnostic> {
        let position = self.positions.get(name.value.as_str()).copied();
        position.ok_or_else(|| self.no_pool(name))
    }

    /// Says what a name is that is not a pool.
    fn no_pool(&self, name: &At<String>) -> Diagnostic {
        let shown = shorten(&name.value);
        let mut requirements = self.document.requirement.iter().flat_map(|tables| &tables.value);
        let (what, help) = if requirements.any(|(requirement, _)| requirement.value == name.value) {
            ("requirement", format!("name the pool that `{shown}` takes from"))
        } else {
            match self.names.resolve(name) {
                Ok(Meaning::Credential(_)) => {
                    ("credential", format!("put it in a pool, `[pool.NAME]` with `of = [\"{shown}\"]`"))
                }
                Ok(Meaning::Qualification(_)) => (
                    "qualification",
                    format!("a pool holds credentials; ask for it in a requirement: `award = \"{shown}\"`"),
                ),
                Err(_) => return self.names.guesses.unknown(name, "pool", self.positions.keys().copied()),
            }
        };
        let message = format!("`{shown}` is a {what}, and only pools can stand here");
        Diagnostic::new(Code::UnknownName, name.span, message).help(help)
    }
}

/// Builds the pools so that each stands after those it leaves out.
pub(super) fn pools<'d>(document: &'d Document, names: &'d Names, values: &mut Values) -> Pools<'d> {
    let tables: &[(At<String>, At<PoolTable>)] = document.pool.as_ref().map_or(&[], |pools| &pools.value);
    let by_name: BTreeMap<&str, usize> =
        tables.iter().enumerate().map(|(position, (name, _))| (name.value.as_str(), position)).collect();
    let mut edges = Vec::new();
    for (position, (_, table)) in tables.iter().enumerate() {
        for other in table.value.not_in.iter().flat_map(|list| &list.value) {
            edges.extend(by_name.get(other.value.as_str()).map(|&other| (other, position)));
        }
    }
    let order = graph::order(tables.len(), &edges).unwrap_or_else(|cycle| {
        let places: Vec<_> =
            cycle.iter().map(|&pool| (tables[pool].0.value.as_str(), tables[pool].0.span)).collect();
        values.add(check::cycle::circle(&places, "leaves out"));
        (0..tables.len()).collect()
    });
    let mut pools = Pools { built: Vec::new(), positions: BTreeMap::new(), document, names };
    for (position, &table) in order.iter().enumerate() {
        let (name, _) = &tables[table];
        pools.positions.insert(&name.value, PoolIx::at(position));
    }
    for &table in &order {
        let (name, table) = &tables[table];
        if let Some(pool) = pool(name, table, &pools, names, values) {
            pools.built.push(pool);
        }
    }
    pools
}

fn pool(
    name: &At<String>,
    table: &At<PoolTable>,
    pools: &Pools<'_>,
    names: &Names,
    values: &mut Values,
) -> Option<Pool> {
    let id = values.id(name)?;
    let present = &table.value.present;
    if ["of", "where", "not_in", "open"].iter().all(|key| present.lacks(key)) {
        let message = format!("the pool {} does not say what is in it", tick(&name.value));
        let help = "write `of = [...]`, `where = {...}`, `not_in = [...]`, or `open = {...}`";
        values.add(Diagnostic::new(Code::MissingKey, name.span, message).help(help));
    }
    let mut of = None;
    if present.contains("of") {
        let list = values.required_list(table.value.of.as_ref(), name.span, present, "of");
        of = list.map(|list| {
            let mut credentials = values.names(list, ONCE, |name| names.credential(name));
            credentials.sort_unstable();
            credentials
        });
    }
    let mut not_in =
        table.value.not_in.as_ref().map(|list| values.names(list, ONCE, |name| pools.resolve(name)));
    if let Some(not_in) = &mut not_in {
        not_in.sort_unstable();
    }
    let conditions = values.conditions(table.value.conditions.as_ref());
    let advise = table.value.advise.as_ref().is_none_or(|advise| advise.value);
    let stand_in = || names.stand_ins.get(&stand_in_id(&pools.document.full_id()?, &name.value));
    let open = table.value.open.as_ref().and_then(|_| stand_in()).copied();
    Some(Pool { id, of, conditions, not_in: not_in.unwrap_or_default(), advise, open, span: name.span })
}

/// Says of each credential that stands for what could be earned elsewhere for which pool it does.
pub(super) fn open(qualifications: &[Qualification], credentials: &mut [Credential]) {
    for (at, qualification) in qualifications.iter().enumerate() {
        for (position, pool) in qualification.pools.iter().enumerate() {
            if let Some(stand_in) = pool.open {
                let origin = Origin::Open(QualificationIx::at(at), PoolIx::at(position));
                credentials[stand_in.index()].origin = origin;
            }
        }
    }
}
