//! §1: what the credits recorded with a holding are in the common scheme.

use cairn_core::{
    Amount, Catalog, Holding,
    catalog::{Nearness, Rounded, Scheme},
};

/// The credits recorded with a holding, in the common scheme.
pub(crate) fn credits_recorded(catalog: &Catalog, holding: &Holding) -> Option<Amount> {
    let credits = holding.credits?;
    let own = catalog.find_credential(holding.credential.as_str());
    let stated = own.and_then(|own| catalog.credential(own).scheme.clone());
    let Some(id) = holding.scheme.clone().or(stated) else { return Some(credits) };
    match catalog.schemes().all().iter().find(|scheme| scheme.id == id) {
        None => Some(Amount::ZERO),
        Some(scheme) => Some(exchanged(scheme, credits)),
    }
}

/// Credits of a scheme in the common one: of all multiples the nearest on the side that is meant.
fn exchanged(scheme: &Scheme, credits: Amount) -> Amount {
    let Some(exchange) = scheme.exchange else { return credits };
    let thousandth = Rounded { way: Nearness::Down, multiple_of: Amount::from_thousandths(1) };
    let Rounded { way, multiple_of } = exchange.rounding.unwrap_or(thousandth);
    let step = multiple_of.thousandths();
    let times = exchange.rate.denominator();
    // Everything is compared `times` over, so that nothing is divided.
    let wanted = credits.thousandths() * exchange.rate.numerator();
    let mut below = 0;
    while (below + step) * times <= wanted {
        below += step;
    }
    let is_up = match way {
        Nearness::Down => false,
        Nearness::Up => below * times < wanted,
        Nearness::Nearest => 2 * (wanted - below * times) >= step * times,
    };
    Amount::from_thousandths(if is_up { below + step } else { below })
}
