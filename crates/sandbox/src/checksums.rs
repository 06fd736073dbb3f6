//! Checksums: taken while a body comes in, compared with what the request says, and put
//! together for objects of several parts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crc_fast::CrcAlgorithm;
use http::HeaderMap;
use s3s::crypto::{Checksum as _, Crc32, Crc32c, Crc64Nvme, Md5, Sha1, Sha256};
use s3s::{S3Result, s3_error};

use crate::record::{Checksums, ObjectPart};

/// The algorithms that are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
}

impl Algorithm {
    pub(crate) const ALL: [Self; 5] = [Self::Crc32, Self::Crc32c, Self::Crc64Nvme, Self::Sha1, Self::Sha256];

    /// S3's spelling, as in `x-amz-checksum-algorithm`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str().eq_ignore_ascii_case(text))
    }

    fn header(self) -> String {
        format!("x-amz-checksum-{}", self.as_str().to_ascii_lowercase())
    }

    /// The checksum's length in bytes.
    fn length(self) -> usize {
        match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme => 8,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }

    fn crc(self) -> Option<CrcAlgorithm> {
        match self {
            Self::Crc32 => Some(CrcAlgorithm::Crc32IsoHdlc),
            Self::Crc32c => Some(CrcAlgorithm::Crc32Iscsi),
            Self::Crc64Nvme => Some(CrcAlgorithm::Crc64Nvme),
            Self::Sha1 | Self::Sha256 => None,
        }
    }

    /// Whether a whole object's checksum can be had from its parts' checksums.
    pub(crate) fn combines(self) -> bool {
        self.crc().is_some()
    }
}

impl Checksums {
    pub(crate) fn get(&self, algorithm: Algorithm) -> Option<&str> {
        match algorithm {
            Algorithm::Crc32 => self.crc32.as_deref(),
            Algorithm::Crc32c => self.crc32c.as_deref(),
            Algorithm::Crc64Nvme => self.crc64nvme.as_deref(),
            Algorithm::Sha1 => self.sha1.as_deref(),
            Algorithm::Sha256 => self.sha256.as_deref(),
        }
    }

    pub(crate) fn set(&mut self, algorithm: Algorithm, value: Option<String>) {
        match algorithm {
            Algorithm::Crc32 => self.crc32 = value,
            Algorithm::Crc32c => self.crc32c = value,
            Algorithm::Crc64Nvme => self.crc64nvme = value,
            Algorithm::Sha1 => self.sha1 = value,
            Algorithm::Sha256 => self.sha256 = value,
        }
    }

    /// The algorithms of which there is a checksum.
    pub(crate) fn algorithms(&self) -> Vec<Algorithm> {
        Algorithm::ALL.into_iter().filter(|one| self.get(*one).is_some()).collect()
    }
}

/// What a request says about its body.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expected {
    /// `Content-MD5`, base64.
    pub(crate) md5: Option<String>,
    pub(crate) checksums: Checksums,
    /// Algorithms whose checksum comes behind the body, or is asked for without one.
    pub(crate) announced: Vec<Algorithm>,
}

impl Expected {
    /// Reads the announcements: `x-amz-trailer` and `x-amz-sdk-checksum-algorithm`.
    ///
    /// # Errors
    ///
    /// `InvalidDigest` or `InvalidRequest` where a value has not the form of its kind.
    pub(crate) fn of_request(headers: &HeaderMap, md5: Option<String>, checksums: Checksums) -> S3Result<Self> {
        if md5.as_deref().is_some_and(|md5| decoded_length(md5) != Some(16)) {
            return Err(s3_error!(InvalidDigest, "The Content-MD5 you specified is not valid."));
        }
        for algorithm in checksums.algorithms() {
            let length = checksums.get(algorithm).and_then(decoded_length);
            if length != Some(algorithm.length()) {
                return Err(s3_error!(InvalidRequest, "Value for {} header is invalid.", algorithm.header()));
            }
        }
        let named = |header: &str| headers.get(header).and_then(|value| value.to_str().ok());
        let mut announced = Vec::new();
        for trailer in named("x-amz-trailer").unwrap_or_default().split(',') {
            let trailer = trailer.trim().to_ascii_lowercase();
            announced.extend(Algorithm::ALL.into_iter().find(|one| one.header() == trailer));
        }
        announced.extend(named("x-amz-sdk-checksum-algorithm").and_then(Algorithm::parse));
        Ok(Self { md5, checksums, announced })
    }

    /// The algorithms to compute; CRC64NVME, as S3 itself does, where the request names none.
    fn wanted(&self) -> Vec<Algorithm> {
        let mut wanted = self.checksums.algorithms();
        wanted.extend(&self.announced);
        if wanted.is_empty() {
            wanted.push(Algorithm::Crc64Nvme);
        }
        wanted
    }
}

fn decoded_length(base64: &str) -> Option<usize> {
    STANDARD.decode(base64).ok().map(|bytes| bytes.len())
}

