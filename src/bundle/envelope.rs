//! The envelope of a bundle on its journey: encrypted, with nothing outside that tells of a child, a school or an area.
//!
//! By default an AES-256 ZIP (WinZip's AE-2) with one compressed entry of one name, which 7-Zip and WinZip open with a
//! passphrase; or a file for the holder of an `age` key. What keeps a forger out is the signed bundle inside, not the envelope.

use std::error::Error;
use std::fmt;
use std::io::{Cursor, Read, Write};

use bip39::Language;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};
use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::archive::LIMIT;

/// The one entry's name.
const ENTRY: &str = "bundle.zip";
/// The method that stands for AES, and what its field begins with: the number 0x9901, and its length.
const AES_METHOD: usize = 99;
const AES_FIELD: [u8; 4] = [0x01, 0x99, 7, 0];
/// Where in that field the method stands that is inside, and what says that the entry is compressed.
const AES_INSIDE: usize = 9;
const DEFLATE: u8 = 8;
/// What AES adds to an entry: salt, check of the passphrase, checksum.
const ADDED: usize = 16 + 2 + 10;
/// How hard it is tried to make it short, from 1 to 9.
const COMPRESSION: i64 = 2;
/// So many times shorter than before Deflate makes a text at most.
const MOST_SHORTENED: usize = 1032;
/// What an `age` file begins with.
const AGE: &[u8] = b"age-encryption.org/v1\n";
/// How many words a passphrase has: 77 bits. The format stretches a passphrase only a little, so it must be strong.
const WORDS: usize = 7;

/// Why an envelope could not be closed or opened.
#[derive(Debug)]
pub enum EnvelopeError {
    /// Not an envelope of this program's form.
    Form,
    /// The passphrase or key does not open it, or it was damaged on the way.
    Key,
    /// What is inside is larger than any bundle.
    TooLarge,
    /// The encryption itself failed, and why.
    Failed(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "it is not an encrypted bundle of this program",
            Self::Key => "the passphrase or key does not open it, or it was damaged on the way",
            Self::TooLarge => "it is larger than any bundle",
            Self::Failed(_) => "it could not be encrypted",
        })
    }
}

impl Error for EnvelopeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(cause) => Some(&**cause),
            Self::Form | Self::Key | Self::TooLarge => None,
        }
    }
}

/// The passphrase of one envelope: words to be read out over the telephone. Shown once, kept nowhere.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// A passphrase out of randomness from the operating system.
    #[must_use]
    pub fn new(random: &Zeroizing<[u8; 2 * WORDS]>) -> Self {
        let list = Language::English.word_list();
        // 2048 words: eleven bits of two bytes choose one without favour.
        let word = |two: &[u8]| two.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)) % list.len();
        let words: Vec<&str> = random.chunks(2).filter_map(|two| list.get(word(two)).copied()).collect();
        Self(Zeroizing::new(words.join(" ")))
    }

    /// A passphrase as somebody typed it: small or capital letters, whatever stands between the words.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        Self(Zeroizing::new(words.join(" ").to_lowercase()))
    }

    /// The words, small, with one space between them.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// What opens an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// A passphrase.
    Passphrase,
    /// The key of an `age` recipient.
    Age,
}

/// How a file is locked; `None` for one that is not.
#[must_use]
pub fn lock_of(bytes: &[u8]) -> Option<Lock> {
    let is_encrypted = bytes.starts_with(b"PK\x03\x04") && bytes.get(6).is_some_and(|flags| flags & 1 == 1);
    if bytes.starts_with(AGE) {
        Some(Lock::Age)
    } else if is_encrypted {
        Some(Lock::Passphrase)
    } else {
        None
    }
}

/// Puts a bundle into an envelope that a passphrase opens. Each time another salt, so other bytes.
///
/// # Errors
/// [`EnvelopeError::Failed`] where there is no randomness.
pub fn lock(bundle: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, EnvelopeError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // Little is won by more, and most of the time would go there.
        .compression_level(Some(COMPRESSION))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600)
        .with_aes_encryption(AesMode::Aes256, passphrase.words());
    let write = || {
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bundle.len() / 2)));
        writer.start_file(ENTRY, options)?;
        writer.write_all(bundle)?;
        writer.finish()
    };
    let mut bytes = write().map(Cursor::into_inner).map_err(|error| EnvelopeError::Failed(error.into()))?;
    without_checksum(&mut bytes)
        .ok_or_else(|| EnvelopeError::Failed("the encrypted file has another form than ours".into()))?;
    Ok(bytes)
}

