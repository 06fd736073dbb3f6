//! `pillbox rules`: what is done with what is found, and what is allowed.

use std::io::BufRead;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use pillbox_app::{AllowListAddition, AllowListEdit, AllowListRow, App, RuleChange, RulesView};
use pillbox_model::{ErrorCode, Failure, IdentifierId};
use serde_json::json;

use crate::arguments::Global;
use crate::arguments_of_rules::{AllowCommand, Rules, RulesCommand};
use crate::output::{Output, counted};
use crate::program;

/// Runs the subcommand.
pub(crate) fn run(global: &Global, rules: &Rules, output: &Output) -> Result<ExitCode, Failure> {
    let app = program::open(global)?;
    match &rules.command {
        RulesCommand::Show => show(output, &app.rules_view()?),
        RulesCommand::Set { id, disposition } => {
            let identifier = IdentifierId::parse(id);
            set(&app, output, &RuleChange::Disposition { identifier, disposition: Some((*disposition).into()) })?;
        }
        RulesCommand::Reset { id } => {
            let identifier = IdentifierId::parse(id);
            set(&app, output, &RuleChange::Disposition { identifier, disposition: None })?;
        }
        RulesCommand::NotAPrescription { setting } => {
            set(&app, output, &RuleChange::NotAPrescription { setting: (*setting).into() })?;
        }
        RulesCommand::Redaction { style } => {
            set(&app, output, &RuleChange::Redaction { style: (*style).into() })?;
        }
        RulesCommand::Allow { command } => allow(&app, command, output)?,
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}

/// What differs from the defaults stands last, where people look.
fn show(output: &Output, rules: &RulesView) {
    for row in &rules.identifiers {
        output.object(&json!({
            "type": "rule",
            "identifier": row.identifier,
            "category": row.category,
            "on": row.on,
            "disposition": row.disposition,
            "default": row.default_disposition,
        }));
        let own = if row.disposition == row.default_disposition { "" } else { "  (set by this practice)" };
        let off = if row.on { "" } else { "  [off]" };
        output.line(&format!("{:8}  {}{own}{off}", word(&row.disposition), row.identifier));
    }
    output.object(&json!({
        "type": "settings",
        "notAPrescription": rules.not_a_prescription,
        "redaction": rules.redaction,
    }));
    output.line(&format!("a file that is no prescription: {}", word(&rules.not_a_prescription)));
    output.line(&format!("in place of what is taken out: {}", word(&rules.redaction)));
}

fn set(app: &Arc<App>, output: &Output, change: &RuleChange) -> Result<(), Failure> {
    let rules = app.change_rule(change)?;
    match change {
        RuleChange::Disposition { identifier, .. } => {
            let row = rules.identifiers.iter().find(|row| row.identifier == *identifier);
            let disposition = row.map(|row| row.disposition);
            output.object(&json!({ "type": "set", "identifier": identifier, "disposition": disposition }));
            output.line(&format!("{identifier}: {}", word(&disposition)));
        }
        RuleChange::NotAPrescription { setting } => {
            output.object(&json!({ "type": "set", "notAPrescription": setting }));
            output.line(&format!("a file that is no prescription: {}", word(setting)));
        }
        RuleChange::Redaction { style } => {
            output.object(&json!({ "type": "set", "redaction": style }));
            output.line(&format!("in place of what is taken out: {}", word(style)));
        }
    }
    Ok(())
}

/// The word of a choice, as it is written everywhere.
fn word(choice: &impl serde::Serialize) -> String {
    serde_json::to_value(choice).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn allow(app: &Arc<App>, command: &AllowCommand, output: &Output) -> Result<(), Failure> {
    let lists = match command {
        AllowCommand::List => app.allow_lists()?,
        AllowCommand::AddWords { name, words } => {
            let words = if words.is_empty() { lines_of_input()? } else { words.clone() };
            if words.is_empty() {
                return Err(Failure::about(ErrorCode::InvalidInput, "no words"));
            }
            app.save_allow_list(edit(name, AllowListAddition::Words { words }))?
        }
        AllowCommand::AddRegex { name, regex } => {
            app.save_allow_list(edit(name, AllowListAddition::Regex { regex: regex.clone() }))?
        }
        AllowCommand::Import { file, name } => {
            let name = name.clone().or_else(|| stem(file)).unwrap_or_default();
            app.import_allow_list(&name, file)?
        }
        AllowCommand::Enable { name } => app.switch_allow_list(name, true)?,
        AllowCommand::Disable { name } => app.switch_allow_list(name, false)?,
        AllowCommand::Remove { name } => app.delete_allow_list(name)?,
    };
    for list in &lists {
        output.object(&object(list));
        let on = if list.on { "on " } else { "off" };
        let problem = list.problem.as_ref().map_or_else(String::new, |problem| format!("  [not in use: {problem}]"));
        let entries = counted(list.entries, "entry", "entries");
        output.line(&format!("{on}  {}  ({}, {entries}){problem}", list.name, word(&list.kind)));
    }
    Ok(())
}

fn object(list: &AllowListRow) -> serde_json::Value {
    json!({
        "type": "allowList",
        "name": list.name,
        "description": list.description,
        "kind": list.kind,
        "on": list.on,
        "entries": list.entries,
        "regex": list.regex,
        "problem": list.problem,
    })
}

fn edit(name: &str, add: AllowListAddition) -> AllowListEdit {
    AllowListEdit { name: name.to_owned(), description: None, add }
}

fn stem(file: &Path) -> Option<String> {
    file.file_stem().map(|stem| stem.to_string_lossy().into_owned())
}

fn lines_of_input() -> Result<Vec<String>, Failure> {
    let lines = std::io::stdin().lock().lines().collect::<Result<Vec<_>, _>>();
    let lines = lines.map_err(|_| Failure::new(ErrorCode::SourceUnreadable))?;
    Ok(lines.into_iter().filter(|line| !line.trim().is_empty()).collect())
}
