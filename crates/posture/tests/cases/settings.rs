use pillbox_model::{BucketSnapshot, CheckId, Encryption, EncryptionType, Read, Reason, Verdict, Versioning};

use crate::bucket::{in_order, report};

#[test]
fn every_kind_of_default_encryption_passes() {
    for kind in [EncryptionType::Aes256, EncryptionType::Kms, EncryptionType::KmsDsse] {
        let encryption = Some(Encryption { kind, kms_key: None, bucket_key: true });
        let bucket = BucketSnapshot { encryption: Read::Known(encryption), ..in_order() };
        assert_eq!(report(&bucket, CheckId::DefaultEncryption).verdict, Verdict::Pass);
    }
    let bucket = BucketSnapshot { encryption: Read::Known(None), ..in_order() };
    let report = report(&bucket, CheckId::DefaultEncryption);
    assert_eq!((report.verdict, report.reason, report.fixable), (Verdict::Fail, Reason::NotEncrypted, false));
}

#[test]
fn a_bucket_that_keeps_no_versions_fails() {
    for versioning in [Versioning::Unversioned, Versioning::Suspended] {
        let bucket = BucketSnapshot { versioning: Read::Known(versioning), ..in_order() };
        let report = report(&bucket, CheckId::Versioning);
        assert_eq!((report.verdict, report.reason, report.fixable), (Verdict::Fail, Reason::NotVersioned, false));
    }
}