/// Takes the checksum of what is inside out of an envelope (AE-2 instead of AE-1): it would confirm a guess.
fn without_checksum(bytes: &mut [u8]) -> Option<()> {
    let directory = Outline::of(bytes)?.directory;
    for (header, checksum, name) in [(0, 14, 30), (directory, 16, 46)] {
        let extra = header + name + ENTRY.len();
        bytes.get_mut(header + checksum..)?.first_chunk_mut::<4>()?.fill(0);
        let field = bytes.get_mut(extra..)?.first_chunk_mut::<6>()?;
        (field[..4] == AES_FIELD).then_some(())?;
        field[4..].copy_from_slice(&[2, 0]);
    }
    Some(())
}

/// Where the parts of an envelope stand: one encrypted entry, its directory, the end, and nothing else.
struct Outline {
    directory: usize,
}

impl Outline {
    /// Of a file in which there is nothing but an envelope, without a remark; `None` for any other.
    fn of(bytes: &[u8]) -> Option<Self> {
        const END: usize = 22;
        let number = |at: usize, width: usize| {
            let field = bytes.get(at..at.checked_add(width)?)?;
            Some(field.iter().rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)))
        };
        let end = bytes.len().checked_sub(END)?;
        let (size, directory) = (number(end + 12, 4)?, number(end + 16, 4)?);
        let one_entry = number(end + 4, 4)? == 0 && number(end + 8, 2)? == 1 && number(end + 10, 2)? == 1;
        let no_remark = number(end + 20, 2)? == 0;
        let data = 30 + number(26, 2)? + number(28, 2)?;
        let right = bytes.starts_with(b"PK\x03\x04")
            && bytes.get(end..)?.starts_with(b"PK\x05\x06")
            && bytes.get(directory..)?.starts_with(b"PK\x01\x02")
            && number(8, 2)? == AES_METHOD
            && number(directory + 10, 2)? == AES_METHOD
            && data.checked_add(number(18, 4)?)? == directory
            && directory.checked_add(size)? == end
            && number(directory + 32, 2)? == 0;
        (right && one_entry && no_remark).then_some(Self { directory })
    }
}

/// The number of four bytes at a place.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// How long a file says that what is inside is, if everything but that length, salt, encrypted bytes and their checksum is
/// byte for byte what [`lock`] writes around them: every flag, version, time and number that another program could read in
/// another way.
fn length_inside(bytes: &[u8]) -> Option<usize> {
    let frame = lock(b"", &Passphrase::typed("frame")).ok()?;
    let directory = Outline::of(&frame)?.directory;
    // What an empty text is compressed to stands in the frame.
    let data = 30 + ENTRY.len() + AES_FIELD.len() + 7;
    let (mut head, mut tail) = (frame.get(..data)?.to_vec(), frame.get(directory..)?.to_vec());
    let size = bytes.len().checked_sub(head.len() + tail.len())?;
    let inside = number(bytes, 22)?;
    let outer = u32::try_from(size).ok()?;
    let directory = u32::try_from(head.len() + size).ok()?;
    let put = |into: &mut Vec<u8>, at: usize, number: u32| {
        into.get_mut(at..at + 4).map(|field| field.copy_from_slice(&number.to_le_bytes()))
    };
    put(&mut head, 18, outer)?;
    put(&mut head, 22, inside)?;
    put(&mut tail, 20, outer)?;
    put(&mut tail, 24, inside)?;
    // Where the directory stands, six bytes before the end.
    let end = tail.len().checked_sub(6)?;
    put(&mut tail, end, directory)?;
    (bytes.starts_with(&head) && bytes.ends_with(&tail)).then_some(usize::try_from(inside).ok()?)
}

/// The same envelope around something that is not compressed: what comes out is what was encrypted, and all of it has been
/// checked. Whoever lets a decompressor read from the cipher checks no further than it reads.
fn as_stored(bytes: &[u8]) -> Option<Vec<u8>> {
    let directory = Outline::of(bytes)?.directory;
    let mut stored = bytes.to_vec();
    let inside = u32::try_from(directory.checked_sub(30 + ENTRY.len() + AES_FIELD.len() + 7 + ADDED)?).ok()?;
    for (header, length, name) in [(0, 22, 30), (directory, 24, 46)] {
        stored.get_mut(header + length..)?.first_chunk_mut::<4>()?.copy_from_slice(&inside.to_le_bytes());
        let method = stored.get_mut(header + name + ENTRY.len() + AES_INSIDE)?;
        (*method == DEFLATE).then_some(())?;
        *method = 0;
    }
    Some(stored)
}

/// Whether an envelope that a passphrase opens is whole; one that was cut short on the way is not.
#[must_use]
pub fn is_whole_envelope(bytes: &[u8]) -> bool {
    length_inside(bytes).is_some()
}

