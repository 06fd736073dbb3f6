use pillbox_model::{
    BucketSnapshot, CheckId, Effect, ErrorCode, Failure, PublicAccessBlock, Read, Reversibility, SettingState, Verdict,
};
use pillbox_posture::{gate, judge, plan, plan_all, undo_plan};
use proptest::prelude::*;

use crate::bucket::{any_bucket, apply, flags, in_order, report, unread, wide_open};

const WITH_FIX: [CheckId; 4] =
    [CheckId::BlockPublicAccess, CheckId::AclGrants, CheckId::ObjectOwnership, CheckId::TlsOnly];

#[test]
fn a_wide_open_bucket_is_shut_by_one_plan_and_opened_again_by_its_undo() {
    let open = wide_open();
    let plan = plan_all(&open).unwrap();
    assert_eq!(plan.reversibility, Reversibility::Exact);
    assert_eq!(
        plan.effects,
        [
            Effect::PublicReadersRefused,
            Effect::PolicyReadersRefused,
            Effect::GranteesRefused { grants: 1 },
            Effect::UploadsWithAclRefused,
            Effect::PlainHttpRefused,
        ]
    );
    let shut = apply(&open, &plan).unwrap();
    assert!(gate(&shut).is_shut());
    assert!(judge(&shut).iter().all(|report| report.verdict == Verdict::Pass));
    assert_eq!(plan_all(&shut), Err(Failure::new(ErrorCode::NothingToFix)));
    assert_eq!(apply(&shut, &undo_plan(&plan)).unwrap(), open);
}

#[test]
fn what_shuts_the_bucket_is_written_first() {
    let open = BucketSnapshot { policy: Read::Known(None), policy_is_public: Read::Known(false), ..wide_open() };
    let plan = plan_all(&open).unwrap();
    assert_eq!(plan.checks, WITH_FIX);
    assert_eq!(
        plan.permissions,
        ["s3:PutBucketPublicAccessBlock", "s3:PutBucketAcl", "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy",]
    );
}

#[test]
fn turning_lists_off_takes_the_grants_along() {
    let open = wide_open();
    let plan = plan(&open, &[CheckId::ObjectOwnership]).unwrap();
    assert_eq!(plan.checks, [CheckId::AclGrants, CheckId::ObjectOwnership]);
    let fixed = apply(&open, &plan).unwrap();
    assert_eq!(report(&fixed, CheckId::ObjectOwnership).verdict, Verdict::Pass);
    let unseen = BucketSnapshot { acl: unread(ErrorCode::AccessDenied, "s3:GetBucketAcl"), ..open };
    let refused = pillbox_posture::plan(&unseen, &[CheckId::ObjectOwnership]);
    assert_eq!(refused, Err(Failure::about(ErrorCode::AccessDenied, "s3:GetBucketAcl")));
}

#[test]
fn block_public_access_is_turned_on_whole() {
    let open = wide_open();
    let plan = plan(&open, &[CheckId::BlockPublicAccess]).unwrap();
    let [change] = &plan.changes[..] else { panic!("one change") };
    assert_eq!(change.before, SettingState::BucketPublicAccessBlock(None));
    assert_eq!(change.after, SettingState::BucketPublicAccessBlock(Some(PublicAccessBlock::ALL)));
}

#[test]
fn what_nobody_can_be_using_is_not_warned_of() {
    let unused = BucketSnapshot { account_block: Read::Known(None), bucket_block: Read::Known(None), ..in_order() };
    assert_eq!(plan(&unused, &[CheckId::BlockPublicAccess]).unwrap().effects, []);
    let unseen = BucketSnapshot { policy: unread(ErrorCode::AccessDenied, "s3:GetBucketPolicy"), ..unused };
    assert_eq!(plan(&unseen, &[CheckId::BlockPublicAccess]).unwrap().effects, [Effect::PolicyReadersRefused]);
}

