//! Pictures of what a child drew or made: read within bounds, and written anew, so that nothing but the picture is left.
//!
//! Floor 0: uses nothing of ours. A photograph carries where and when it was taken, and a file that is made to harm carries more; only the pixels are
//! taken over, turned upright, on white, no larger than a page shows.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};

/// The largest file that is looked at, in bytes.
pub const PICTURE_LIMIT: usize = 10 << 20;
/// The most pixels that are decoded.
const MOST_PIXELS: u64 = 40_000_000;
/// The longest side of what is printed: 16 centimetres at 280 dots to the inch.
const LONGEST_SIDE: u32 = 1800;
/// How many bytes all pictures of one record may have when they are written anew: each goes into a pack twice, on the page
/// and beside it, and a pack may have 32 MiB.
pub const PICTURES_LIMIT: usize = 12 << 20;
/// A drawing that is larger than this when it is written anew is written as a photograph.
const LARGE_DRAWING: usize = 1 << 20;
/// The quality of a photograph that is written anew.
const QUALITY: u8 = 88;

/// Why a picture cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureError {
    /// Neither PNG nor JPEG.
    Kind,
    /// More bytes than any drawing needs: how many.
    TooLarge(u64),
    /// More pixels than any drawing needs: width and height.
    TooManyPixels(u32, u32),
    /// Cut off or damaged.
    Damaged,
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind => f.write_str("is neither a PNG nor a JPEG picture"),
            Self::TooLarge(bytes) => {
                write!(f, "has {} MB; at most 10 MB can be used. Save it smaller", megabytes(*bytes))
            }
            Self::TooManyPixels(width, height) => {
                write!(f, "has {width} by {height} points; at most 40 million can be used. Save it smaller")
            }
            Self::Damaged => f.write_str("is damaged or not a whole picture"),
        }
    }
}

/// Bytes in megabytes, with one digit after the point; never none.
#[must_use]
pub fn megabytes(bytes: u64) -> String {
    let tenths = (bytes.saturating_mul(10) >> 20).max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

impl std::error::Error for PictureError {}

/// A picture that holds nothing but its pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    bytes: Vec<u8>,
    ending: &'static str,
}

impl Picture {
    /// Reads a picture and writes it anew.
    ///
    /// # Errors
    /// [`PictureError`] where it is of another kind, too large or damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        if bytes.len() > PICTURE_LIMIT {
            return Err(PictureError::TooLarge(bytes.len() as u64));
        }
        let damaged = |_error: image::ImageError| PictureError::Damaged;
        let format = image::guess_format(bytes).map_err(|_error| PictureError::Kind)?;
        if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg) {
            return Err(PictureError::Kind);
        }
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_PIXELS * 8);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(damaged)?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(PictureError::TooManyPixels(width, height));
        }
        let orientation = decoder.orientation().map_err(damaged)?;
        let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        picture.apply_orientation(orientation);
        if width.max(height) > LONGEST_SIDE {
            picture = picture.thumbnail(LONGEST_SIDE, LONGEST_SIDE);
        }
        let pixels = on_white(&picture);
        let jpeg = || {
            let mut anew = Vec::new();
            pixels.write_with_encoder(JpegEncoder::new_with_quality(&mut anew, QUALITY)).map_err(damaged)?;
            Ok(Self { bytes: anew, ending: "jpg" })
        };
        if format == ImageFormat::Jpeg {
            return jpeg();
        }
        let mut anew = Vec::new();
        pixels.write_with_encoder(PngEncoder::new(&mut anew)).map_err(damaged)?;
        // A drawing that was scanned is as rough as a photograph.
        if anew.len() > LARGE_DRAWING { jpeg() } else { Ok(Self { bytes: anew, ending: "png" }) }
    }

    /// The endings of what is written.
    #[cfg(feature = "pack")]
    pub(crate) const ENDINGS: [&'static str; 2] = ["png", "jpg"];

    /// A picture that was written anew before, as it stands in a pack. Not looked at: for an engine that is kept in bounds.
    #[cfg(feature = "pack")]
    pub(crate) fn as_written(bytes: &[u8], ending: &'static str) -> Option<Self> {
        (bytes.len() <= PICTURE_LIMIT).then(|| Self { bytes: bytes.to_vec(), ending })
    }

    /// The bytes, written anew.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A virtual name for the engine, of a few that are used again for every record.
    #[cfg(any(feature = "pack", test))]
    pub(crate) fn virtual_name(&self, stem: &str) -> String {
        format!("{stem}.{}", self.ending)
    }
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    let colours = picture.color().has_alpha().then(|| picture.to_rgba8());
    let Some(colours) = colours else { return picture.to_rgb8() };
    let (width, height) = picture.dimensions();
    RgbImage::from_fn(width, height, |x, y| {
        let [red, green, blue, alpha] = colours.get_pixel(x, y).0;
        let over = |colour: u8| {
            let mixed = (u16::from(colour) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        image::Rgb([over(red), over(green), over(blue)])
    })
}

/// The pictures of one record, by the names that the record gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pictures(pub BTreeMap<String, Picture>);

impl Pictures {
    /// How many bytes all of them have.
    #[must_use]
    pub fn size(&self) -> usize {
        self.0.values().map(|picture| picture.bytes.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, alpha: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = if alpha {
            DynamicImage::ImageRgba8(image::RgbaImage::new(width, height))
        } else {
            DynamicImage::ImageRgb8(RgbImage::new(width, height))
        };
        picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn what_is_see_through_is_printed_white() {
        let picture = Picture::read(&png(4, 4, true)).unwrap();
        let again = image::load_from_memory(picture.bytes()).unwrap();
        assert_eq!(again.to_rgb8().get_pixel(0, 0).0, [255, 255, 255]);
    }

    #[test]
    fn a_large_picture_is_made_smaller_and_a_huge_one_refused() {
        let picture = Picture::read(&png(4000, 10, false)).unwrap();
        assert_eq!(image::load_from_memory(picture.bytes()).unwrap().width(), LONGEST_SIDE);
        let too_large = PICTURE_LIMIT + 1;
        assert_eq!(Picture::read(&vec![0; too_large]), Err(PictureError::TooLarge(too_large as u64)));
        assert_eq!(Picture::read(&png(20_000, 2_001, false)), Err(PictureError::TooManyPixels(20_000, 2_001)));
    }

    #[test]
    fn a_rough_drawing_is_written_as_a_photograph() {
        let mut seed = 1_u32;
        let rough = RgbImage::from_fn(1200, 900, |_, _| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            image::Rgb([u8::try_from(seed >> 24).unwrap(); 3])
        });
        let mut bytes = Vec::new();
        rough.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        let picture = Picture::read(&bytes).unwrap();
        assert!(picture.virtual_name("x") == "x.jpg" && picture.bytes().len() < bytes.len());
    }

    #[test]
    fn sizes_are_told_as_people_read_them() {
        assert_eq!([14_890_000, 10 << 20, 1].map(megabytes), ["14.2", "10.0", "0.1"].map(str::to_owned));
    }

    #[test]
    fn other_things_are_refused() {
        assert_eq!(Picture::read(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Err(PictureError::Kind));
        assert_eq!(Picture::read(b"GIF89a\x01\x00\x01\x00"), Err(PictureError::Kind));
        let whole = png(64, 64, false);
        assert_eq!(Picture::read(&whole[..whole.len() / 2]), Err(PictureError::Damaged));
        assert_eq!(Picture::read(b"\xff\xd8\xff\xe0 not a picture"), Err(PictureError::Damaged));
    }
}
