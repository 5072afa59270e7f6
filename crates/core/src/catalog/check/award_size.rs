//! `award-size`: a qualification that asks for more or less than one of its kind may; and `unclear-size`:
//! one of which that cannot be told.

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{QualificationIx, Size, SizeBounds},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for ix in catalog.qualification_indexes() {
        if let Some(bounds) = catalog.size_bounds(ix) {
            let size = catalog.size(ix);
            findings.extend(too_small(catalog, ix, size, bounds));
            findings.extend(too_large(catalog, ix, size, bounds));
        }
    }
}

fn too_large(catalog: &Catalog, ix: QualificationIx, size: Size, bounds: &SizeBounds) -> Option<Diagnostic> {
    let most = bounds.most?;
    let outside = |asks: String| {
        let help = "ask for less, name another kind, or raise what is allowed";
        outside(catalog, ix, bounds, &asks, &format!("at most {most}")).help(help)
    };
    if size.least > most {
        let just = if size.most == Some(size.least) { "" } else { "at least " };
        return Some(outside(format!("asks for {just}{} credits", size.least)));
    }
    match size.most {
        Some(asked) if asked <= most => None,
        Some(asked) if size.is_most_sure => Some(outside(format!("may ask for {asked} credits"))),
        _ => {
            let help = format!("limit the total: `limits = [{{ at_most = {{ credits = {most} }} }}]`");
            Some(unclear(catalog, ix, bounds, &format!("at most {most}")).help(help))
        }
    }
}

fn too_small(catalog: &Catalog, ix: QualificationIx, size: Size, bounds: &SizeBounds) -> Option<Diagnostic> {
    let least = bounds.least?;
    let outside = |asks: String| {
        let help = "ask for more, name another kind, or lower what is needed";
        outside(catalog, ix, bounds, &asks, &format!("at least {least}")).help(help)
    };
    if let Some(most) = size.most.filter(|&most| most < least) {
        let just = if most == size.least { "" } else { "at most " };
        return Some(outside(format!("asks for {just}{most} credits")));
    }
    if least <= size.least {
        return None;
    }
    if size.is_least_sure {
        return Some(outside(format!("may ask for {} credits", size.least)));
    }
    let help = format!("state the total: `limits = [{{ at_least = {{ credits = {least} }} }}]`");
    Some(unclear(catalog, ix, bounds, &format!("at least {least}")).help(help))
}

/// What it asks for is not what one of its kind may.
fn outside(catalog: &Catalog, ix: QualificationIx, bounds: &SizeBounds, asks: &str, may: &str) -> Diagnostic {
    let (id, kind) = (id(catalog, ix), &bounds.kind);
    let message = format!("`{id}` {asks}, and one of the kind `{kind}` asks for {may}");
    finding(catalog, ix, Code::AwardSize, message, bounds)
}

fn unclear(catalog: &Catalog, ix: QualificationIx, bounds: &SizeBounds, may: &str) -> Diagnostic {
    let message = format!("it cannot be told whether `{}` asks for {may} credits", id(catalog, ix));
    finding(catalog, ix, Code::UnclearSize, message, bounds)
}

fn id(catalog: &Catalog, ix: QualificationIx) -> &str {
    catalog.qualification(ix).id.as_str()
}

fn finding(
    catalog: &Catalog,
    ix: QualificationIx,
    code: Code,
    message: String,
    bounds: &SizeBounds,
) -> Diagnostic {
    Diagnostic::new(code, catalog.qualification(ix).span, message).also(bounds.span, "the size of its kind")
}
