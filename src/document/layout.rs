//! How a document came out: how many pages, how small its smallest text, whether anything runs off a page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

/// What can be seen from where texts stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// How many pages there are.
    pub pages: usize,
    /// The smallest text, in points.
    pub smallest_text: f64,
    /// The first page, counted from 1, from which text runs off.
    pub runs_off: Option<usize>,
    /// The page, counted from 1, on which each section begins, by the section's anchor.
    pub sections: BTreeMap<String, usize>,
    /// How far down the last page the text ends, as a share of the page's height; none where the template does not say.
    pub ends_at: Option<f64>,
    /// How far down the emptiest page before the last is filled, as a share of the page's height; none of a single page.
    pub emptiest: Option<f64>,
    /// By what share all of it would have to be shorter for the last page to be saved; none of a single page.
    pub overhang: Option<f64>,
}

/// What a layout has to be for its document to be made into a file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// The most pages.
    pub most_pages: usize,
    /// How far down every page before the last is filled at least, as a share of the page's height.
    pub least_filled: f64,
    /// Whether closer lines may have nothing to win: the last page is well filled, or too much is on it.
    pub is_settled: bool,
}

impl Wanted {
    /// Any layout.
    pub const ANY: Self = Self { most_pages: usize::MAX, least_filled: 0.0, is_settled: false };

    /// One that needs no closer lines.
    pub(super) const SETTLED: Self = Self { is_settled: true, ..Self::ANY };

    /// One of at most so many pages.
    pub(super) const fn pages(most_pages: usize) -> Self {
        Self { most_pages, ..Self::ANY }
    }

    /// One with fewer pages than another, of which none is emptied for that.
    pub(super) fn better_than(other: &Layout) -> Self {
        let least_filled = other.emptiest.unwrap_or(1.0).min(WELL_FILLED);
        Self { most_pages: other.pages.saturating_sub(1), least_filled, is_settled: false }
    }

    /// Whether a layout is what is wanted.
    #[must_use]
    pub fn is_met_by(&self, layout: &Layout) -> bool {
        layout.pages <= self.most_pages
            && layout.emptiest.unwrap_or(1.0) >= self.least_filled
            && !(self.is_settled && layout.may_be_shortened())
    }
}

/// The share of a page down to which a last page has to reach; with less on it, lines are set closer to save it.
const WELL_FILLED: f64 = 0.6;

/// By what share of its length closer lines shorten text that runs on over one page. Measured over 308 records: none was
/// brought to one page where it would have taken more than 0.048.
const MOST_WON_ON_A_PAGE: f64 = 0.056;

/// The same of a document of several pages, where room is left above what may not be broken: no page was ever saved where
/// it would have taken more than 0.
const MOST_WON: f64 = 0.005;

impl Layout {
    /// Whether the last of several pages is almost empty, and closer lines might save it.
    fn may_be_shortened(&self) -> bool {
        self.pages > 1
            && self.ends_at.is_some_and(|end| end < WELL_FILLED)
            && self.overhang.is_some_and(|share| share <= MOST_WON)
    }

    /// Whether closer lines might bring text that runs on to one page.
    pub(super) fn may_keep_to_a_page(&self) -> bool {
        self.pages == 2 && self.overhang.is_some_and(|share| share <= MOST_WON_ON_A_PAGE)
    }
}

/// Larger text is a word across the page, and no part of what is told.
const LARGEST: f64 = 60.0;
/// Shares of a page's width and height beyond which nothing is told: a tab at the edge, the foot of the page.
const EDGE: f64 = 0.9;
const FOOT: f64 = 0.92;
/// The share of a page's height above its text.
const HEAD: f64 = 0.06;

/// What a template calls the place where its text ends.
const END: &str = "end-of-text";

/// Looks over every text of a document.
pub(super) fn look_over(document: &PagedDocument) -> Layout {
    let pages = document.pages();
    let mut layout = Layout {
        pages: pages.len(),
        smallest_text: f64::MAX,
        runs_off: None,
        sections: BTreeMap::new(),
        ends_at: None,
        emptiest: None,
        overhang: None,
    };
    let mut reaches = Vec::new();
    for (page, number) in pages.iter().zip(1..) {
        let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
        let mut look = PageScan { width, height, number, layout: &mut layout, is_off: false, reach: 0.0 };
        look.over(&page.frame, Transform::identity());
        reaches.push(look.reach);
        if look.is_off {
            layout.runs_off.get_or_insert(number);
        }
    }
    layout.emptiest = reaches.split_last().and_then(|(_, before)| before.iter().copied().reduce(f64::min));
    layout.overhang = overhang(&reaches);
    layout
}

/// By what share pages that are filled down to some places would have to be shorter to be one page less.
fn overhang(reaches: &[f64]) -> Option<f64> {
    let (last, before) = reaches.split_last().filter(|(_, before)| !before.is_empty())?;
    let free: f64 = before.iter().map(|reach| FOOT - reach).sum();
    let all: f64 = reaches.iter().map(|reach| reach - HEAD).sum();
    Some((last - HEAD - free) / all)
}

struct PageScan<'a> {
    width: f64,
    height: f64,
    /// The page, counted from 1.
    number: usize,
    layout: &'a mut Layout,
    is_off: bool,
    /// The lowest place at which something is told on this page, as a share of its height.
    reach: f64,
}

impl PageScan<'_> {
    /// Takes note of something that is told at a place.
    fn told(&mut self, place: Point) {
        let (across, down) = (place.x.to_pt() / self.width, place.y.to_pt() / self.height);
        if across < EDGE && down < FOOT {
            self.reach = self.reach.max(down);
        }
    }

    fn over(&mut self, frame: &Frame, at: Transform) {
        for (place, item) in frame.items() {
            let here = at.pre_concat(Transform::translate(place.x, place.y));
            match item {
                FrameItem::Group(group) => self.over(&group.frame, here.pre_concat(group.transform)),
                FrameItem::Text(text) => {
                    self.layout.smallest_text = self.layout.smallest_text.min(text.size.to_pt());
                    if text.size.to_pt() < LARGEST {
                        self.told(Point::zero().transform(here));
                    }
                    let ends = [Point::zero(), Point::with_x(text.width())];
                    for end in ends.map(|end| end.transform(here)) {
                        let (x, y) = (end.x.to_pt(), end.y.to_pt());
                        // Half a point is the roundness of a letter.
                        self.is_off |= x < -0.5 || y < -0.5 || x > self.width + 0.5 || y > self.height + 0.5;
                    }
                }
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let name = content.label().map(|label| label.resolve().to_string());
                    if name.as_deref() == Some(END) {
                        let end = Point::zero().transform(here);
                        self.layout.ends_at = Some(end.y.to_pt() / self.height);
                    } else if let Some(name) = name {
                        self.layout.sections.entry(name).or_insert(self.number);
                    }
                }
                FrameItem::Image(_, size, _) => self.told(size.to_point().transform(here)),
                FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(..) => {}
            }
        }
    }
}
