//! Tables in running text: 'Township | Displaced | Civilians killed', and below it a line for each place.
//!
//! A situation report gives its numbers once, in rows that have no grammar. The head of a column says what is counted and of whom, the first cell of a row
//! where, and the heading above when.

use super::draft::Draft;
use super::figures::measure_of;
use crate::quantity::Count;
use crate::scene::Scene;
use crate::where_when::Found;
use griot_types::{Kind, Time, Type};
use griot_world::TimeKind;

/// Marks that stand between cells.
const EDGE: &str = "|";
/// The heading that dates a table stands so many sentences above its head at most.
const HEADING: usize = 3;

/// Drafts what a row of a table counts.
pub fn of_sentence(scene: &Scene, s: usize, drafts: &mut Vec<Draft>) {
    let cells = cells(scene, s);
    let Some(head) = head(scene, s).filter(|_| cells.len() > 2) else { return };
    let columns = self::cells(scene, head);
    let Some(place) = scene.places[s].iter().find(|p| cells[0].0 <= p.first && p.end <= cells[0].1) else { return };
    let place = scene.place(s, place);
    let time = dated(scene, head);
    for (&(first, end), &(from, to)) in cells.iter().zip(&columns).skip(1) {
        let Some(count) = alone(scene, s, first, end) else { continue };
        let Some(type_) = (from..to).find_map(|t| measure_of(scene, head, t)).filter(|t| t.kind() == Kind::Figure) else { continue };
        let mut quantity = count.quantity.clone();
        if type_ != Type::Attacks && type_ != Type::Other {
            quantity.unit = "people".into();
        }
        let mut draft = Draft::new(s, count.number, type_);
        draft.quantity = Some(Found { value: quantity, span: scene.trees[s].sentence.cover(count.first, count.end) });
        draft.target = (from..to).flat_map(|t| scene.reference.single(&scene.trees[head], head, t)).take(1).collect();
        draft.places = vec![place.clone()];
        draft.time.clone_from(&time);
        drafts.push(draft);
    }
}

/// The cells of a row, each `first..end`; fewer than two where it is none.
fn cells(scene: &Scene, s: usize) -> Vec<(usize, usize)> {
    let tree = &scene.trees[s];
    let edge = |t: usize| tree.token(t).span.of(tree.text) == EDGE;
    let mut cells = Vec::new();
    let mut first = 0;
    for t in (0..tree.len()).filter(|&t| edge(t)) {
        cells.push((first, t));
        first = t + 1;
    }
    cells.push((first, tree.len()));
    // A line may open and close with the mark.
    let written = |cell: &(usize, usize)| cell.0 < cell.1;
    let (opens, closes) = (cells.first().is_some_and(|c| !written(c)), cells.last().is_some_and(|c| !written(c)));
    cells[usize::from(opens)..cells.len() - usize::from(closes && cells.len() > 1)].to_vec()
}

/// The row that names the columns: the first of the rows of as many cells above, if any of its cells says what is counted and none is a number.
fn head(scene: &Scene, s: usize) -> Option<usize> {
    let width = cells(scene, s).len();
    let head = (0..s).rev().take_while(|&row| cells(scene, row).len() == width).last()?;
    let names = cells(scene, head);
    let counts = names.iter().skip(1).any(|&(first, end)| (first..end).any(|t| measure_of(scene, head, t).is_some()));
    let numbers = names.iter().any(|&(first, end)| alone(scene, head, first, end).is_some());
    (counts && !numbers).then_some(head)
}

/// The number that a cell is.
fn alone<'s>(scene: &'s Scene, s: usize, first: usize, end: usize) -> Option<&'s Count> {
    scene.counts[s].iter().find(|count| first <= count.first && count.end <= end && (first..end).contains(&count.number))
}

/// The days of a table: of its head, or of the heading above.
fn dated(scene: &Scene, head: usize) -> Option<Found<Time>> {
    (head.saturating_sub(HEADING)..=head).rev().find_map(|s| {
        let times = &scene.reading.sentences[s].times;
        let time = times.iter().rfind(|t| matches!(t.kind, TimeKind::At | TimeKind::Stretch) && t.time.start.is_some())?;
        Some(Found { value: time.time.clone(), span: scene.trees[s].sentence.cover(time.first, time.end) })
    })
}
