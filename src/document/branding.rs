//! How a school's own pages look: data alone, nothing that runs.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::picture::Picture;

/// The accent colour where the school has none of its own: a dark teal.
const ACCENT: &str = "#14505c";
/// The least contrast of the accent with white: that of normal text at level AA of WCAG 2.2, success criterion 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;

/// A school's accent colour and logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branding {
    accent: String,
    /// The logo's file beside `branding.toml`, where there is one, and where it is named.
    pub logo_file: Option<(String, Range<usize>)>,
    /// The logo itself.
    pub logo: Option<Picture>,
}

/// What is wrong with a `branding.toml`, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandingError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Range<usize>,
    /// What to do.
    pub help: String,
}

impl fmt::Display for BrandingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for BrandingError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    accent: Option<Spanned<String>>,
    logo: Option<Spanned<String>>,
}

impl Default for Branding {
    fn default() -> Self {
        Self { accent: ACCENT.to_owned(), logo_file: None, logo: None }
    }
}

impl Branding {
    /// The branding that a text asks for; the logo still has to be read.
    ///
    /// # Errors
    /// [`BrandingError`] where the text is no branding, or its colour cannot be read on white paper.
    pub fn parse(text: &str) -> Result<Self, BrandingError> {
        let file: File = toml::from_str(text).map_err(|error| BrandingError {
            message: error.message().to_owned(),
            span: error.span().unwrap_or_default(),
            help: "A branding has `accent = \"#14505c\"` and `logo = \"logo.png\"`, nothing else.".to_owned(),
        })?;
        let accent = match file.accent {
            Some(accent) => {
                check_colour(accent.get_ref()).map_err(|(message, help)| BrandingError {
                    message,
                    span: accent.span(),
                    help,
                })?;
                accent.into_inner().to_lowercase()
            }
            None => ACCENT.to_owned(),
        };
        let logo_file = file.logo.map(|logo| (logo.get_ref().clone(), logo.span()));
        Ok(Self { accent, logo_file, logo: None })
    }

    /// A branding as it was shown before; nothing where the colour could not have been.
    pub(super) fn of(accent: &str, logo: Option<Picture>) -> Option<Self> {
        check_colour(accent).ok()?;
        Some(Self { accent: accent.to_owned(), logo_file: None, logo })
    }

    /// The accent colour, `#14505c`.
    #[must_use]
    pub fn accent(&self) -> &str {
        &self.accent
    }
}

fn check_colour(colour: &str) -> Result<(), (String, String)> {
    let Some(contrast) = contrast_with_white(colour) else {
        return Err((
            "This is not a colour".to_owned(),
            "Write six hexadecimal digits after a hash: `accent = \"#14505c\"`.".to_owned(),
        ));
    };
    if contrast < LEAST_CONTRAST {
        return Err((
            format!("This colour is too light to be read on white paper (contrast {contrast:.1} to 1, needed 4.5)"),
            "Choose a darker shade of it.".to_owned(),
        ));
    }
    Ok(())
}

/// The contrast ratio of a colour with white, by the definition of WCAG 2.2; nothing for what is no colour.
fn contrast_with_white(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |from: usize| {
        let value = u8::from_str_radix(digits.get(from..from + 2)?, 16).ok()?;
        let share = f64::from(value) / 255.0;
        Some(if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) })
    };
    let luminance = 0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?;
    Some(1.05 / (luminance + 0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contrast_is_that_of_the_standard() {
        assert!((contrast_with_white("#000000").unwrap() - 21.0).abs() < 1e-9);
        assert!((contrast_with_white("#ffffff").unwrap() - 1.0).abs() < 1e-9);
        assert!((contrast_with_white("#767676").unwrap() - 4.54).abs() < 0.01);
        assert_eq!(contrast_with_white("teal"), None);
        assert_eq!(contrast_with_white("#é345"), None);
    }

    #[test]
    fn colours_that_cannot_be_read_are_refused_where_they_stand() {
        assert_eq!(Branding::parse("").unwrap(), Branding::default());
        assert_eq!(Branding::parse("accent = \"#7A1F3D\"\n").unwrap().accent(), "#7a1f3d");
        let error = Branding::parse("accent = \"#f5c400\"\n").unwrap_err();
        assert!(error.message.contains("too light") && error.span == (9..18), "{error:?}");
        assert!(Branding::parse("accent = \"red\"\n").is_err() && Branding::parse("font = \"Comic\"\n").is_err());
    }
}
