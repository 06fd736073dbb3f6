//! What is known of objects that are no longer there.

use std::collections::BTreeSet;

use pillbox_aws::Listed;
use pillbox_model::{ErrorCode, Failure};
use pillbox_store::FindingScope;

use super::Job;
use super::list::present;
use super::read::skip_of;

/// Keys that are fetched at once.
const KEYS: u32 = 1_000;

impl Job {
    /// Forgets what is known of objects behind `after` and up to `up_to` that the listing does not have there, and
    /// resolves their findings, and those of what lies in
    /// quarantine. Each of the former is asked for: it may have been stored meanwhile.
    pub(super) async fn settle_what_is_gone(
        &self,
        after: &str,
        up_to: Option<&str>,
        page: &[Listed],
    ) -> Result<(), Failure> {
        let (listed, shown) = present(page);
        let (store, bucket, prefix) = (&self.app.store, &self.place.bucket, &self.scope.prefix);
        let mut last = after.to_owned();
        loop {
            let known = store.scanned_keys(&self.place, prefix, &last, up_to, KEYS)?;
            let gone = not_in(&known, &listed);
            if !gone.is_empty() {
                store.forget_scanned(&self.place, &gone)?;
            }
            match known.last() {
                Some(end) if known.len() == KEYS as usize => last.clone_from(end),
                _ => break,
            }
        }
        let mut last = after.to_owned();
        loop {
            let found = store.keys_with_findings(bucket, prefix, &last, up_to, KEYS)?;
            for key in found.iter().map(String::as_str) {
                if shown.contains(key) && !self.filter.leaves_in_quarantine(key) {
                    continue;
                }
                self.settle_findings(key).await?;
            }
            match found.last() {
                Some(end) if found.len() == KEYS as usize => last.clone_from(end),
                _ => return Ok(()),
            }
        }
    }

    async fn settle_findings(&self, key: &str) -> Result<(), Failure> {
        if self.stop.is_cancelled() {
            return Err(ErrorCode::Cancelled.into());
        }
        // What is in quarantine was seen to, and is not asked for again.
        if self.filter.leaves_in_quarantine(key) {
            return self.resolve_findings(key);
        }
        match self.session.client.head(&self.place.bucket, key, None).await {
            Ok(None) => self.resolve_findings(key),
            Ok(Some(_)) => Ok(()),
            Err(failure) => skip_of(failure).map(drop),
        }
    }

    fn resolve_findings(&self, key: &str) -> Result<(), Failure> {
        let scope = FindingScope::Object { bucket: &self.place.bucket, key };
        self.app.store.resolve_findings::<&str>(scope, &[], self.app.clock.now()).map(drop)
    }
}

fn not_in<'a>(keys: &'a [String], listed: &BTreeSet<&str>) -> Vec<&'a str> {
    keys.iter().map(String::as_str).filter(|key| !listed.contains(key)).collect()
}
