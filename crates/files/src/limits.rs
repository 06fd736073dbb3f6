//! How much of a document is unpacked.

/// Limits against documents that unpack to more than anybody wrote. Sizes are in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// What is not text is read whole: a document, an archive, and each member of one, is at most so large.
    pub document: u64,
    /// All members of an archive together, those of archives in it included.
    pub extracted: u64,
    /// Members of an archive, those of archives in it included.
    pub members: u64,
    /// Archives and messages in each other.
    pub depth: u32,
    /// An Office document unpacks to at most so many times its own size; what is small unpacked is let pass.
    pub office_ratio: u64,
    /// An Office document unpacks to at most so much.
    pub office_extracted: u64,
}

impl Default for Limits {
    /// 64 MiB a document, 1 GiB and 100,000 members an archive, ten levels as in Macie, and for Office documents 200 times
    /// their size and 512 MiB.
    fn default() -> Self {
        Self {
            document: 64 << 20,
            extracted: 1 << 30,
            members: 100_000,
            depth: 10,
            office_ratio: 200,
            office_extracted: 512 << 20,
        }
    }
}