/// Takes a bundle out of an envelope.
///
/// # Errors
/// [`EnvelopeError`] says whether form, key or size is at fault.
pub fn unlock(bytes: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, EnvelopeError> {
    let length = length_inside(bytes).ok_or(EnvelopeError::Form)?;
    inflated(&decrypted(bytes, passphrase)?, length)
}

/// Whether an envelope opens as a bundle, which is not held a second time for that.
///
/// # Errors
/// As [`unlock`].
pub fn unlocks_as(bytes: &[u8], passphrase: &Passphrase, bundle: &[u8]) -> Result<bool, EnvelopeError> {
    let length = length_inside(bytes).ok_or(EnvelopeError::Form)?;
    let compressed = decrypted(bytes, passphrase)?;
    let (mut state, mut read, mut same) = (InflateState::new_boxed(DataFormat::Raw), 0, 0);
    let mut part = vec![0; 1 << 16];
    while length == bundle.len() {
        let rest = compressed.get(read..).unwrap_or_default();
        let step = inflate(&mut state, rest, &mut part, MZFlush::None);
        read += step.bytes_consumed;
        let written = part.get(..step.bytes_written).unwrap_or_default();
        if bundle.get(same..same + written.len()) != Some(written) {
            return Ok(false);
        }
        same += written.len();
        match step.status {
            Ok(MZStatus::StreamEnd) => return Ok(same == bundle.len() && read == compressed.len()),
            Ok(MZStatus::Ok) if step.bytes_consumed > 0 || step.bytes_written > 0 => {}
            _ => return Ok(false),
        }
    }
    Ok(false)
}

/// What is compressed in an envelope, all of which has been checked.
fn decrypted(bytes: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, EnvelopeError> {
    let stored = as_stored(bytes).ok_or(EnvelopeError::Form)?;
    let mut archive = ZipArchive::new(Cursor::new(stored)).map_err(|_error| EnvelopeError::Form)?;
    let is_ours = archive.name_for_index(0).is_some_and(|name| name.is_ok_and(|name| name == ENTRY));
    if archive.len() != 1 || !is_ours {
        return Err(EnvelopeError::Form);
    }
    let entry = archive.by_index_decrypt(0, passphrase.words().as_bytes()).map_err(|_error| EnvelopeError::Key)?;
    if !entry.encrypted() || entry.compression() != CompressionMethod::Stored {
        return Err(EnvelopeError::Form);
    }
    bounded(entry, bytes.len())
}

/// What was compressed, if it is exactly so long and nothing follows it.
fn inflated(compressed: &[u8], length: usize) -> Result<Vec<u8>, EnvelopeError> {
    if length > LIMIT {
        return Err(EnvelopeError::TooLarge);
    }
    if length > compressed.len().saturating_mul(MOST_SHORTENED) {
        return Err(EnvelopeError::Form);
    }
    let mut bytes = vec![0; length];
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, read, written) = decompress(&mut DecompressorOxide::new(), compressed, &mut bytes, 0, flags);
    let is_whole = status == TINFLStatus::Done && read == compressed.len() && written == length;
    if is_whole { Ok(bytes) } else { Err(EnvelopeError::Form) }
}

/// All that is read, which is about so long.
pub(super) fn bounded(reader: impl Read, length: usize) -> Result<Vec<u8>, EnvelopeError> {
    let mut bytes = Vec::with_capacity(length.min(LIMIT) + 1);
    let limit = u64::try_from(LIMIT).unwrap_or(u64::MAX);
    reader.take(limit + 1).read_to_end(&mut bytes).map_err(|_error| EnvelopeError::Key)?;
    if bytes.len() > LIMIT { Err(EnvelopeError::TooLarge) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(seed: u8) -> Passphrase {
        let mut random = Zeroizing::new([seed; 2 * WORDS]);
        random[0] = seed.wrapping_mul(7);
        Passphrase::new(&random)
    }

    #[test]
    fn what_is_locked_is_opened_by_its_passphrase_alone() {
        let bundle = b"PK the bundle".repeat(1000);
        let envelope = lock(&bundle, &passphrase(1)).unwrap();
        assert_eq!((lock_of(&envelope), lock_of(&bundle)), (Some(Lock::Passphrase), None));
        let typed = Passphrase::typed(&format!(" {} ", passphrase(1).words().to_uppercase().replace(' ', " - ")));
        assert_eq!(unlock(&envelope, &typed).unwrap(), bundle);
        assert!(matches!(unlock(&envelope, &passphrase(2)), Err(EnvelopeError::Key)));
        assert!(unlocks_as(&envelope, &passphrase(1), &bundle).unwrap());
        let mut other = bundle.clone();
        other[7000] ^= 1;
        for other in [&other[..], &bundle[1..], &[&bundle[..], b"x"].concat(), b""] {
            assert!(!unlocks_as(&envelope, &passphrase(1), other).unwrap());
        }
        assert_ne!(lock(&bundle, &passphrase(1)).unwrap(), envelope, "another salt each time");
        assert!(!envelope.windows(12).any(|part| part == b"PK the bundl"));
    }

    #[test]
    fn an_envelope_has_one_form_and_tells_nothing_of_what_is_inside() {
        let envelope = lock(&b"the bundle".repeat(9), &passphrase(4)).unwrap();
        let field = 30 + ENTRY.len();
        assert_eq!(envelope[14..18], [0; 4], "a checksum would confirm a guess");
        assert_eq!(envelope[field..field + 6], [0x01, 0x99, 7, 0, 2, 0], "AE-2");
        let mut remark = envelope.clone();
        let last = remark.len() - 2;
        remark[last] = 4;
        remark.extend(b"Ring");
        for other in [remark, [&envelope[..], b"x"].concat(), [b"x", &envelope[..]].concat()] {
            assert!(matches!(unlock(&other, &passphrase(4)), Err(EnvelopeError::Form)));
        }
        let mut weak = envelope.clone();
        weak[8] = 0;
        assert!(matches!(unlock(&weak, &passphrase(4)), Err(EnvelopeError::Form)));
    }

    #[test]
    fn no_byte_around_what_is_encrypted_can_be_another() {
        for length in [0, 1, 90, 70_000] {
            let envelope = lock(&b"x".repeat(length), &passphrase(4)).unwrap();
            assert_eq!(unlock(&envelope, &passphrase(4)).unwrap().len(), length);
            let (head, directory) = (30 + ENTRY.len() + 11, Outline::of(&envelope).unwrap().directory);
            let around = (0..head).chain(directory..envelope.len());
            for (at, mask) in around.flat_map(|at| (0..8).map(move |bit| (at, 1 << bit))) {
                let mut changed = envelope.clone();
                changed[at] ^= mask;
                assert!(matches!(unlock(&changed, &passphrase(4)), Err(EnvelopeError::Form)), "byte {at} of {length}");
            }
        }
    }

    #[test]
    fn what_is_compressed_has_one_length_and_nothing_behind_it() {
        let bundle = b"the bundle ".repeat(5000);
        let envelope = lock(&bundle, &passphrase(4)).unwrap();
        assert!(envelope.len() * 10 < bundle.len(), "{}", envelope.len());
        // Another length, told in both places alike.
        let directory = Outline::of(&envelope).unwrap().directory;
        for length in [0, bundle.len() - 1, bundle.len() + 1, LIMIT, LIMIT + 1, u32::MAX as usize] {
            let mut other = envelope.clone();
            let told = u32::try_from(length).unwrap().to_le_bytes();
            other[22..26].copy_from_slice(&told);
            other[directory + 24..directory + 28].copy_from_slice(&told);
            let error = unlock(&other, &passphrase(4)).unwrap_err();
            assert!(matches!(error, EnvelopeError::Form | EnvelopeError::TooLarge), "{length}");
        }
        // Whoever knows the passphrase can hide nothing behind the end, nor send what swells.
        let compressed = miniz_oxide::deflate::compress_to_vec(&bundle, 6);
        assert_eq!(inflated(&compressed, bundle.len()).unwrap(), bundle);
        for hidden in [&compressed[..compressed.len() - 1], &[&compressed[..], b"x"].concat()] {
            assert!(matches!(inflated(hidden, bundle.len()), Err(EnvelopeError::Form)));
        }
        assert!(matches!(inflated(b"x", LIMIT), Err(EnvelopeError::Form)));
    }

    #[test]
    fn a_damaged_envelope_gives_nothing() {
        let envelope = lock(b"the bundle", &passphrase(3)).unwrap();
        let header = 30 + ENTRY.len() + 11;
        for at in header..header + 16 + 2 + 10 + 10 {
            let mut changed = envelope.clone();
            changed[at] ^= 1;
            assert!(unlock(&changed, &passphrase(3)).is_err(), "byte {at}");
        }
        for cut in 1..envelope.len() {
            assert!(unlock(&envelope[..cut], &passphrase(3)).is_err(), "{cut} bytes");
        }
    }

    #[test]
    fn a_passphrase_has_seven_words_and_is_not_shown_by_accident() {
        let words = passphrase(9);
        assert_eq!(words.words().split(' ').count(), WORDS);
        assert_eq!(format!("{words:?}"), "Passphrase(…)");
        assert_ne!(passphrase(1).words(), passphrase(2).words());
    }
}
