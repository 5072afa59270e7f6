//! What is measured: learners of real qualifications, and families that are hard.

use std::{rc::Rc, sync::OnceLock};

use cairn_core::{Amount, Catalog, Learner};
use cairn_engine::Question;
use cairn_testkit::{
    families,
    random::AS_OF,
    scale::{self, Collection},
};

/// A family of cases.
pub(crate) enum Family {
    /// Learners with so many holdings, of the programmes of a collection in turn.
    Real { name: String, collection: &'static str, holdings: usize },
    /// A family that is made to be hard.
    Hard(&'static families::Family),
}

/// One case.
pub(crate) struct Case {
    pub(crate) catalog: Rc<Catalog>,
    pub(crate) learner: Learner,
    pub(crate) question: Question,
    /// What remains, where that is known otherwise.
    pub(crate) optimum: Option<Amount>,
}

/// All families, the real ones first.
pub(crate) fn all() -> &'static [Family] {
    static ALL: OnceLock<Vec<Family>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Vec::new();
        for (short, collection) in [("utd", "utd_majors"), ("unsw", "unsw_auto")] {
            for holdings in [10, 40, 120] {
                all.push(Family::Real { name: format!("{short}-{holdings}"), collection, holdings });
            }
        }
        all.extend(families::ALL.iter().map(Family::Hard));
        all
    })
}

pub(crate) fn find(name: &str) -> &'static Family {
    all().iter().find(|family| family.name() == name).unwrap_or_else(|| panic!("no family is named `{name}`"))
}

impl Family {
    pub(crate) fn name(&self) -> &str {
        match self {
            Family::Real { name, .. } => name,
            Family::Hard(family) => family.name,
        }
    }

    pub(crate) fn about(&self) -> String {
        match self {
            Family::Real { collection, holdings, .. } => {
                format!("unfinished learners with {holdings} holdings, programmes of `{collection}`")
            }
            Family::Hard(family) => family.about.to_owned(),
        }
    }

    pub(crate) fn is_real(&self) -> bool {
        matches!(self, Family::Real { .. })
    }
}

/// The cases of a family; a real catalog is loaded once, a hard one for each case.
pub(crate) struct Cases {
    family: &'static Family,
    collection: Option<(Collection, Rc<Catalog>)>,
}

impl Cases {
    pub(crate) fn of(family: &'static Family) -> Cases {
        let read = |name: &str| {
            let collection = scale::collection(name);
            let catalog = Rc::new(scale::catalog(&collection));
            (collection, catalog)
        };
        let collection = match family {
            Family::Real { collection, .. } => Some(read(collection)),
            Family::Hard(_) => None,
        };
        Cases { family, collection }
    }

    /// The case of a seed.
    pub(crate) fn case(&self, seed: u64) -> Case {
        match (self.family, &self.collection) {
            (Family::Real { holdings, .. }, Some((collection, catalog))) => {
                let programmes = &collection.qualifications;
                let programme = &programmes[usize::try_from(seed).expect("small") % programmes.len()];
                let learner = scale::learner(collection, programme, *holdings, seed);
                Case::of(Rc::clone(catalog), &scale::full_id(programme), learner, None)
            }
            (Family::Hard(family), _) => {
                let made = family.case(seed);
                Case::of(Rc::new(made.catalog()), "q", made.learner, made.optimum)
            }
            (Family::Real { .. }, None) => unreachable!("a real family has its collection"),
        }
    }
}

impl Case {
    fn of(catalog: Rc<Catalog>, id: &str, learner: Learner, optimum: Option<Amount>) -> Case {
        let question = Question::new(&catalog, catalog.find_qualifications(id)[0], AS_OF);
        Case { catalog, learner, question, optimum }
    }
}
