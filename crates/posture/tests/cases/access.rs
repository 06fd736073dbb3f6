use pillbox_model::{
    BucketSnapshot, CheckGroup, CheckId, ErrorCode, Grantee, ObjectOwnership, PublicAccessBlock, Read, Reason, Verdict,
};
use pillbox_posture::{finding_kind, judge, permission};

use crate::bucket::{flags, grant, in_order, report, unread, wide_open};

fn verdict(snapshot: &BucketSnapshot, check: CheckId) -> (Verdict, Reason, bool) {
    let report = report(snapshot, check);
    (report.verdict, report.reason, report.fixable)
}

#[test]
fn a_bucket_in_order_passes_every_check_in_the_order_shown() {
    let reports = judge(&in_order());
    assert_eq!(reports.iter().map(|report| report.check).collect::<Vec<_>>(), CheckId::ALL);
    for report in reports {
        assert_eq!((report.verdict, report.reason), (Verdict::Pass, Reason::AsItShouldBe), "{}", report.check);
        assert!(!report.standards.is_empty() && !report.fixable);
    }
}

#[test]
fn every_check_says_what_it_is_about() {
    let kinds: Vec<&str> = CheckId::ALL.into_iter().map(|check| finding_kind(check).0).collect();
    for (index, check) in CheckId::ALL.into_iter().enumerate() {
        assert!(permission(check).starts_with("s3:Get"));
        assert!(kinds[index].starts_with("Policy:IAMUser/") && !kinds[..index].contains(&kinds[index]));
    }
    assert_eq!(report(&in_order(), CheckId::Versioning).group, CheckGroup::Recovery);
    assert_eq!(report(&in_order(), CheckId::BlockPublicAccess).standards[..2], ["FSBP S3.8", "CIS 3.1.4"]);
}

#[test]
fn flags_that_are_off_are_named_and_can_be_turned_on() {
    let some = BucketSnapshot {
        account_block: Read::Known(None),
        bucket_block: Read::Known(Some(flags([true, false, true, false]))),
        ..in_order()
    };
    let off = vec!["IgnorePublicAcls".to_owned(), "RestrictPublicBuckets".to_owned()];
    let failed = (Verdict::Fail, Reason::FlagsOff { flags: off }, true);
    assert_eq!(verdict(&some, CheckId::BlockPublicAccess), failed);
    let none = BucketSnapshot { bucket_block: Read::Known(None), ..some };
    let (_, Reason::FlagsOff { flags }, _) = verdict(&none, CheckId::BlockPublicAccess) else { panic!("flags") };
    assert_eq!(flags.len(), 4);
}

#[test]
fn one_level_stands_in_for_the_other() {
    let by_account = BucketSnapshot { bucket_block: Read::Known(None), ..in_order() };
    let covered = (Verdict::Pass, Reason::CoveredByAccount, false);
    assert_eq!(verdict(&by_account, CheckId::BlockPublicAccess), covered);
    let by_bucket = BucketSnapshot { account_block: Read::Known(None), ..in_order() };
    let covered = (Verdict::Pass, Reason::CoveredByBucket, false);
    assert_eq!(verdict(&by_bucket, CheckId::AccountBlockPublicAccess), covered);
}

#[test]
fn the_accounts_own_flags_are_left_to_a_person() {
    let open = BucketSnapshot { account_block: Read::Known(None), bucket_block: Read::Known(None), ..in_order() };
    let (verdict, _, fixable) = verdict(&open, CheckId::AccountBlockPublicAccess);
    assert_eq!((verdict, fixable), (Verdict::Fail, false));
}

#[test]
fn what_may_not_be_read_is_unknown() {
    let denied = BucketSnapshot {
        account_block: unread(ErrorCode::AccessDenied, "p1"),
        bucket_block: unread(ErrorCode::AccessDenied, "p2"),
        policy: unread(ErrorCode::AccessDenied, "p3"),
        policy_is_public: unread(ErrorCode::AccessDenied, "p4"),
        owner_id: unread(ErrorCode::AccessDenied, "p5"),
        acl: unread(ErrorCode::AccessDenied, "p5"),
        ownership: unread(ErrorCode::AccessDenied, "p6"),
        encryption: unread(ErrorCode::AccessDenied, "p7"),
        versioning: unread(ErrorCode::AccessDenied, "p8"),
        ..in_order()
    };
    for report in judge(&denied) {
        assert_eq!((report.verdict, report.fixable), (Verdict::Unknown, false), "{}", report.check);
        assert!(matches!(report.reason, Reason::MayNotRead { .. }), "{}", report.check);
    }
    let may_not = Reason::MayNotRead { permission: "p6".to_owned() };
    assert_eq!(report(&denied, CheckId::ObjectOwnership).reason, may_not);
}

