//! One statement of a policy: whom, what and where it speaks of.

use super::condition::ConditionTest;
use super::pattern::{expand, matches};
use super::{Caller, Question};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Allow,
    Deny,
}

/// A principal as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// `"*"` or `{"AWS": "*"}`: everybody, signed or not.
    Everybody,
    /// An account, its root, or a user or role, by account id or ARN.
    Aws(String),
    /// A service, a canonical user or a federated principal: never the callers of a sandbox.
    Other(String),
}

/// A list that a statement names, or names the complement of.
#[derive(Debug)]
pub(crate) enum Scope<T> {
    These(Vec<T>),
    AllBut(Vec<T>),
}

impl<T> Scope<T> {
    fn covers(&self, one: impl Fn(&T) -> bool) -> bool {
        match self {
            Self::These(list) => list.iter().any(one),
            Self::AllBut(list) => !list.iter().any(one),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) effect: Effect,
    pub(crate) principals: Scope<Principal>,
    pub(crate) actions: Scope<String>,
    pub(crate) resources: Scope<String>,
    pub(crate) conditions: Vec<ConditionTest>,
}

impl Statement {
    pub(crate) fn applies(&self, question: &Question<'_>) -> bool {
        self.principals.covers(|principal| is(principal, question))
            && self
                .actions
                .covers(|action| matches(&action.to_ascii_lowercase(), &question.action.to_ascii_lowercase()))
            && self.resources.covers(|resource| {
                expand(resource, question.context).is_some_and(|resource| matches(&resource, question.resource))
            })
            && self.conditions.iter().all(|condition| condition.holds(question.context))
    }
}

fn is(principal: &Principal, question: &Question<'_>) -> bool {
    match principal {
        Principal::Everybody => true,
        Principal::Other(_) => false,
        Principal::Aws(name) => {
            let account = question.account_id;
            question.caller == Caller::Owner
                && (name == account
                    || *name == format!("arn:aws:iam::{account}:root")
                    || *name == crate::identity::user_arn(account))
        }
    }
}
