//! What work costs this process.

use std::time::Duration;
#[cfg(not(unix))]
use std::time::Instant;

/// Time of the processor that this process has spent, which other programs on the machine do not lengthen as they do
/// the time on the clock. Where the system can't tell, it is the time on the clock.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    #[cfg(unix)]
    start: Duration,
    #[cfg(not(unix))]
    start: Instant,
}

impl Spent {
    /// Begins to count.
    pub fn begin() -> Self {
        #[cfg(unix)]
        let start = spent();
        #[cfg(not(unix))]
        let start = Instant::now();
        Self { start }
    }

    /// What was spent since.
    pub fn so_far(self) -> Duration {
        #[cfg(unix)]
        return spent().saturating_sub(self.start);
        #[cfg(not(unix))]
        return self.start.elapsed();
    }
}

#[cfg(unix)]
fn spent() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The most memory that this process has held at once, in bytes, as Linux tells; `None` elsewhere.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
