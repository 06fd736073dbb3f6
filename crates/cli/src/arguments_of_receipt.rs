//! What can be typed of receipts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use pillbox_app::{ReceiptForm, ReceiptOf};

#[derive(Args)]
#[command(
    after_help = "A receipt names files and objects by digests, and shows names only where they tell no patient's; \
--reveal shows all of them, which is on the record. A receipt that was exported as JSON with --reveal can be compared \
with the bucket from any computer."
)]
pub(crate) struct Receipt {
    #[command(subcommand)]
    pub(crate) command: Option<ReceiptCommand>,
}

#[derive(Subcommand)]
pub(crate) enum ReceiptCommand {
    /// List uploads with their receipts, newest first
    List,
    /// Show the receipt of an upload
    Show {
        /// The upload's id; without it, the newest
        #[arg(value_name = "UPLOAD", value_parser = upload)]
        upload: Option<String>,
    },
    /// Write the receipt of an upload
    Export(Export),
    /// Compare a receipt with the record and with the bucket
    Verify {
        /// An upload's id, or a receipt that was exported as JSON
        #[arg(value_name = "UPLOAD-or-FILE", value_parser = receipt)]
        receipt: ReceiptOf,
    },
}

#[derive(Args)]
pub(crate) struct Export {
    /// The upload's id
    #[arg(value_name = "UPLOAD", value_parser = upload)]
    pub(crate) upload: String,
    /// As what
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub(crate) form: Form,
    /// A new file; without it, standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
}

/// The form of an exported receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A page to read and print.
    Html,
    /// One document, which 'verify' reads.
    Json,
    /// A table with a row a file.
    Csv,
}

impl From<Form> for ReceiptForm {
    fn from(form: Form) -> Self {
        match form {
            Form::Html => Self::Html,
            Form::Json => Self::Json,
            Form::Csv => Self::Csv,
        }
    }
}

fn upload(text: &str) -> Result<String, String> {
    if is_id(text) {
        return Ok(text.to_owned());
    }
    Err("it is no upload's id, which has 32 hexadecimal digits; 'pillbox receipt list' lists them".to_owned())
}

fn receipt(text: &str) -> Result<ReceiptOf, String> {
    Ok(if is_id(text) { ReceiptOf::Upload(text.to_owned()) } else { ReceiptOf::File(PathBuf::from(text)) })
}

/// Whether a text is an upload's id.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
