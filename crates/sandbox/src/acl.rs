//! Access control lists: canned ones, grant headers and XML, and what S3 refuses of them.

use http::StatusCode;
use s3s::dto::{AccessControlPolicy, Grant, Owner, Permission, Type};
use s3s::{S3Result, s3_error};

use crate::answer::custom;
use crate::identity::{ALL_USERS, AUTHENTICATED_USERS, LOG_DELIVERY, canonical_id};
use crate::record::{Acl, AclGrant, AclPermission, Bucket, Grantee, PublicAccessBlock};

/// What a request says about an access control list, in whichever of the three ways.
#[derive(Default)]
pub(crate) struct Requested<'a> {
    pub(crate) canned: Option<&'a str>,
    pub(crate) policy: Option<AccessControlPolicy>,
    pub(crate) full_control: Option<&'a str>,
    pub(crate) read: Option<&'a str>,
    pub(crate) read_acp: Option<&'a str>,
    pub(crate) write: Option<&'a str>,
    pub(crate) write_acp: Option<&'a str>,
}

impl Acl {
    /// The list of what is nobody else's: full control for the owner.
    pub(crate) fn private(account_id: &str) -> Self {
        Self { grants: vec![owner_grant(account_id)] }
    }

    pub(crate) fn is_public(&self) -> bool {
        self.grants.iter().any(AclGrant::is_public)
    }

    /// Whether nobody but the owner is granted anything.
    pub(crate) fn is_owners_alone(&self, account_id: &str) -> bool {
        let owner = Grantee::User(canonical_id(account_id));
        self.grants.iter().all(|grant| grant.grantee == owner)
    }
}

impl AclGrant {
    fn is_public(&self) -> bool {
        matches!(&self.grantee, Grantee::Group(uri) if uri == ALL_USERS || uri == AUTHENTICATED_USERS)
    }
}

fn owner_grant(account_id: &str) -> AclGrant {
    AclGrant { grantee: Grantee::User(canonical_id(account_id)), permission: AclPermission::FullControl }
}

fn group(uri: &str, permission: AclPermission) -> AclGrant {
    AclGrant { grantee: Grantee::Group(uri.to_owned()), permission }
}

impl Requested<'_> {
    fn grant_headers(&self) -> [(Option<&str>, AclPermission); 5] {
        [
            (self.full_control, AclPermission::FullControl),
            (self.read, AclPermission::Read),
            (self.read_acp, AclPermission::ReadAcp),
            (self.write, AclPermission::Write),
            (self.write_acp, AclPermission::WriteAcp),
        ]
    }

    /// Understands the request; none where it says nothing about access control lists.
    ///
    /// # Errors
    ///
    /// `InvalidRequest` where two ways are mixed, `InvalidArgument` for what does not exist,
    /// `MalformedACLError` for XML that is no list, and 405 for grants by e-mail address, which
    /// S3 no longer takes.
    pub(crate) fn parse(self, account_id: &str) -> S3Result<Option<Acl>> {
        let headers = self.grant_headers();
        let by_headers = headers.iter().any(|(value, _)| value.is_some());
        if self.canned.is_some() && by_headers {
            return Err(s3_error!(InvalidRequest, "Specifying both Canned ACLs and Header Grants is not allowed"));
        }
        if let Some(canned) = self.canned {
            return canned_list(canned, account_id).map(Some);
        }
        if by_headers {
            let mut grants = Vec::new();
            for (value, permission) in headers {
                for grantee in value.map(header_grantees).transpose()?.unwrap_or_default() {
                    grants.push(AclGrant { grantee, permission });
                }
            }
            return Ok(Some(Acl { grants }));
        }
        self.policy.map(from_xml).transpose()
    }
}

fn canned_list(name: &str, account_id: &str) -> S3Result<Acl> {
    let mut grants = vec![owner_grant(account_id)];
    match name {
        // The owner of the bucket is the owner of its objects here.
        "private" | "bucket-owner-read" | "bucket-owner-full-control" | "aws-exec-read" => {}
        "public-read" => grants.push(group(ALL_USERS, AclPermission::Read)),
        "public-read-write" => {
            grants.push(group(ALL_USERS, AclPermission::Read));
            grants.push(group(ALL_USERS, AclPermission::Write));
        }
        "authenticated-read" => grants.push(group(AUTHENTICATED_USERS, AclPermission::Read)),
        "log-delivery-write" => {
            grants.push(group(LOG_DELIVERY, AclPermission::Write));
            grants.push(group(LOG_DELIVERY, AclPermission::ReadAcp));
        }
        _ => return Err(s3_error!(InvalidArgument, "The canned ACL is not known.")),
    }
    Ok(Acl { grants })
}

