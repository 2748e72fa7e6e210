//! A headline tells the first act of its report before the report does, in fewer words.

use super::draft::Draft;
use super::merge::all_same;
use crate::reference::Who;
use crate::scene::Scene;
use crate::where_when::Found;
use griot_types::{BlockKind, Bound, Kind, Place};

/// The text takes up its headline within so many sentences.
const LEAD: usize = 4;

/// Whether a sentence is the report's headline.
pub fn is_headline(scene: &Scene, s: usize) -> bool {
    let start = scene.trees[s].sentence.span.start;
    let block = scene.document.blocks.iter().rfind(|b| b.span.start <= start);
    block.is_some_and(|b| b.kind == BlockKind::Headline)
}

/// Whether a headline's draft and one of the text's first sentences are one act: 'Militants kill seven miners in Balochistan', 'Seven miners were shot
/// dead near Harnai on Friday'. Nothing that both tell may differ; the headline may leave it out, or say it more vaguely.
pub fn announces(scene: &Scene, headline: &Draft, draft: &Draft) -> bool {
    let ordered = headline.sentence < draft.sentence && draft.sentence <= headline.sentence + LEAD;
    if !ordered || headline.type_ != draft.type_ || headline.status != draft.status || headline.change != draft.change {
        return false;
    }
    if !is_headline(scene, headline.sentence) || is_headline(scene, draft.sentence) {
        return false;
    }
    let modes = headline.mode.is_none() || draft.mode.is_none() || headline.mode == draft.mode;
    let times = match (&headline.time, &draft.time) {
        (Some(a), Some(b)) => (a.value.start, a.value.end) == (b.value.start, b.value.end),
        _ => true,
    };
    let told = |d: &Draft| !d.source.is_empty() || !d.target.is_empty() || !d.places.is_empty();
    let somebody = draft.type_.kind() == Kind::Figure || told(headline) && told(draft);
    modes
        && times
        && somebody
        && quantities(headline, draft)
        && places(&headline.places, &draft.places)
        && sides(&headline.source, &draft.source)
        && sides(&headline.target, &draft.target)
}

fn quantities(headline: &Draft, draft: &Draft) -> bool {
    match (&headline.quantity, &draft.quantity) {
        (None, None) => true,
        (Some(a), Some(b)) if a.value.unit == b.value.unit => {
            let bounds = |q: &griot_types::Quantity| (q.low, q.best, q.high);
            let vague =
                || a.value.relation == Bound::Vague && a.value.low.zip(b.value.best.or(b.value.low)).is_some_and(|(low, told)| low <= told);
            bounds(&a.value) == bounds(&b.value) || vague()
        }
        _ => false,
    }
}

/// The headline names the province or the country where the text names the town.
fn places(headline: &[Found<Place>], text: &[Found<Place>]) -> bool {
    let (Some(outer), Some(inner)) = (headline.first(), text.first()) else { return true };
    let (outer, inner) = (&outer.value, &inner.value);
    let wide = |least: u8| outer.precision.is_some_and(|p| p >= least);
    outer.name == inner.name
        || inner.admin1.as_ref() == Some(&outer.name)
        || wide(4) && outer.country.is_some() && outer.country == inner.country && (outer.admin1 == inner.admin1 || wide(6))
}

/// The same people, or a description on one side where the other has a name or none.
fn sides(headline: &[Who], text: &[Who]) -> bool {
    let described = |whos: &[Who]| whos.iter().all(|w| !w.named && w.actor.id.is_none());
    let kin = || headline.len() == text.len() && headline.iter().zip(text).all(|(a, b)| a.kind == b.kind);
    headline.is_empty() || text.is_empty() || all_same(headline, text) || (described(headline) || described(text)) && kin()
}
