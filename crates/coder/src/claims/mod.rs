//! Propositions with frames become claims.

mod changes;
mod confidence;
mod denied;
mod draft;
mod events;
mod figures;
mod headline;
mod inherit;
mod merge;
mod parts;
mod retold;
mod strengths;
mod tables;

use crate::scene::Scene;
use draft::Draft;
use griot_types::Claim;

/// All claims of a report, in the order of the text.
pub fn of(scene: &Scene) -> Vec<Claim> {
    with_origins(scene).into_iter().map(|(claim, _)| claim).collect()
}

/// One claim and what it was made from, for `--explain`.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The claim's id.
    pub claim: String,
    /// The sentence.
    pub sentence: usize,
    /// The predicate's token.
    pub predicate: usize,
    /// The frame's name and where it stands; `None` for a count that no frame asked for.
    pub frame: Option<(String, String)>,
    /// What its confidence rests on.
    pub features: crate::codebook::Features,
}

/// The same with the origin of each claim.
pub fn with_origins(scene: &Scene) -> Vec<(Claim, Origin)> {
    let mut drafts: Vec<Draft> = Vec::new();
    for s in 0..scene.trees.len() {
        let from = drafts.len();
        events::of_sentence(scene, s, &mut drafts);
        denied::of_sentence(scene, s, &mut drafts);
        inherit::of_sentence(scene, s, from, &mut drafts);
        figures::of_sentence(scene, s, from, &mut drafts);
        inherit::of_label(scene, s, from, &mut drafts);
        inherit::of_clock(scene, s, from, &mut drafts);
        tables::of_sentence(scene, s, &mut drafts);
        denied::called_false(scene, s, &mut drafts);
    }
    merge::finish(scene, drafts)
}