/// Grantees as in `id="…", uri="…"`.
fn header_grantees(value: &str) -> S3Result<Vec<Grantee>> {
    value
        .split(',')
        .map(|one| {
            let (kind, name) = one.trim().split_once('=').unwrap_or(("", ""));
            let name = name.trim_matches('"').to_owned();
            match kind.trim().to_ascii_lowercase().as_str() {
                "id" => Ok(Grantee::User(name)),
                "uri" => known_group(name),
                "emailaddress" => Err(no_email()),
                _ => Err(s3_error!(InvalidArgument, "Argument format not recognized")),
            }
        })
        .collect()
}

fn known_group(uri: String) -> S3Result<Grantee> {
    if [ALL_USERS, AUTHENTICATED_USERS, LOG_DELIVERY].contains(&uri.as_str()) {
        Ok(Grantee::Group(uri))
    } else {
        Err(s3_error!(InvalidArgument, "Invalid group uri"))
    }
}

fn no_email() -> s3s::S3Error {
    custom("MethodNotAllowed", StatusCode::METHOD_NOT_ALLOWED, "Grants by e-mail address are no longer supported.")
}

fn from_xml(policy: AccessControlPolicy) -> S3Result<Acl> {
    let malformed = || {
        s3_error!(
            MalformedACLError,
            "The XML you provided was not well-formed or did not validate against our published \
             schema"
        )
    };
    if policy.owner.is_none() {
        return Err(malformed());
    }
    let grants = policy.grants.unwrap_or_default();
    let grants = grants
        .into_iter()
        .map(|grant| {
            let grantee = grant.grantee.ok_or_else(malformed)?;
            let grantee = match (grantee.id, grantee.uri, grantee.email_address) {
                (Some(id), None, None) => Grantee::User(id),
                (None, Some(uri), None) => known_group(uri)?,
                (None, None, Some(_)) => return Err(no_email()),
                _ => return Err(malformed()),
            };
            let permission = match grant.permission.as_ref().map(Permission::as_str) {
                Some("FULL_CONTROL") => AclPermission::FullControl,
                Some("WRITE") => AclPermission::Write,
                Some("WRITE_ACP") => AclPermission::WriteAcp,
                Some("READ") => AclPermission::Read,
                Some("READ_ACP") => AclPermission::ReadAcp,
                _ => return Err(malformed()),
            };
            Ok(AclGrant { grantee, permission })
        })
        .collect::<S3Result<_>>()?;
    Ok(Acl { grants })
}

/// Accepts a list for the bucket or an object in it, or refuses it as S3 does.
///
/// # Errors
///
/// `AccessControlListNotSupported` where ownership has switched access control lists off and
/// the list is more than the owner's; `AccessDenied` where it is public and blocked.
pub(crate) fn accept(
    requested: Option<Acl>,
    bucket: &Bucket,
    block: PublicAccessBlock,
    account_id: &str,
) -> S3Result<Acl> {
    let Some(acl) = requested else { return Ok(Acl::private(account_id)) };
    if bucket.acls_disabled() && !acl.is_owners_alone(account_id) {
        return Err(s3_error!(AccessControlListNotSupported, "The bucket does not allow ACLs"));
    }
    if acl.is_public() && block.block_public_acls {
        return Err(s3_error!(AccessDenied, "Access Denied"));
    }
    Ok(acl)
}

/// The list as a reader sees it: the effective one, without grants that count for nothing.
pub(crate) fn effective(acl: &Acl, bucket: &Bucket, block: PublicAccessBlock, account_id: &str) -> Vec<Grant> {
    if bucket.acls_disabled() {
        return to_xml(&Acl::private(account_id));
    }
    let mut shown = acl.clone();
    if block.ignore_public_acls {
        shown.grants.retain(|grant| !grant.is_public());
    }
    to_xml(&shown)
}

fn to_xml(acl: &Acl) -> Vec<Grant> {
    acl.grants
        .iter()
        .map(|grant| {
            let permission = match grant.permission {
                AclPermission::FullControl => Permission::FULL_CONTROL,
                AclPermission::Write => Permission::WRITE,
                AclPermission::WriteAcp => Permission::WRITE_ACP,
                AclPermission::Read => Permission::READ,
                AclPermission::ReadAcp => Permission::READ_ACP,
            };
            let (id, uri, kind) = match &grant.grantee {
                Grantee::User(id) => (Some(id.clone()), None, Type::CANONICAL_USER),
                Grantee::Group(uri) => (None, Some(uri.clone()), Type::GROUP),
            };
            Grant {
                grantee: Some(s3s::dto::Grantee {
                    display_name: None,
                    email_address: None,
                    id,
                    type_: Type::from_static(kind),
                    uri,
                }),
                permission: Some(Permission::from_static(permission)),
            }
        })
        .collect()
}

/// The account as the owner that S3 names in lists and answers.
pub(crate) fn owner(account_id: &str) -> Owner {
    Owner { display_name: None, id: Some(canonical_id(account_id)) }
}