#[test]
fn what_has_no_fix_says_so() {
    let open = wide_open();
    let about = |code, about: &str| Err(Failure::about(code, about));
    assert_eq!(plan(&in_order(), &CheckId::ALL), Err(Failure::new(ErrorCode::NothingToFix)));
    assert_eq!(plan(&in_order(), &[]), Err(Failure::new(ErrorCode::NothingToFix)));
    assert_eq!(plan(&open, &[CheckId::PublicPolicy]), about(ErrorCode::NotFixable, "public-policy"));
    let account = [CheckId::AccountBlockPublicAccess];
    assert_eq!(plan(&open, &account), about(ErrorCode::NotFixable, "account-block-public-access"));
    let denied = BucketSnapshot { bucket_block: unread(ErrorCode::AccessDenied, "p"), ..wide_open() };
    assert_eq!(plan(&denied, &[CheckId::BlockPublicAccess]), about(ErrorCode::AccessDenied, "p"));
    let missing = BucketSnapshot { ownership: unread(ErrorCode::NotSupported, "p"), ..wide_open() };
    assert_eq!(plan(&missing, &[CheckId::ObjectOwnership]), about(ErrorCode::NotSupported, "object-ownership"));
}

#[test]
fn fixing_all_leaves_out_what_it_can_not_fix() {
    let part = BucketSnapshot { acl: unread(ErrorCode::AccessDenied, "s3:GetBucketAcl"), ..wide_open() };
    let plan = plan_all(&part).unwrap();
    assert_eq!(plan.checks, [CheckId::TlsOnly, CheckId::BlockPublicAccess]);
}

#[test]
fn a_public_grant_behind_block_public_acls_can_not_be_written_back() {
    let behind = BucketSnapshot { account_block: Read::Known(Some(flags([true, false, false, false]))), ..wide_open() };
    let plan = plan(&behind, &[CheckId::AclGrants]).unwrap();
    assert_eq!(plan.reversibility, Reversibility::Nearest);
    let fixed = apply(&behind, &plan).unwrap();
    assert_eq!(apply(&fixed, &undo_plan(&plan)).unwrap(), without_public_grants(behind.clone()));
    assert_eq!(plan_all(&behind).unwrap().checks, [CheckId::TlsOnly, CheckId::BlockPublicAccess]);
}

fn without_public_grants(bucket: BucketSnapshot) -> BucketSnapshot {
    let grants = bucket.acl.known().unwrap().iter().filter(|grant| !grant.grantee.is_public()).cloned().collect();
    BucketSnapshot { acl: Read::Known(grants), ..bucket }
}

proptest! {
    #[test]
    fn whatever_is_planned_passes_when_applied_and_is_undone_exactly(
        bucket in any_bucket(),
        checks in prop::sample::subsequence(WITH_FIX.to_vec(), 1..=4),
    ) {
        if let Ok(plan) = plan(&bucket, &checks) {
            let fixed = apply(&bucket, &plan).map_err(TestCaseError::fail)?;
            for check in checks {
                prop_assert_eq!(report(&fixed, check).verdict, Verdict::Pass, "{}", check);
            }
            let mut former = bucket;
            if plan.reversibility == Reversibility::Nearest {
                former = without_public_grants(former);
            }
            prop_assert_eq!(apply(&fixed, &undo_plan(&plan)).map_err(TestCaseError::fail)?, former);
        }
    }

    #[test]
    fn fixing_all_fixes_all_that_is_fixable(bucket in any_bucket()) {
        let exactly = |check: &CheckId| {
            plan(&bucket, &[*check]).is_ok_and(|plan| plan.reversibility == Reversibility::Exact)
        };
        let fixable: Vec<CheckId> = judge(&bucket)
            .into_iter()
            .filter(|report| report.fixable)
            .map(|report| report.check)
            .filter(exactly)
            .collect();
        match plan_all(&bucket) {
            Ok(plan) => {
                let fixed = apply(&bucket, &plan).map_err(TestCaseError::fail)?;
                for check in fixable {
                    prop_assert_eq!(report(&fixed, check).verdict, Verdict::Pass, "{}", check);
                }
                prop_assert_eq!(apply(&fixed, &undo_plan(&plan)).map_err(TestCaseError::fail)?, bucket);
            }
            Err(failure) => {
                prop_assert_eq!(failure.code, ErrorCode::NothingToFix);
                prop_assert!(fixable.is_empty());
            }
        }
    }
}
