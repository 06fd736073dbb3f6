//! `pillbox findings`: findings in the shape of Macie's, newest first.

use std::process::ExitCode;

use pillbox_app::{FindingsQuery, hidden_name};
use pillbox_model::{Failure, Finding, FindingState};

use crate::arguments::{Findings, Global};
use crate::output::Output;
use crate::{connection, program};

/// Lists findings.
pub(crate) fn run(global: &Global, findings: &Findings, output: &Output) -> Result<ExitCode, Failure> {
    let place = findings.place.as_deref().map(connection::bucket).transpose()?;
    let app = program::open(global)?;
    let states = if findings.all { FindingState::ALL.to_vec() } else { Vec::new() };
    let query = FindingsQuery {
        bucket: place.as_ref().map(|place| place.bucket.clone()),
        severity: findings.severity,
        finding_type: findings.finding_type.clone(),
        prefix: place.map(|place| place.prefix).filter(|prefix| !prefix.is_empty()),
        states,
    };
    let total = app.each_finding(&query, |finding| print(output, global.reveal, finding))?;
    if total == 0 {
        output.line("There are no findings.");
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}

fn print(output: &Output, reveal: bool, finding: &Finding) {
    let mut finding = finding.clone();
    if let (false, Some(object)) = (reveal, finding.resources_affected.s3_object.as_mut()) {
        object.key = hidden_name(&object.key);
        let bucket = finding.resources_affected.s3_bucket.as_ref().map_or("", |bucket| bucket.name.as_str());
        object.path = format!("{bucket}/{}", object.key);
    }
    // What the type holds serialises.
    output.object(&serde_json::to_value(&finding).unwrap_or_default());
    let bucket = finding.resources_affected.s3_bucket.as_ref().map_or("", |bucket| bucket.name.as_str());
    let place = finding
        .resources_affected
        .s3_object
        .as_ref()
        .map_or_else(|| format!("s3://{bucket}"), |object| format!("s3://{bucket}/{}", object.key));
    output.line(&format!(
        "{:6}  {}  {}  {place}\n        {}",
        finding.severity.description.description(),
        finding.updated_at,
        finding.finding_type,
        finding.title
    ));
}
