//! What crosses from the program to its window: plain data, declared once here, from which the page's
//! types are generated. Ids and masked text only; no secret and no value ever crosses to the page.

mod connection;
mod error;
mod findings;
mod identifiers;
mod objects;
mod overview;
mod protection;
mod scan;
mod state;
mod upload;
mod watch;

pub use connection::{NewConnection, ProfileChoice};
pub use error::ApiError;
pub use findings::{FindingDetail, FindingsPage, FindingsRequest, InQuarantine};
pub use identifiers::{
    AllowListAddition, AllowListEdit, AllowListKind, AllowListRow, DistanceChoice, ExampleView, ExportFormat, Exported,
    IdentifierDetail, IdentifierRow, IdentifiersPage, NotSensitive, RuleChange, RuleRow, RulesView, SampleRange,
    SeverityFrom, TestRequest, Tested, ValidatorChoice,
};
pub use objects::{Downloaded, ObjectFixRequest, ObjectOutcome, ObjectPreview, PutBy, QuarantinedObject, VersionView};
pub use overview::{Activity, KindCount, Need, Overview, SeverityCount};
pub use protection::{ChangeView, FixOutcome, FixPreview, ObjectChange, Protection};
pub use scan::{
    BucketScan, LastScan, LatestScan, NotRead, NotReadList, ReasonCount, RunningScan, ScanCounts, ScanRequest,
};
pub use state::{AppState, Appearance, Badges, IdentifierInfo, Notice};
pub use upload::{
    Decided, DetectionView, FileDetail, FileRow, FilesRequest, MaskedLine, Piece, Receipt, ReceiptChecked, Section,
    SectionKind, UploadSummary, UploadView,
};
pub use watch::{HeldChoice, HeldDecided, HeldPage, HeldRow, WatchView, WatchedView};
