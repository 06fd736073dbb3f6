//! Bucket policies: read and validated, evaluated, and judged public or not.
//!
//! The language is that of AWS Identity and Access Management ("IAM JSON policy elements
//! reference"); what is public follows the Amazon S3 user guide, "The meaning of public".

mod condition;
mod parse;
mod pattern;
mod public;
mod statement;

pub(crate) use self::condition::Context;
pub(crate) use self::parse::parse;
pub(crate) use self::public::is_public;

use self::statement::{Effect, Statement};

/// A policy that was understood whole.
#[derive(Debug)]
pub(crate) struct Policy {
    statements: Vec<Statement>,
}

/// Who asks, as policies name him.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    /// The account's user, whose requests are signed.
    Owner,
    /// Somebody without a signature.
    Anonymous,
}

/// One request, as a policy sees it.
pub(crate) struct Question<'a> {
    pub(crate) caller: Caller,
    pub(crate) account_id: &'a str,
    /// With its service, as in `s3:GetObject`.
    pub(crate) action: &'a str,
    /// The resource's ARN.
    pub(crate) resource: &'a str,
    pub(crate) context: &'a Context,
}

/// What a policy says to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// A statement denies it: nothing else counts.
    Deny,
    /// A statement allows it and none denies it.
    Allow,
    /// No statement speaks of it.
    Silent,
}

impl Policy {
    pub(crate) fn decide(&self, question: &Question<'_>) -> Decision {
        let mut decision = Decision::Silent;
        for statement in self.statements.iter().filter(|one| one.applies(question)) {
            match statement.effect {
                Effect::Deny => return Decision::Deny,
                Effect::Allow => decision = Decision::Allow,
            }
        }
        decision
    }
}