#[test]
fn what_the_store_does_not_know_does_not_apply_and_what_fails_is_unknown() {
    let store = BucketSnapshot {
        ownership: unread(ErrorCode::NotSupported, "p"),
        versioning: unread(ErrorCode::ConnectionLost, "p"),
        ..in_order()
    };
    let not_supported = (Verdict::NotApplicable, Reason::NotSupported, false);
    assert_eq!(verdict(&store, CheckId::ObjectOwnership), not_supported);
    assert_eq!(verdict(&store, CheckId::Versioning), (Verdict::Unknown, Reason::ReadFailed, false));
}

#[test]
fn grants_to_others_are_counted() {
    let failed = (Verdict::Fail, Reason::Grants { public: 1, foreign: 1 }, true);
    assert_eq!(verdict(&wide_open(), CheckId::AclGrants), failed);
    let log_delivery = grant(Grantee::Group("http://acs.amazonaws.com/groups/s3/LogDelivery".to_owned()));
    let logs = BucketSnapshot { acl: Read::Known(vec![log_delivery]), ..in_order() };
    let failed = (Verdict::Fail, Reason::Grants { public: 0, foreign: 1 }, true);
    assert_eq!(verdict(&logs, CheckId::AclGrants), failed);
}

#[test]
fn a_grant_to_everybody_is_seen_without_knowing_the_owner() {
    let owner = || unread(ErrorCode::AccessDenied, "s3:GetBucketAcl");
    let open = BucketSnapshot { owner_id: owner(), ..wide_open() };
    let failed = (Verdict::Fail, Reason::Grants { public: 1, foreign: 0 }, false);
    assert_eq!(verdict(&open, CheckId::AclGrants), failed);
    let other = BucketSnapshot { owner_id: owner(), ..in_order() };
    assert_eq!(verdict(&other, CheckId::AclGrants).0, Verdict::Unknown);
}

#[test]
fn lists_that_are_in_use_fail() {
    for ownership in [None, Some(ObjectOwnership::ObjectWriter), Some(ObjectOwnership::BucketOwnerPreferred)] {
        let bucket = BucketSnapshot { ownership: Read::Known(ownership), ..in_order() };
        assert_eq!(verdict(&bucket, CheckId::ObjectOwnership), (Verdict::Fail, Reason::AclsInUse, true));
    }
}

#[test]
fn a_public_policy_fails_until_it_is_restricted() {
    let open = wide_open();
    let actions = vec!["s3:GetObject".to_owned()];
    let failed = (Verdict::Fail, Reason::PolicyPublic { actions }, false);
    assert_eq!(verdict(&open, CheckId::PublicPolicy), failed);
    let restricted = BucketSnapshot { account_block: Read::Known(Some(PublicAccessBlock::ALL)), ..open.clone() };
    let passed = (Verdict::Pass, Reason::PolicyPublicRestricted, false);
    assert_eq!(verdict(&restricted, CheckId::PublicPolicy), passed);
}

#[test]
fn of_two_readings_the_worse_counts() {
    let says_not = BucketSnapshot { policy_is_public: Read::Known(false), ..wide_open() };
    assert_eq!(verdict(&says_not, CheckId::PublicPolicy), (Verdict::Fail, Reason::PolicyDisputed, false));
    let says_so = BucketSnapshot { bucket_block: Read::Known(None), account_block: Read::Known(None), ..in_order() };
    let says_so = BucketSnapshot { policy_is_public: Read::Known(true), ..says_so };
    assert_eq!(verdict(&says_so, CheckId::PublicPolicy), (Verdict::Fail, Reason::PolicyDisputed, false));
}

#[test]
fn one_reading_is_enough_when_the_other_is_refused() {
    let denied = || unread(ErrorCode::AccessDenied, "p");
    let text_only = BucketSnapshot { policy_is_public: unread(ErrorCode::AccessDenied, "p"), ..wide_open() };
    assert_eq!(verdict(&text_only, CheckId::PublicPolicy).0, Verdict::Fail);
    let word_only = BucketSnapshot { policy: denied(), ..wide_open() };
    assert_eq!(verdict(&word_only, CheckId::PublicPolicy), (Verdict::Fail, Reason::PolicyPublicUnread, false));
    let strange = BucketSnapshot { policy: Read::Known(Some("[]".to_owned())), ..wide_open() };
    assert_eq!(verdict(&strange, CheckId::PublicPolicy), (Verdict::Fail, Reason::PolicyPublicUnread, false));
    let word_only = BucketSnapshot { policy: denied(), ..in_order() };
    assert_eq!(verdict(&word_only, CheckId::PublicPolicy).0, Verdict::Pass);
}

#[test]
fn a_policy_that_is_not_understood_is_unknown() {
    for policy in ["", "{", "[]", "{}", r#"{"Statement":3}"#, r#"{"Statement":[{"Effect":"Maybe"}]}"#] {
        let bucket = BucketSnapshot { policy: Read::Known(Some(policy.to_owned())), ..in_order() };
        let unknown = (Verdict::Unknown, Reason::PolicyNotUnderstood, false);
        assert_eq!(verdict(&bucket, CheckId::PublicPolicy), unknown, "{policy}");
    }
}
