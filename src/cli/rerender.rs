//! `handover verify --rerender`: packs typeset again from the records in them.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use jiff::Timestamp;

use super::confined::Confined;
use super::exit::Failure;
use super::render_options::Templates;
use crate::bundle::{FileKind, Manifest, read_archive};
use crate::parallel::{each, processors};
use crate::sign::read_seal;
use crate::verify::{Answer, Judgement, Rerendered};

#[derive(Debug, ClapArgs)]
pub(super) struct Rerender {
    /// Typeset each pack again from the record in it, and compare: proof that its pages say what its data say.
    #[arg(long)]
    rerender: bool,
    /// The templates that the packs were made with, where they are the school's own.
    #[arg(long, value_name = "DIR", requires = "rerender")]
    templates: Option<PathBuf>,
}

/// Typesets again, in a process of its own: the data are a stranger's.
pub(super) struct Compare {
    engine: Confined,
    templates: Option<String>,
}

impl Rerender {
    /// What compares, where that is asked for.
    pub(super) fn compare(&self) -> Result<Option<Compare>, Failure> {
        let templates = Templates::read(self.templates.as_deref())?;
        let digest = templates.digest();
        Ok(self.rerender.then(|| Compare { engine: Confined::new(templates.texts), templates: digest }))
    }
}

impl Compare {
    /// Adds to the judgement of a bundle or pack what typesetting its packs again comes to.
    pub(super) fn add(&self, bytes: &[u8], now: Timestamp, judgement: &mut Judgement) {
        // What is refused has told nothing that would be worth a comparison.
        if judgement.verdict.answer == Answer::NotGenuine {
            return;
        }
        let packs = each(processors(), &packs(bytes), |pack| self.rerender(pack, now), |_| false);
        judgement.add(&packs);
    }

    fn rerender(&self, pack: &[u8], now: Timestamp) -> Rerendered {
        let seal = read_seal(pack, now);
        seal.map_or(Rerendered::NotCompared, |seal| {
            self.engine.rerender(self.templates.as_deref(), pack, &seal.certificate)
        })
    }
}

/// The packs of a bundle, or the one pack that a file is.
fn packs(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(mut files) = read_archive(bytes) else { return vec![bytes.to_vec()] };
    let manifest = files.get(Manifest::PATH).and_then(|bytes| Manifest::from_bytes(bytes));
    let listed = manifest.into_iter().flat_map(|manifest| manifest.files);
    listed.filter(|file| file.kind == FileKind::Pack).filter_map(|file| files.remove(&file.path)).collect()
}
