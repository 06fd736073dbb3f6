//! The upload of the window: one at a time, chosen, reviewed, sent in the background, paused, taken up again.

use std::path::PathBuf;
use std::sync::Arc;

use pillbox_model::{Decision, ErrorCode, Failure, FileState, OnConflict, Progress, Upload, UploadState};
use pillbox_store::{FileFilter, Lease};

use super::begin::absolute;
use super::detail::file_row;
use super::journal::states;
use super::send::{PATIENCE, lease_name};
use crate::app::{App, is_of, locked};
use crate::wire::{Decided, FileRow, FilesRequest, Notice, UploadView};

/// Files of which something may be in the bucket: the journal keeps them.
const MAY_BE_STORED: [FileState; 7] = [
    FileState::Sending,
    FileState::Stored,
    FileState::Verified,
    FileState::AlreadyThere,
    FileState::StoredNotReadBack,
    FileState::Conflict,
    FileState::Failed,
];
/// The most rows that one request gets.
const MOST_ROWS: u32 = 200;

impl App {
    /// Adds files and folders to the draft, or begins one, and looks into them in the background.
    ///
    /// # Errors
    /// [`ErrorCode::NotConnected`]; [`ErrorCode::AlreadyRunning`] while an upload is being sent.
    pub async fn choose(self: &Arc<Self>, paths: Vec<PathBuf>) -> Result<UploadView, Failure> {
        let _desk = self.at_the_desk.lock().await;
        let session = self.session().await?;
        let connection = session.connection.clone();
        let chosen = paths.iter().map(|path| absolute(path)).collect::<Result<Vec<_>, _>>()?;
        let upload = match self.current()? {
            Some(mut draft) if draft.state == UploadState::Draft && session.leads_to(&draft) => {
                self.stop_run(&draft.id).await;
                draft.roots.extend(chosen.into_iter().filter(|root| !draft.roots.contains(root)).collect::<Vec<_>>());
                self.store.update_upload(&draft)?;
                draft
            }
            Some(running) if running.state == UploadState::Sending => return Err(ErrorCode::AlreadyRunning.into()),
            _ => {
                let upload = Upload {
                    id: uuid::Uuid::new_v4().simple().to_string(),
                    connection: connection.name.clone(),
                    endpoint: session.endpoint(),
                    account_id: connection.account_id.clone(),
                    bucket: connection.bucket.clone(),
                    prefix: self.expand(&connection.prefix)?,
                    roots: chosen,
                    state: UploadState::Draft,
                    created_at: self.clock.now(),
                    finished_at: None,
                    on_conflict: OnConflict::Ask,
                    neutral_names: true,
                    accept_unprotected: None,
                    read_back: self.read_back()?,
                    watch: None,
                };
                self.store.create_upload(&upload)?;
                upload
            }
        };
        self.look_in_background(&upload);
        self.view(&upload).await
    }

    /// The sample prescriptions of the sandbox.
    ///
    /// # Errors
    /// [`ErrorCode::NotConnected`] when no sandbox runs.
    pub async fn use_samples(self: &Arc<Self>) -> Result<UploadView, Failure> {
        let samples = self.sandbox().ok_or_else(Self::not_connected)?.samples;
        self.choose(vec![samples]).await
    }

    /// The upload that the window shows: the newest that is not over, else the newest.
    fn current(&self) -> Result<Option<Upload>, Failure> {
        let Some(connection) = self.current_connection()? else { return Ok(None) };
        let ours = |upload: &Upload| is_of(upload, &connection) && upload.watch.is_none();
        if let Some(unfinished) = self.store.unfinished_uploads()?.into_iter().find(ours) {
            return Ok(Some(unfinished));
        }
        Ok(self.store.uploads(MOST_ROWS)?.into_iter().find(ours))
    }

