//! How often S3 asked for patience, the times that a request was simply tried again included.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_s3::config::interceptors::FinalizerInterceptorContextRef;
use aws_sdk_s3::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;

use crate::Client;

/// Counts the answers that say so: 503 SlowDown of S3 (API Reference, "Error responses"), and 429 of other stores.
#[derive(Debug, Clone, Default)]
pub(crate) struct SlowDowns(Arc<AtomicU64>);

#[dyn_dispatch_hint]
impl Intercept for SlowDowns {
    fn name(&self) -> &'static str {
        "SlowDowns"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if context.response().is_some_and(|answer| matches!(answer.status().as_u16(), 429 | 503)) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }
}

impl Client {
    /// How often S3 has asked for patience since this connection was made: a reason to send less at once.
    pub fn slow_downs(&self) -> u64 {
        self.shared.slow_downs.0.load(Ordering::Relaxed)
    }
}
