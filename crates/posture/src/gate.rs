//! Whether the bucket is shut.

use pillbox_model::{BucketSnapshot, ErrorCode, Gate, PublicAccessBlock, Read, Unread, effective_public_access_block};

use crate::policy::{Exposure, exposure};

/// Whether the bucket is shut: each of the four flags of Block Public Access on, at the bucket or the account. An
/// unread level does not matter where the other has all four on; where it could make the difference, the answer
/// is `Unknown`. A level that the store does not know (NotImplemented) can't have flags on; when it knows neither,
/// the answer is `NotSupported`.
pub fn gate(snapshot: &BucketSnapshot) -> Gate {
    let effective = known_block(snapshot);
    if effective.is_all() {
        return Gate::Shut;
    }
    let levels = [&snapshot.bucket_block, &snapshot.account_block];
    let unread: Vec<&Unread> = levels.into_iter().filter_map(unread).collect();
    if unread.len() == 2 && unread.iter().all(|level| level.code == ErrorCode::NotSupported) {
        return Gate::NotSupported;
    }
    if unread.iter().any(|level| level.code != ErrorCode::NotSupported) {
        let refused = unread.iter().filter(|level| is_refusal(level.code));
        return Gate::Unknown { permissions: refused.map(|level| level.permission.clone()).collect() };
    }
    let off = effective.flags().into_iter().filter(|(_, on)| !on);
    Gate::NotShut { flags: off.map(|(name, _)| name.to_owned()).collect(), public: lets_the_public_in(snapshot) }
}

/// The flags that are known to be on at either level.
pub(crate) fn known_block(snapshot: &BucketSnapshot) -> PublicAccessBlock {
    let known = |level: &Read<Option<PublicAccessBlock>>| level.known().copied().flatten();
    effective_public_access_block(known(&snapshot.account_block), known(&snapshot.bucket_block))
}

fn unread(level: &Read<Option<PublicAccessBlock>>) -> Option<&Unread> {
    match level {
        Read::Known(_) => None,
        Read::Unread(unread) => Some(unread),
    }
}

const fn is_refusal(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::AccessDenied | ErrorCode::ManagedByOrganisation)
}

/// Whether, as far as was read, a policy or a grant lets the public in at this moment.
fn lets_the_public_in(snapshot: &BucketSnapshot) -> bool {
    let block = known_block(snapshot);
    let by_policy = !block.restrict_public_buckets && is_policy_public(snapshot);
    let grants = snapshot.acl.known().map(Vec::as_slice).unwrap_or_default();
    let by_grant = !block.ignore_public_acls && grants.iter().any(|grant| grant.grantee.is_public());
    by_policy || by_grant
}

/// Whether the policy is public by S3's own word or by its text.
pub(crate) fn is_policy_public(snapshot: &BucketSnapshot) -> bool {
    let by_word = snapshot.policy_is_public.known() == Some(&true);
    let text = snapshot.policy.known().and_then(Option::as_deref);
    by_word || text.is_some_and(|text| matches!(exposure(text), Exposure::Public { .. }))
}