    /// The upload that the window shows.
    ///
    /// # Errors
    /// What the store says.
    pub async fn current_upload(&self) -> Result<Option<UploadView>, Failure> {
        match self.current()? {
            Some(upload) if upload.state != UploadState::Cancelled => self.view(&upload).await.map(Some),
            _ => Ok(None),
        }
    }

    /// A part of one section of an upload's files.
    ///
    /// # Errors
    /// What the store says.
    pub fn upload_files(&self, request: &FilesRequest) -> Result<Vec<FileRow>, Failure> {
        let states = Some(states(request.section).to_vec());
        let filter = FileFilter { states, needs_attention_first: false };
        let files = self.store.files(&request.upload, &filter, request.offset, request.limit.min(MOST_ROWS))?;
        let upload = self.upload_of(&request.upload)?;
        let rules = self.rules();
        Ok(files.iter().map(|file| file_row(&upload, file, &rules)).collect())
    }

    /// Puts a decision on files, or takes it back; those on which it can't be carried out are named.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about `reason` or `decision`; [`ErrorCode::NotFound`];
    /// [`ErrorCode::AlreadyRunning`] while files are on their way.
    pub async fn decide(&self, upload: &str, numbers: &[u64], decision: Option<&Decision>) -> Result<Decided, Failure> {
        let _desk = self.at_the_desk.lock().await;
        let _lease = self.lease_unless_ours(upload)?;
        if self.is_being_sent(upload)? {
            return Err(ErrorCode::AlreadyRunning.into());
        }
        let not_possible = self.put_decision(upload, numbers, decision)?;
        Ok(Decided { upload: self.view(&self.upload_of(upload)?).await?, not_possible })
    }

    /// Sets where the files go, and whether names that give a patient away are replaced.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about `prefix`; [`ErrorCode::AlreadyRunning`] when files are on their way.
    pub async fn set_destination(
        self: &Arc<Self>,
        upload: &str,
        template: &str,
        neutral_names: bool,
    ) -> Result<UploadView, Failure> {
        let _desk = self.at_the_desk.lock().await;
        let prefix = self.expand(template)?;
        // The walk and the look write keys: they begin again under the new prefix.
        self.stop_run(upload).await;
        let lease = self.lease(&lease_name(upload))?;
        let mut upload = self.upload_of(upload)?;
        if upload.state != UploadState::Draft && prefix != upload.prefix {
            return Err(ErrorCode::AlreadyRunning.into());
        }
        upload.neutral_names = neutral_names;
        if prefix != upload.prefix {
            self.store.move_files(&upload.id, &upload.prefix, &prefix)?;
            upload.prefix = prefix;
            self.store.mark_key_clashes(&upload.id)?;
        }
        self.store.update_upload(&upload)?;
        self.store.set_setting(&template_name(&upload.id), &template)?;
        drop(lease);
        if upload.state == UploadState::Draft {
            self.look_in_background(&upload);
        }
        self.view(&upload).await
    }

    /// The template that an upload's prefix came from.
    pub(super) fn template(&self, upload: &Upload) -> Result<String, Failure> {
        if let Some(template) = self.store.setting::<String>(&template_name(&upload.id))? {
            return Ok(template);
        }
        let connection = self.store.connection(&upload.connection)?;
        Ok(connection.map_or_else(|| upload.prefix.clone(), |connection| connection.prefix))
    }

    /// Says what happens to files in whose place something else lies: to those of these numbers, or, without numbers, to
    /// all that are known. They are ready again, or left out.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] about `choice` for one that settles nothing; [`ErrorCode::NotFound`];
    /// [`ErrorCode::AlreadyRunning`] while files are on their way.
    pub async fn resolve_conflicts(
        &self,
        upload: &str,
        numbers: Option<&[u64]>,
        choice: OnConflict,
    ) -> Result<UploadView, Failure> {
        let _desk = self.at_the_desk.lock().await;
        let _lease = self.lease(&lease_name(upload))?;
        if matches!(choice, OnConflict::Ask | OnConflict::Fail) {
            return Err(Failure::about(ErrorCode::InvalidInput, "choice"));
        }
        let upload = self.upload_of(upload)?;
        let files = self.settle_conflicts(&upload.id, numbers, choice)?;
        self.record("upload.conflicts", &upload.id, serde_json::json!({ "choice": choice, "files": files }))?;
        self.view(&upload).await
    }

