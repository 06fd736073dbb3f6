//! Conditions: operators over the values of a request.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::pattern::{expand, matches};

/// The condition keys of a request with their values. Names of keys are not case-sensitive.
#[derive(Debug, Default)]
pub(crate) struct Context {
    values: HashMap<String, Vec<String>>,
}

impl Context {
    pub(crate) fn add(&mut self, key: &str, value: impl Into<String>) {
        self.values.entry(key.to_ascii_lowercase()).or_default().push(value.into());
    }

    fn all(&self, key: &str) -> &[String] {
        self.values.get(&key.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn first(&self, key: &str) -> Option<&str> {
        self.all(key).first().map(String::as_str)
    }
}

/// How several values of the request are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    One,
    AnyValue,
    AllValues,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    String { ignore_case: bool },
    Like,
    Numeric(Order),
    Date(Order),
    Bool,
    Ip,
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
        }
    }
}

/// An operator as written, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) quantifier: Quantifier,
    pub(crate) comparison: Comparison,
    /// The operator is one of the `Not` forms.
    pub(crate) negated: bool,
    /// A request without the key passes.
    pub(crate) if_exists: bool,
}

impl Operator {
    /// Understands an operator's name, which is not case-sensitive; none where there is no such.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let (quantifier, name) = match name.split_once(':') {
            Some(("foranyvalue", rest)) => (Quantifier::AnyValue, rest),
            Some(("forallvalues", rest)) => (Quantifier::AllValues, rest),
            Some(_) => return None,
            None => (Quantifier::One, name.as_str()),
        };
        let (name, if_exists) = match name.strip_suffix("ifexists") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (comparison, negated) = Self::comparison(name)?;
        if comparison == Comparison::Null && if_exists {
            return None;
        }
        Some(Self { quantifier, comparison, negated, if_exists })
    }

    fn comparison(name: &str) -> Option<(Comparison, bool)> {
        Some(match name {
            "stringequals" => (Comparison::String { ignore_case: false }, false),
            "stringnotequals" => (Comparison::String { ignore_case: false }, true),
            "stringequalsignorecase" => (Comparison::String { ignore_case: true }, false),
            "stringnotequalsignorecase" => (Comparison::String { ignore_case: true }, true),
            // ARN operators take wildcards in either spelling.
            "stringlike" | "arnequals" | "arnlike" => (Comparison::Like, false),
            "stringnotlike" | "arnnotequals" | "arnnotlike" => (Comparison::Like, true),
            "bool" => (Comparison::Bool, false),
            "null" => (Comparison::Null, false),
            "ipaddress" => (Comparison::Ip, false),
            "notipaddress" => (Comparison::Ip, true),
            _ => {
                let (kind, order): (fn(Order) -> Comparison, &str) =
                    match (name.strip_prefix("numeric"), name.strip_prefix("date")) {
                        (Some(order), _) => (Comparison::Numeric, order),
                        (None, Some(order)) => (Comparison::Date, order),
                        (None, None) => return None,
                    };
                let (order, negated) = match order {
                    "equals" => (Order::Equal, false),
                    "notequals" => (Order::Equal, true),
                    "lessthan" => (Order::Less, false),
                    "lessthanequals" => (Order::LessOrEqual, false),
                    "greaterthan" => (Order::Greater, false),
                    "greaterthanequals" => (Order::GreaterOrEqual, false),
                    _ => return None,
                };
                (kind(order), negated)
            }
        })
    }
}

/// One key of one operator with the values it is compared to.
#[derive(Debug)]
pub(crate) struct ConditionTest {
    pub(crate) operator: Operator,
    pub(crate) key: String,
    pub(crate) values: Vec<String>,
}

impl ConditionTest {
    pub(crate) fn holds(&self, context: &Context) -> bool {
        let found = context.all(&self.key);
        let Operator { quantifier, comparison, negated, if_exists } = self.operator;
        if comparison == Comparison::Null {
            return self.values.iter().any(|want| (want == "true") == found.is_empty());
        }
        if found.is_empty() {
            return if_exists || negated || quantifier == Quantifier::AllValues;
        }
        let test = |value: &String| self.one_of(value, context) != negated;
        match quantifier {
            Quantifier::AllValues => found.iter().all(test),
            Quantifier::One | Quantifier::AnyValue => found.iter().any(test),
        }
    }

    fn one_of(&self, value: &str, context: &Context) -> bool {
        self.values
            .iter()
            .any(|want| expand(want, context).is_some_and(|want| compare(self.operator.comparison, &want, value)))
    }
}

fn compare(comparison: Comparison, want: &str, value: &str) -> bool {
    match comparison {
        Comparison::String { ignore_case: false } => want == value,
        Comparison::String { ignore_case: true } => want.to_lowercase() == value.to_lowercase(),
        Comparison::Like => matches(want, value),
        Comparison::Bool => want.eq_ignore_ascii_case(value),
        Comparison::Numeric(order) => match (value.parse::<f64>(), want.parse::<f64>()) {
            (Ok(value), Ok(want)) => order.holds(&value, &want),
            _ => false,
        },
        Comparison::Date(order) => match (instant(value), instant(want)) {
            (Some(value), Some(want)) => order.holds(&value, &want),
            _ => false,
        },
        Comparison::Ip => match (want.parse::<Network>(), value.parse()) {
            (Ok(network), Ok(address)) => network.contains(address),
            _ => false,
        },
        // Answered before the values are looked at.
        Comparison::Null => false,
    }
}

/// A date as ISO 8601 or as seconds since 1970.
fn instant(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    u64::try_from(time.unix_timestamp()).ok().map(Duration::from_secs)
}

/// A range of addresses in the notation of RFC 4632 and RFC 4291.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Network {
    address: IpAddr,
    pub(crate) prefix: u32,
}

impl std::str::FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| ())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.parse().map_err(|_| ())?,
            None => longest,
        };
        if prefix > longest {
            return Err(());
        }
        Ok(Self { address, prefix })
    }
}

impl Network {
    pub(crate) fn is_ipv4(&self) -> bool {
        self.address.is_ipv4()
    }

    fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - self.prefix).unwrap_or(0);
                u32::from(network) & mask == u32::from(address) & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - self.prefix).unwrap_or(0);
                u128::from(network) & mask == u128::from(address) & mask
            }
            _ => false,
        }
    }
}
