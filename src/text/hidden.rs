//! Characters that are drawn as nothing, or over what stands before them: one table of them, by what they do.

/// What a character does that is not drawn for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// A control character, line breaks and tabs among them.
    Control,
    /// A line or paragraph separator.
    Separator,
    /// Takes no room and does nothing: zero width spaces, byte order marks, word joiners. Comes along with a copied text.
    Nothing,
    /// A sign of arithmetic that nobody sees.
    Operator,
    /// Joins letters or keeps them apart.
    Joiner,
    /// Says in which direction what stands beside it runs.
    Mark,
    /// Turns the direction of all that follows.
    Turn,
    /// Chooses among the forms of the letter before it.
    Selector,
    /// Where a word may be broken.
    SoftHyphen,
    /// Spells the name of a flag's region, and is hidden text anywhere else.
    Tag,
    /// Fills a place with nothing, or is not in use.
    Filler,
    /// Notes between lines of text.
    Note,
    /// Drawn over what stands before it, as a line through it or a ring around it.
    Strike,
}

impl Hidden {
    /// What a character hides, if it is not drawn for itself.
    #[must_use]
    pub fn of(c: char) -> Option<Self> {
        if c.is_ascii() && !c.is_ascii_control() {
            return None;
        }
        Some(match c {
            _ if c.is_control() => Self::Control,
            '\u{2028}' | '\u{2029}' => Self::Separator,
            '\u{200b}' | '\u{2060}' | '\u{feff}' => Self::Nothing,
            '\u{2061}'..='\u{2065}' => Self::Operator,
            '\u{200c}' | '\u{200d}' => Self::Joiner,
            '\u{200e}' | '\u{200f}' | '\u{61c}' => Self::Mark,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Self::Turn,
            '\u{fe00}'..='\u{fe0f}' => Self::Selector,
            '\u{ad}' => Self::SoftHyphen,
            '\u{e0000}'..='\u{e007f}' => Self::Tag,
            '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' => Self::Filler,
            '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{ffa0}' | '\u{e0080}'..='\u{e0fff}' => Self::Filler,
            '\u{fff9}'..='\u{fffb}' => Self::Note,
            '\u{334}'..='\u{338}' | '\u{20d0}'..='\u{20f0}' => Self::Strike,
            _ => return None,
        })
    }
}

/// Whether a character takes no room and does nothing: it can be left out.
#[must_use]
pub fn is_nothing(c: char) -> bool {
    Hidden::of(c) == Some(Hidden::Nothing)
}

/// Whether a character hides, reorders, colours or breaks what stands around it: never part of an honest name.
#[must_use]
pub fn misleads(c: char) -> bool {
    Hidden::of(c).is_some()
}

/// Whether a character is drawn over the one before it.
#[must_use]
pub fn strikes_out(c: char) -> bool {
    Hidden::of(c) == Some(Hidden::Strike)
}

/// Whether a character spells the name of a region after a black flag.
#[must_use]
pub fn is_tag(c: char) -> bool {
    Hidden::of(c) == Some(Hidden::Tag)
}