    /// Sends what is ready, in the background.
    ///
    /// # Errors
    /// [`ErrorCode::AlreadyRunning`]; what connecting says. What the gate says is told by the upload's view.
    pub async fn start_upload(self: &Arc<Self>, upload: &str) -> Result<UploadView, Failure> {
        let _desk = self.at_the_desk.lock().await;
        let session = self.session().await?;
        self.stop_run(upload).await;
        let lease = self.lease(&lease_name(upload))?;
        let upload = self.upload_of(upload)?;
        if upload.state.is_terminal() {
            return Err(ErrorCode::NotFound.into());
        }
        self.store.set_upload_state(&upload.id, UploadState::Sending, None)?;
        let (app, sending) = (Arc::clone(self), upload.clone());
        self.run(&upload.id, tell_of(&upload.id), move |stop, counters| async move {
            let _lease = lease;
            if sending.state == UploadState::Draft {
                // The walk may have been cut short.
                app.walk(&sending, &stop).await?;
            }
            let report = app.send_all(&session, sending, None, &stop, &counters).await?;
            report.failure.map_or(Ok(()), Err)
        });
        self.view(&self.upload_of(&upload.id)?).await
    }

    /// Goes on, at the start of the program, with the upload that an earlier run did not finish.
    ///
    /// # Errors
    /// As [`App::start_upload`].
    pub async fn continue_unfinished(self: &Arc<Self>) -> Result<Option<UploadView>, Failure> {
        match self.current()? {
            Some(upload) if upload.state == UploadState::Sending => self.start_upload(&upload.id).await.map(Some),
            Some(upload) if upload.state == UploadState::Draft => {
                self.look_in_background(&upload);
                self.view(&upload).await.map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Holds the upload still; what is on its way is finished or taken up again later.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`].
    pub async fn pause_upload(&self, upload: &str) -> Result<UploadView, Failure> {
        self.stop_run(upload).await;
        locked(&self.ended).remove(upload);
        self.view(&self.upload_of(upload)?).await
    }

    /// Ends the upload; what is stored stays stored.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`].
    pub async fn cancel_upload(&self, upload: &str) -> Result<UploadView, Failure> {
        let _desk = self.at_the_desk.lock().await;
        self.stop_run(upload).await;
        let _lease = self.lease(&lease_name(upload))?;
        locked(&self.reviewed).remove(upload);
        self.store.set_upload_state(upload, UploadState::Cancelled, Some(self.clock.now()))?;
        self.record("upload.cancelled", upload, serde_json::Value::Null)?;
        self.make_receipt(upload).await?;
        // Where the bucket is out of reach, the next upload to it takes the parts away.
        if let Ok(Ok(session)) = tokio::time::timeout(PATIENCE, self.session()).await {
            drop(tokio::time::timeout(PATIENCE, self.abort_abandoned_parts(&session)).await);
        }
        self.view(&self.upload_of(upload)?).await
    }

    /// Forgets a draft; an upload of which something was sent stays on the record as cancelled.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`].
    pub async fn discard_upload(&self, upload: &str) -> Result<Option<UploadView>, Failure> {
        self.cancel_upload(upload).await?;
        if self.store.file_totals(upload)?.files_in(&MAY_BE_STORED) == 0 {
            self.store.remove_upload(upload)?;
        }
        Ok(None)
    }

    /// The upload's lease, unless a piece of work of this program has it.
    fn lease_unless_ours(&self, upload: &str) -> Result<Option<Lease>, Failure> {
        if locked(&self.runs).contains_key(upload) {
            return Ok(None);
        }
        self.lease(&lease_name(upload)).map(Some)
    }

    /// Whether files of the upload are on their way at this moment.
    fn is_being_sent(&self, upload: &str) -> Result<bool, Failure> {
        let running = locked(&self.runs).contains_key(upload);
        Ok(running && self.upload_of(upload)?.state == UploadState::Sending)
    }

    fn upload_of(&self, upload: &str) -> Result<Upload, Failure> {
        self.store.upload(upload)?.ok_or_else(|| ErrorCode::NotFound.into())
    }

    /// Has the files of uploads under review looked into again, in the background, after what is looked for or what
    /// is made of it has changed; decisions that were taken stay.
    pub(crate) fn look_again_at_drafts(self: &Arc<Self>) {
        let reviewed: Vec<String> = locked(&self.reviewed).keys().cloned().collect();
        for upload in reviewed {
            let app = Arc::clone(self);
            // A review is begun by a task, so that there is somebody to run another.
            tokio::spawn(async move {
                if let Err(failure) = app.look_again_where_needed(&upload).await {
                    locked(&app.ended).insert(upload.clone(), failure);
                    app.notices.notice(Notice::UploadChanged { upload });
                }
            });
        }
    }

    /// Looks again into files that wait for a person or to be sent, where that makes a difference.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`]; what the store says.
    pub(crate) async fn look_again(self: &Arc<Self>, upload: &str) -> Result<UploadView, Failure> {
        let upload = self.look_again_where_needed(upload).await?;
        self.view(&upload).await
    }

    async fn look_again_where_needed(self: &Arc<Self>, upload: &str) -> Result<Upload, Failure> {
        let _desk = self.at_the_desk.lock().await;
        let upload = self.upload_of(upload)?;
        let is_looked_into = locked(&self.reviewed).get(&upload.id) == Some(&self.looking_digest());
        if upload.state == UploadState::Draft && !is_looked_into {
            self.stop_run(&upload.id).await;
            self.look_in_background(&upload);
        }
        Ok(upload)
    }

    /// Looks, in the background, into what was not looked into by what is looked for today.
    fn look_in_background(self: &Arc<Self>, upload: &Upload) {
        locked(&self.reviewed).insert(upload.id.clone(), self.looking_digest());
        let (app, upload) = (Arc::clone(self), upload.clone());
        self.run(&upload.id.clone(), tell_of(&upload.id), move |stop, counters| async move {
            let _lease = app.lease(&lease_name(&upload.id))?;
            app.find_anew_under_other_rules(&upload.id)?;
            app.walk(&upload, &stop).await?;
            app.review(&upload, None, &stop, &counters).await
        });
    }
}

impl App {
    /// Has files of an upload that wait for a person looked into anew when they were looked into by other rules.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) fn find_anew_under_other_rules(&self, upload: &str) -> Result<(), Failure> {
        let digest = self.looking_digest();
        if self.store.setting::<String>(&digest_name(upload))?.as_deref() == Some(&*digest) {
            return Ok(());
        }
        self.find_anew(upload)?;
        self.looked_into_by_today_s_rules(upload)
    }

    /// Remembers that an upload's files are looked into by the rules as they are now.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) fn looked_into_by_today_s_rules(&self, upload: &str) -> Result<(), Failure> {
        self.store.set_setting(&digest_name(upload), &&*self.looking_digest())
    }
}

/// What the page is told of an upload's work.
fn tell_of(upload: &str) -> impl Fn(Option<Progress>) -> Notice + Send + Sync + 'static {
    let upload = upload.to_owned();
    move |progress| match progress {
        Some(progress) => Notice::Progress { upload: upload.clone(), progress },
        None => Notice::UploadChanged { upload: upload.clone() },
    }
}

/// The setting that keeps an upload's template.
fn template_name(upload: &str) -> String {
    format!("template/{upload}")
}

/// The setting that keeps what an upload's files were looked into by.
fn digest_name(upload: &str) -> String {
    format!("looked/{upload}")
}
