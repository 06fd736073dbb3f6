//! Listing ahead of reading.

use std::collections::BTreeSet;
use std::sync::Arc;

use pillbox_aws::{Listed, Listing};
use pillbox_model::{ErrorCode, Failure, Phase, Timestamp};
use tokio::sync::mpsc;

use super::Job;
use super::decide::Item;
use super::inventory::{Inventory, InventoryPlace};

/// What is to be done about a page of the listing, with its end as the last item.
pub(super) type Page = Vec<Item>;

/// Where the list of objects comes from.
pub(super) enum Source {
    Listing(Listing),
    Inventory(Inventory),
}

impl Source {
    /// Begins a list, behind a key where one is given.
    pub(super) async fn open(
        job: &Job,
        inventory: Option<InventoryPlace>,
        after: Option<&str>,
    ) -> Result<Self, Failure> {
        let (client, bucket, prefix) = (&job.session.client, &job.place.bucket, &job.scope.prefix);
        let listing = match inventory {
            Some(place) => return Inventory::open(client, bucket, place, &job.scope).await.map(Self::Inventory),
            None if job.scope.versions => client.list_versions(bucket, prefix),
            None => client.list(bucket, prefix),
        };
        Ok(Self::Listing(match after {
            Some(key) => listing.after(key.to_owned()),
            None => listing,
        }))
    }

    /// Of what moment it is, where that is not now.
    pub(super) fn is_of(&self) -> Option<Timestamp> {
        match self {
            Self::Listing(_) => None,
            Self::Inventory(inventory) => Some(inventory.created_at()),
        }
    }

    async fn page(&mut self) -> Result<Option<Vec<Listed>>, Failure> {
        match self {
            Self::Listing(listing) => listing.page().await,
            Self::Inventory(inventory) => inventory.page().await,
        }
    }
}

/// Lists to the end, and sends what is to be done. Says `Ok` only of a list that is whole.
pub(super) async fn list(
    job: Arc<Job>,
    mut source: Source,
    after: Option<String>,
    pages: mpsc::Sender<Page>,
) -> Result<(), Failure> {
    // An inventory is in no order, and of yesterday: it says nothing about what is gone.
    let mut in_order = matches!(source, Source::Listing(_));
    let (mut held, mut previous) = (Vec::new(), after.unwrap_or_default());
    loop {
        let listed = source.page().await?;
        let is_end = listed.is_none();
        held.extend(listed.unwrap_or_default());
        let page = if is_end { std::mem::take(&mut held) } else { whole_keys(&mut held) };
        // Some stores list in an order of their own, where "behind a key" means nothing.
        in_order = in_order && follows(&previous, &page);
        let up_to = page.last().map(|last| last.key.clone()).filter(|_| in_order);
        if in_order {
            job.settle_what_is_gone(&previous, if is_end { None } else { up_to.as_deref() }, &page).await?;
        }
        if let Some(up_to) = &up_to {
            previous.clone_from(up_to);
        }
        if !page.is_empty() {
            let bytes = page.iter().map(|listed| listed.size).sum();
            let deciding = Arc::clone(&job);
            let decided = tokio::task::spawn_blocking(move || deciding.decide(page, up_to)).await;
            let items = decided.map_err(|_| ErrorCode::Internal)??;
            job.counters.expect(items.len() as u64 - 1, bytes);
            if pages.send(items).await.is_err() {
                // Who reads has ended, and says why.
                return Ok(());
            }
        }
        if is_end {
            job.counters.turn(Phase::Scanning);
            return Ok(());
        }
    }
}

/// Whether a page is in the order of its keys' bytes, and all of it behind a key.
fn follows(previous: &str, page: &[Listed]) -> bool {
    page.first().is_none_or(|first| previous.is_empty() || previous.as_bytes() < first.key.as_bytes())
        && page.is_sorted_by(|one, other| one.key.as_bytes() <= other.key.as_bytes())
}

/// Takes out all but what is listed under the last key: more of its versions may come with the next page.
fn whole_keys(held: &mut Vec<Listed>) -> Vec<Listed> {
    let Some(last) = held.last().map(|last| last.key.clone()) else { return Vec::new() };
    let first_of_last = held.iter().position(|listed| listed.key == last).unwrap_or_default();
    let rest = held.split_off(first_of_last);
    std::mem::replace(held, rest)
}

/// The keys of a page, and those under which something lies that is no marker.
pub(super) fn present(page: &[Listed]) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let all = page.iter().map(|listed| listed.key.as_str()).collect();
    let shown = page.iter().filter(|listed| listed.is_latest && !listed.is_delete_marker);
    (all, shown.map(|listed| listed.key.as_str()).collect())
}
