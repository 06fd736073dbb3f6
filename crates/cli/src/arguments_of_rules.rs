//! What can be typed behind `pillbox identifiers` and `pillbox rules`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use pillbox_app::ExportFormat;
use pillbox_model::{Category, Disposition, NotAPrescription, RedactionStyle};

#[derive(Args)]
pub(crate) struct Identifiers {
    #[command(subcommand)]
    pub(crate) command: IdentifiersCommand,
}

#[derive(Subcommand)]
pub(crate) enum IdentifiersCommand {
    /// List all identifiers with all that is known of them
    List {
        /// Only of this category
        #[arg(long, value_enum, value_name = "CATEGORY")]
        category: Option<CategoryChoice>,
    },
    /// Show one identifier
    Show {
        /// Its id, or the name of one's own
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Run the examples of all identifiers; exit 0 when all hold, 1 when one does not
    Check,
    /// Look into a sample text; exit 0 when nothing is found, 1 when something is
    Test {
        /// Only this identifier, by its id or name
        #[arg(long, value_name = "NAME")]
        identifier: Option<String>,
        /// The file, or - for standard input
        #[arg(value_name = "FILE", default_value = "-")]
        file: PathBuf,
    },
    /// Add identifiers of one's own: TOML, or the JSON of Macie's custom data identifiers
    Add {
        /// The file; identifiers of the same names are replaced
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Remove an identifier of one's own
    Remove {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Print identifiers of one's own as a file
    Export {
        /// The form of the file
        #[arg(long, value_enum, value_name = "FORM", default_value_t = Form::Toml)]
        to: Form,
        /// Their names; all without
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
    /// Set how an identifier is looked for
    Set {
        /// Its id, or the name of one's own
        #[arg(value_name = "ID")]
        id: String,
        /// How many characters may lie between keyword and value: a number, or `default`
        #[arg(long, value_name = "N|default", value_parser = distance)]
        distance: Distance,
    },
    /// Look for an identifier
    On {
        /// Its id, or the name of one's own
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Do not look for an identifier
    Off {
        /// Its id, or the name of one's own
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// A distance, as it is typed; nothing: the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Distance(pub(crate) Option<u16>);

fn distance(typed: &str) -> Result<Distance, &'static str> {
    match typed {
        "default" => Ok(Distance(None)),
        number => number.parse().map(|number| Distance(Some(number))).map_err(|_| "a number, or `default`"),
    }
}

/// A category, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CategoryChoice {
    /// Keys, passwords, tokens.
    Credentials,
    /// Cards and bank accounts.
    Financial,
    /// Of persons, and of their health.
    Personal,
    /// The practice's own.
    Custom,
}

impl From<CategoryChoice> for Category {
    fn from(choice: CategoryChoice) -> Self {
        match choice {
            CategoryChoice::Credentials => Self::Credentials,
            CategoryChoice::Financial => Self::FinancialInformation,
            CategoryChoice::Personal => Self::PersonalInformation,
            CategoryChoice::Custom => Self::CustomIdentifier,
        }
    }
}

/// The form of a file of identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// TOML, with everything.
    Toml,
    /// The JSON of Macie's custom data identifiers, without check digits.
    Macie,
}

impl From<Form> for ExportFormat {
    fn from(form: Form) -> Self {
        match form {
            Form::Toml => Self::Toml,
            Form::Macie => Self::Macie,
        }
    }
}

#[derive(Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Subcommand)]
pub(crate) enum RulesCommand {
    /// Show what is done with what is found
    Show,
    /// Set what is done with an identifier
    Set {
        /// Its id, or the name of one's own
        #[arg(value_name = "ID")]
        id: String,
        /// What is done
        #[arg(value_enum, value_name = "expected|ask|refuse")]
        disposition: DispositionChoice,
    },
    /// Set what is done with an identifier back to the default
    Reset {
        /// Its id, or the name of one's own
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Set what happens with a file that is no prescription
    NotAPrescription {
        /// What happens
        #[arg(value_enum, value_name = "shown|ask")]
        setting: NotAPrescriptionChoice,
    },
    /// Set what stands in a copy in place of what was taken out
    Redaction {
        /// What stands there
        #[arg(value_enum, value_name = "label|mask")]
        style: RedactionChoice,
    },
    /// What is not sensitive although it looks so
    Allow {
        #[command(subcommand)]
        command: AllowCommand,
    },
}

#[derive(Subcommand)]
pub(crate) enum AllowCommand {
    /// List the allow lists
    List,
    /// Make a list of words, or add words to one
    AddWords {
        /// The list's name
        #[arg(value_name = "NAME")]
        name: String,
        /// The words; without them, one a line on standard input
        #[arg(value_name = "WORD")]
        words: Vec<String>,
    },
    /// Make a list of what a pattern matches as a whole, or change its pattern
    AddRegex {
        /// The list's name
        #[arg(value_name = "NAME")]
        name: String,
        /// The pattern
        #[arg(value_name = "REGEX")]
        regex: String,
    },
    /// Make a list of the lines of a file, or add them to one
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The list's name; without it, the file's
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// Put a list to use
    Enable {
        /// The list's name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Put a list out of use
    Disable {
        /// The list's name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Remove a list
    Remove {
        /// The list's name
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// What is done with what is found, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DispositionChoice {
    /// It belongs there.
    Expected,
    /// The file waits for a decision.
    Ask,
    /// The file is not sent as it is.
    Refuse,
}

impl From<DispositionChoice> for Disposition {
    fn from(choice: DispositionChoice) -> Self {
        match choice {
            DispositionChoice::Expected => Self::Expected,
            DispositionChoice::Ask => Self::Ask,
            DispositionChoice::Refuse => Self::Refuse,
        }
    }
}

/// What happens with a file that is no prescription, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NotAPrescriptionChoice {
    /// It is said, and nothing else.
    Shown,
    /// The file waits for a decision.
    Ask,
}

impl From<NotAPrescriptionChoice> for NotAPrescription {
    fn from(choice: NotAPrescriptionChoice) -> Self {
        match choice {
            NotAPrescriptionChoice::Shown => Self::Shown,
            NotAPrescriptionChoice::Ask => Self::Ask,
        }
    }
}

/// What stands in place of what was taken out, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RedactionChoice {
    /// The identifier's id in brackets.
    Label,
    /// As many characters, each letter and digit hidden.
    Mask,
}

impl From<RedactionChoice> for RedactionStyle {
    fn from(choice: RedactionChoice) -> Self {
        match choice {
            RedactionChoice::Label => Self::Label,
            RedactionChoice::Mask => Self::Mask,
        }
    }
}
