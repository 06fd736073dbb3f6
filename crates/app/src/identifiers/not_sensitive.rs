//! "Not sensitive": what a person says of one value in a file under review.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use pillbox_files::Limits;
use pillbox_model::{AllowEntries, AllowList, Detection, ErrorCode, Failure, Sensitive, UploadFile};

use super::allow::NOT_SENSITIVE_NAME;
use crate::app::App;
use crate::look::too_few;
use crate::wire::{NotSensitive, UploadView};

impl App {
    /// Keeps a value as not sensitive: the file is read again, and a keyed hash of the value goes on the list, never
    /// the value. Files that wait are looked into again.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for a file that is not in the upload; [`ErrorCode::ValueMoved`] where another thing is
    /// there by now; [`ErrorCode::KeychainUnavailable`]: without a keychain there is no key for the hash.
    pub async fn not_sensitive(self: &Arc<Self>, said: &NotSensitive) -> Result<UploadView, Failure> {
        let file = self.store.file(&said.upload, said.number)?.ok_or(ErrorCode::NotFound)?;
        let key = self.hash_key()?;
        let (app, said_of) = (Arc::clone(self), said.clone());
        let value = tokio::task::spawn_blocking(move || app.value_of(&file, &said_of));
        let value = value.await.map_err(|_| ErrorCode::Internal)??;
        let hash = pillbox_detect::allow_hash(&key, &said.identifier, value.expose());
        let mut list = self.not_sensitive_list()?;
        if let AllowEntries::Hashes { hashes } = &mut list.entries
            && !hashes.contains(&hash)
        {
            hashes.push(hash);
        }
        self.keep_allow_list(&list)?;
        let details = serde_json::json!({ "identifier": said.identifier, "file": said.number });
        self.record("allow-list.not-sensitive", &said.upload, details)?;
        self.look_again(&said.upload).await
    }

    fn not_sensitive_list(&self) -> Result<AllowList, Failure> {
        let kept = self.store.allow_lists()?.into_iter().find(|list| list.name == NOT_SENSITIVE_NAME);
        let list = kept.unwrap_or_else(|| AllowList {
            name: NOT_SENSITIVE_NAME.to_owned(),
            description: "What a person called not sensitive. Only keyed hashes are kept, never the values.".to_owned(),
            enabled: true,
            entries: AllowEntries::Hashes { hashes: Vec::new() },
        });
        Ok(AllowList { enabled: true, ..list })
    }

    /// The value of one detection in a file, read from the file.
    fn value_of(&self, file: &UploadFile, said: &NotSensitive) -> Result<Sensitive, Failure> {
        let bytes = pillbox_files::read_whole(Path::new(&file.source)).map_err(|_| ErrorCode::SourceUnreadable)?;
        let (engine, mut before, mut value) = (self.engine(), 0, None);
        let too_few = too_few(&engine, &bytes, &file.relative);
        let wanted = usize::try_from(said.detection).unwrap_or(usize::MAX);
        // What can't be read was not shown, so that nobody can have meant it.
        let _ = pillbox_files::read_document(&bytes, &file.relative, &Limits::default(), &|| true, &mut |part| {
            let mut found = Vec::<Detection>::new();
            // A scan that nobody interrupts has no other outcome than its detections.
            let _ = engine.scan_fields(part.text, part.fields, part.headings, &|| true, &mut found);
            found.retain(|detection| !too_few.contains(&detection.identifier));
            let meant = wanted.checked_sub(before).and_then(|index| found.get(index));
            if let Some(detection) = meant.filter(|detection| detection.identifier == said.identifier) {
                value = part.text.get(offset(detection.place.start)..offset(detection.place.end)).map(Sensitive::new);
            }
            before += found.len();
            ControlFlow::Continue(())
        });
        value.ok_or_else(|| ErrorCode::ValueMoved.into())
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}
