//! The most holdings that can be placed, by augmenting paths: short, slow, obvious.

/// How many of the places can be filled; `places[p]` are the holdings that place `p` accepts.
pub(super) fn most(places: &[Vec<usize>]) -> usize {
    let holdings = places.iter().flatten().max().map_or(0, |most| most + 1);
    let mut place_of = vec![None; holdings];
    let mut filled = 0;
    for place in 0..places.len() {
        filled += usize::from(augment(places, place, &mut place_of, &mut vec![false; holdings]));
    }
    filled
}

/// Finds a holding for a place, moving others where that helps.
fn augment(places: &[Vec<usize>], place: usize, place_of: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &holding in &places[place] {
        if std::mem::replace(&mut seen[holding], true) {
            continue;
        }
        if place_of[holding].is_none_or(|other| augment(places, other, place_of, seen)) {
            place_of[holding] = Some(place);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::most;

    #[test]
    fn a_holding_is_moved_to_make_room() {
        assert_eq!(most(&[vec![0, 1], vec![0], vec![1, 0]]), 2);
        assert_eq!(most(&[vec![0, 1], vec![0], vec![1, 2]]), 3);
    }
}
