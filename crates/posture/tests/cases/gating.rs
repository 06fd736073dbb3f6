use pillbox_model::{BucketSnapshot, ErrorCode, Gate, PublicAccessBlock, Read, Unread};
use pillbox_posture::gate;
use proptest::prelude::*;

use crate::bucket::{any_block, flags, in_order, unread, wide_open};

type Level = Read<Option<PublicAccessBlock>>;

fn at(account: Level, bucket: Level) -> Gate {
    gate(&BucketSnapshot { account_block: account, bucket_block: bucket, ..in_order() })
}

fn all() -> Level {
    Read::Known(Some(PublicAccessBlock::ALL))
}

fn denied(permission: &str) -> Level {
    unread(ErrorCode::AccessDenied, permission)
}

fn not_supported() -> Level {
    unread(ErrorCode::NotSupported, "x")
}

#[test]
fn either_level_shuts_the_bucket_whatever_the_other_says() {
    for other in [Read::Known(None), denied("p"), not_supported(), unread(ErrorCode::ConnectionLost, "p")] {
        assert_eq!(at(all(), other.clone()), Gate::Shut);
        assert_eq!(at(other, all()), Gate::Shut);
    }
}

#[test]
fn each_flag_counts_at_either_level() {
    let account = Read::Known(Some(flags([true, false, true, false])));
    let bucket = Read::Known(Some(flags([false, true, false, true])));
    assert_eq!(at(account.clone(), bucket), Gate::Shut);
    let bucket = Read::Known(Some(flags([false, true, false, false])));
    let off = vec!["RestrictPublicBuckets".to_owned()];
    assert_eq!(at(account, bucket), Gate::NotShut { flags: off, public: false });
}

#[test]
fn a_flag_that_is_off_here_and_unread_there_is_unknown() {
    let unknown = |permission: &str| Gate::Unknown { permissions: vec![permission.to_owned()] };
    assert_eq!(at(denied("a"), Read::Known(None)), unknown("a"));
    assert_eq!(at(Read::Known(None), denied("b")), unknown("b"));
    assert_eq!(at(denied("a"), not_supported()), unknown("a"));
    assert_eq!(at(denied("a"), denied("b")), Gate::Unknown { permissions: vec!["b".to_owned(), "a".to_owned()] });
    assert_eq!(at(unread(ErrorCode::ServiceError, "a"), Read::Known(None)), Gate::Unknown { permissions: vec![] });
}

#[test]
fn a_store_without_block_public_access_is_said_to_have_none() {
    assert_eq!(at(not_supported(), not_supported()), Gate::NotSupported);
}

#[test]
fn a_flag_that_is_known_to_be_off_is_never_a_missing_function() {
    assert!(matches!(at(not_supported(), Read::Known(None)), Gate::NotShut { .. }));
    assert!(matches!(at(Read::Known(None), not_supported()), Gate::NotShut { .. }));
}

#[test]
fn the_gate_says_whether_the_public_is_in() {
    let public = |bucket: &BucketSnapshot| matches!(gate(bucket), Gate::NotShut { public: true, .. });
    let open = wide_open();
    assert!(public(&open));
    let by_policy = BucketSnapshot { acl: in_order().acl, ..open.clone() };
    assert!(public(&by_policy));
    let by_grant = BucketSnapshot { policy: Read::Known(None), policy_is_public: Read::Known(false), ..open.clone() };
    assert!(public(&by_grant));
    let ignored = Read::Known(Some(flags([false, true, false, false])));
    assert!(!public(&BucketSnapshot { bucket_block: ignored, ..by_grant }));
    let restricted = Read::Known(Some(flags([false, false, false, true])));
    assert!(!public(&BucketSnapshot { account_block: restricted, ..by_policy }));
}

fn any_level() -> impl Strategy<Value = Level> {
    let codes = vec![ErrorCode::AccessDenied, ErrorCode::NotSupported, ErrorCode::ConnectionLost];
    prop_oneof![
        3 => any_block().prop_map(Read::Known),
        1 => prop::sample::select(codes)
            .prop_map(|code| Read::Unread(Unread { code, permission: "p".to_owned() })),
    ]
}

proptest! {
    #[test]
    fn shut_is_said_only_of_a_bucket_whose_four_flags_were_read_as_on(account in any_level(), bucket in any_level()) {
        let on = |level: &Level| level.known().copied().flatten().unwrap_or_default().flags().map(|(_, on)| on);
        let (a, b) = (on(&account), on(&bucket));
        let shut = (0..4).all(|flag| a[flag] || b[flag]);
        prop_assert_eq!(at(account, bucket).is_shut(), shut);
    }
}