/// Computes what is wanted over a body that comes in pieces.
pub(crate) struct Hasher {
    md5: Md5,
    crc32: Option<Crc32>,
    crc32c: Option<Crc32c>,
    crc64nvme: Option<Crc64Nvme>,
    sha1: Option<Sha1>,
    sha256: Option<Sha256>,
}

/// What a body was found to be.
pub(crate) struct Computed {
    pub(crate) md5: [u8; 16],
    pub(crate) checksums: Checksums,
}

impl Hasher {
    pub(crate) fn new(expected: &Expected) -> Self {
        let wanted = expected.wanted();
        let wants = |algorithm| wanted.contains(&algorithm);
        Self {
            md5: Md5::new(),
            crc32: wants(Algorithm::Crc32).then(Crc32::new),
            crc32c: wants(Algorithm::Crc32c).then(Crc32c::new),
            crc64nvme: wants(Algorithm::Crc64Nvme).then(Crc64Nvme::new),
            sha1: wants(Algorithm::Sha1).then(Sha1::new),
            sha256: wants(Algorithm::Sha256).then(Sha256::new),
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.md5.update(bytes);
        if let Some(hasher) = &mut self.crc32 {
            hasher.update(bytes);
        }
        if let Some(hasher) = &mut self.crc32c {
            hasher.update(bytes);
        }
        if let Some(hasher) = &mut self.crc64nvme {
            hasher.update(bytes);
        }
        if let Some(hasher) = &mut self.sha1 {
            hasher.update(bytes);
        }
        if let Some(hasher) = &mut self.sha256 {
            hasher.update(bytes);
        }
    }

    pub(crate) fn finish(self) -> Computed {
        Computed {
            md5: self.md5.finalize(),
            checksums: Checksums {
                crc32: self.crc32.map(|hasher| STANDARD.encode(hasher.finalize())),
                crc32c: self.crc32c.map(|hasher| STANDARD.encode(hasher.finalize())),
                crc64nvme: self.crc64nvme.map(|hasher| STANDARD.encode(hasher.finalize())),
                sha1: self.sha1.map(|hasher| STANDARD.encode(hasher.finalize())),
                sha256: self.sha256.map(|hasher| STANDARD.encode(hasher.finalize())),
                composite: false,
            },
        }
    }
}

impl Computed {
    /// Compares with what the request said, and with what came behind the body.
    ///
    /// # Errors
    ///
    /// `BadDigest` at the first difference; `MalformedTrailerError` where an announced trailer
    /// did not come.
    pub(crate) fn verify(&self, expected: &Expected, trailer: Option<&HeaderMap>) -> S3Result<()> {
        if expected.md5.as_ref().is_some_and(|md5| *md5 != STANDARD.encode(self.md5)) {
            return Err(s3_error!(BadDigest, "The Content-MD5 you specified did not match what we received."));
        }
        for algorithm in self.checksums.algorithms() {
            let name = algorithm.header();
            let late = trailer.and_then(|trailer| trailer.get(&name)?.to_str().ok());
            let computed = self.checksums.get(algorithm);
            for said in [expected.checksums.get(algorithm), late].into_iter().flatten() {
                if computed != Some(said) {
                    return Err(s3_error!(
                        BadDigest,
                        "The {} you specified did not match the calculated checksum.",
                        algorithm.as_str()
                    ));
                }
            }
        }
        Ok(())
    }
}

/// The checksum of an object from those of its parts: of their concatenation (composite), or of
/// the whole object. None where a part lacks it, or the algorithm cannot be combined.
pub(crate) fn of_parts(algorithm: Algorithm, composite: bool, parts: &[ObjectPart]) -> Option<String> {
    let decoded = |part: &ObjectPart| STANDARD.decode(part.checksums.get(algorithm)?).ok();
    if composite {
        let mut all = Vec::with_capacity(parts.len() * algorithm.length());
        for part in parts {
            all.extend(decoded(part)?);
        }
        return Some(format!("{}-{}", STANDARD.encode(digest(algorithm, &all)), parts.len()));
    }
    let crc = algorithm.crc()?;
    let number = |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let (first, rest) = parts.split_first()?;
    let mut sum = number(&decoded(first)?);
    for part in rest {
        sum = crc_fast::checksum_combine(crc, sum, number(&decoded(part)?), part.size);
    }
    let bytes = sum.to_be_bytes();
    Some(STANDARD.encode(&bytes[bytes.len() - algorithm.length()..]))
}

fn digest(algorithm: Algorithm, bytes: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::Crc32 => Crc32::checksum(bytes).to_vec(),
        Algorithm::Crc32c => Crc32c::checksum(bytes).to_vec(),
        Algorithm::Crc64Nvme => Crc64Nvme::checksum(bytes).to_vec(),
        Algorithm::Sha1 => Sha1::checksum(bytes).to_vec(),
        Algorithm::Sha256 => Sha256::checksum(bytes).to_vec(),
    }
}
