//! Where detections go, and what a scan says at its end.

use std::ops::ControlFlow;

use pillbox_model::Detection;

/// Takes detections as they are found, in the order of their places.
pub trait Sink {
    /// Takes one detection; `Break` ends the scan as [`Interrupted::BySink`].
    fn detection(&mut self, detection: Detection) -> ControlFlow<()>;
}

impl Sink for Vec<Detection> {
    fn detection(&mut self, detection: Detection) -> ControlFlow<()> {
        self.push(detection);
        ControlFlow::Continue(())
    }
}

/// What a scan that ran to the end looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Bytes of text, all of them looked at.
    pub bytes: u64,
    /// Detections that the sink was given.
    pub detections: u64,
    /// Values that an allow list kept from being detections.
    pub allowed: u64,
    /// Places at which a value was tried: what the cost beyond the plain sweep is made of.
    pub tries: u64,
}

/// A scan that did not reach the end of its text. What the sink was given until then is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Interrupted {
    /// `keep_going` said no.
    #[error("the scan was stopped before the end of the text")]
    ByCaller,
    /// The sink took no more.
    #[error("the scan was ended by who took its detections")]
    BySink,
}
