//! `pillbox scan`: detections; exit 0 none, 1 some, 2 could not finish or a file was not read.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{App, BucketTarget, Counters, InventoryPlace, Render, Resume, ScanEvent, ScanSummary, ScanTarget};
use pillbox_model::Failure;
use serde_json::json;

use super::scan_report::Report;
use crate::arguments::Global;
use crate::arguments_of_scan::{Objects, Scan};
use crate::output::{Output, counted};
use crate::{connection, program, progress};

/// Scans each target and prints what was found.
pub(crate) async fn run(global: &Global, scan: &Scan, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    let stop = program::stop_on_signal();
    let mut total = ScanSummary::default();
    let mut failure = None;
    let counters = Arc::<Counters>::default();
    for target in &scan.targets {
        let scanned = match to_target(&app, global, target, &scan.objects, &counters).await {
            Ok(target) => {
                let report = Report { app: Arc::clone(&app), format: output.format(), reveal: global.reveal };
                let render: Arc<Render> = Arc::new(move |event: &ScanEvent<'_>, emit: &mut dyn FnMut(&[u8])| {
                    report.render(event, emit);
                });
                let is_bucket = matches!(target, ScanTarget::Bucket(_));
                let mut write = |text: &[u8]| {
                    progress::clear();
                    output.rendered(text);
                };
                let scanned = app.scan(target, &stop, &render, &mut write, &mut total);
                if is_bucket { progress::while_working(&counters, scanned).await } else { scanned.await }
            }
            Err(failure) => Err(failure),
        };
        if let Err(met) = scanned {
            failure = Some(met);
            break;
        }
    }
    if let Some(failure) = &failure {
        output.error(failure);
    }
    output.object(&summary_of(scan, &total, failure.is_none()));
    output.line(&format!(
        "{}, {}: {}, {} not read",
        counted(total.files, "file", "files"),
        counted(total.bytes, "byte", "bytes"),
        counted(total.detections, "detection", "detections"),
        counted(total.skipped, "file", "files"),
    ));
    for line in lines_of_objects(&scan.objects, &total) {
        output.line(&line);
    }
    output.end();
    Ok(match (failure, total) {
        (Some(_), _) => ExitCode::from(2),
        (None, ScanSummary { skipped: 1.., .. }) => ExitCode::from(2),
        (None, ScanSummary { detections: 1.., .. }) => ExitCode::from(1),
        (None, _) => ExitCode::SUCCESS,
    })
}

async fn to_target(
    app: &App,
    global: &Global,
    text: &str,
    objects: &Objects,
    counters: &Arc<Counters>,
) -> Result<ScanTarget, Failure> {
    let Some(place) = connection::place(text)? else {
        objects.none_for_files()?;
        return Ok(match text {
            "-" => ScanTarget::Reader(Box::new(std::io::stdin())),
            path => ScanTarget::Path(PathBuf::from(path)),
        });
    };
    let inventory = objects.inventory.as_deref().map(connection::bucket).transpose()?;
    Ok(ScanTarget::Bucket(Box::new(BucketTarget {
        session: connection::open(app, global, &place.bucket).await?,
        scope: objects.scope(place.prefix),
        inventory: inventory.map(|manifest| InventoryPlace { bucket: manifest.bucket, key: manifest.prefix }),
        resume: if objects.resume { Resume::Always } else { Resume::Never },
        counters: Arc::clone(counters),
        totals: Arc::default(),
    })))
}

/// The last object for programs.
fn summary_of(scan: &Scan, total: &ScanSummary, is_complete: bool) -> serde_json::Value {
    let mut summary = json!({
        "type": "summary",
        "files": total.files,
        "bytes": total.bytes,
        "skipped": total.skipped,
        "detections": total.detections,
        "complete": is_complete,
    });
    if scan.targets.iter().any(|target| matches!(connection::place(target), Ok(Some(_)))) {
        let objects = total.objects;
        summary["objects"] = json!({
            "new": objects.new,
            "changed": objects.changed,
            "again": objects.again,
            "unchanged": objects.unchanged,
            "leftOut": objects.left_out,
            "notSampled": objects.not_sampled,
            "inQuarantine": objects.in_quarantine,
            "deleteMarkers": objects.delete_markers,
            "earlier": objects.earlier,
        });
    }
    if let Some(moment) = total.inventory_of {
        summary["inventoryOf"] = json!(moment);
    }
    summary
}

/// What became of objects, for people; nothing where all of them were new.
fn lines_of_objects(asked: &Objects, total: &ScanSummary) -> Vec<String> {
    let objects = total.objects;
    let mut lines = Vec::new();
    if objects.changed + objects.again + objects.unchanged > 0 {
        lines.push(format!(
            "{} new, {} changed, {} read again, {} unchanged since they were read",
            objects.new, objects.changed, objects.again, objects.unchanged
        ));
    }
    if objects.left_out > 0 {
        lines.push(format!("{} left out by what was asked for", counted(objects.left_out, "object", "objects")));
    }
    if let Some(share) = asked.sample {
        let share = f64::from(share) / 100.0;
        let rest = counted(objects.not_sampled, "object", "objects");
        lines.push(format!("a sample of {share} %: {rest} not looked at, of which nothing is known"));
    }
    if objects.in_quarantine > 0 {
        lines.push(format!("{} in quarantine not scanned", counted(objects.in_quarantine, "object", "objects")));
    }
    if objects.delete_markers > 0 {
        lines.push(counted(objects.delete_markers, "delete marker", "delete markers"));
    }
    if objects.earlier > 0 {
        lines.push(format!("{} of these by the run that was cut off", counted(objects.earlier, "object", "objects")));
    }
    if let Some(moment) = total.inventory_of {
        lines.push(format!("by the inventory of {moment}: what was stored later is not in it"));
    }
    lines
}
