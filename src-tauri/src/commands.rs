//! What the page may call: each an adapter of one line to its body in `pillbox-app`, named in
//! `command_list.rs` and allowed in `capabilities/main.json`.

use std::sync::Arc;

use pillbox_app::{
    ApiError, App, AppState, Appearance, BucketScan, ChangeView, FileDetail, FileRow, FilesRequest, FindingsPage,
    FindingsRequest, FixOutcome, FixPreview, IdentifierInfo, NewConnection, Overview, ProfileChoice, Protection,
    Receipt, UploadView,
};
use pillbox_model::{CheckId, Decision, Finding, OnConflict};
use tauri::{State, WebviewWindow, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use crate::trial::Trial;

type Body<'a> = State<'a, Arc<App>>;
type Answer<T> = Result<T, ApiError>;

#[tauri::command]
pub(crate) async fn app_state(app: Body<'_>) -> Answer<AppState> {
    Ok(app.state()?)
}

#[tauri::command]
pub(crate) async fn identifiers(app: Body<'_>) -> Answer<Vec<IdentifierInfo>> {
    Ok(app.identifiers())
}

#[tauri::command]
pub(crate) async fn list_profiles(app: Body<'_>) -> Answer<Vec<ProfileChoice>> {
    Ok(app.profiles().await)
}

#[tauri::command]
pub(crate) async fn try_sandbox(app: Body<'_>, trial: State<'_, Trial>) -> Answer<AppState> {
    trial.start(&app).await?;
    Ok(app.try_sandbox().await?)
}

#[tauri::command]
pub(crate) async fn save_connection(app: Body<'_>, connection: NewConnection) -> Answer<AppState> {
    Ok(app.save_connection(connection).await?)
}

#[tauri::command]
pub(crate) async fn select_connection(app: Body<'_>, trial: State<'_, Trial>, name: String) -> Answer<AppState> {
    let state = app.select_connection(&name).await?;
    trial.start_if_used(&app).await?;
    Ok(state)
}

#[tauri::command]
pub(crate) async fn remove_connection(app: Body<'_>, name: String) -> Answer<AppState> {
    Ok(app.remove_connection(&name).await?)
}

#[tauri::command]
pub(crate) async fn set_appearance(app: Body<'_>, appearance: Appearance) -> Answer<AppState> {
    Ok(app.set_appearance(appearance)?)
}

#[tauri::command]
pub(crate) async fn overview(app: Body<'_>) -> Answer<Overview> {
    Ok(app.overview().await?)
}

#[tauri::command]
pub(crate) async fn protection(app: Body<'_>) -> Answer<Protection> {
    Ok(app.protection().await?)
}

#[tauri::command]
pub(crate) async fn plan_fix(app: Body<'_>, checks: Vec<CheckId>) -> Answer<FixPreview> {
    let session = app.session().await?;
    let planned = app.plan_fix(&session, &checks).await?;
    Ok(app.keep_plan(planned))
}

#[tauri::command]
pub(crate) async fn plan_undo(app: Body<'_>, change: u64) -> Answer<FixPreview> {
    let planned = app.plan_undo(Some(change))?;
    Ok(app.keep_plan(planned))
}

#[tauri::command]
pub(crate) async fn apply_plan(app: Body<'_>, plan_id: String) -> Answer<FixOutcome> {
    Ok(app.apply_kept(&plan_id).await?)
}

#[tauri::command]
pub(crate) async fn changes(app: Body<'_>) -> Answer<Vec<ChangeView>> {
    Ok(app.changes_here()?)
}

#[tauri::command]
pub(crate) async fn choose_files(app: Body<'_>, window: WebviewWindow) -> Answer<Option<UploadView>> {
    choose(&app, &window, FileDialogBuilder::pick_files).await
}

#[tauri::command]
pub(crate) async fn choose_folder(app: Body<'_>, window: WebviewWindow) -> Answer<Option<UploadView>> {
    choose(&app, &window, FileDialogBuilder::pick_folders).await
}

/// What the dialog hands its answer to.
type Chosen = Box<dyn FnOnce(Option<Vec<FilePath>>) + Send>;

/// Opens a dialog over the window; nothing when it was closed without a choice. The page never sees the paths.
async fn choose(
    app: &Arc<App>,
    window: &WebviewWindow,
    open: impl FnOnce(FileDialogBuilder<Wry>, Chosen),
) -> Answer<Option<UploadView>> {
    let (answer, chosen) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(window);
    // Nobody receives the answer only when the window was closed while the dialog was open.
    open(dialog, Box::new(|files| drop(answer.send(files))));
    let Some(chosen) = chosen.await.ok().flatten() else { return Ok(None) };
    // An address that is no path is known to phones only.
    let paths = chosen.into_iter().filter_map(|path| path.into_path().ok()).collect();
    Ok(Some(app.choose(paths).await?))
}

#[tauri::command]
pub(crate) async fn use_samples(app: Body<'_>) -> Answer<UploadView> {
    Ok(app.use_samples().await?)
}

#[tauri::command]
pub(crate) async fn current_upload(app: Body<'_>) -> Answer<Option<UploadView>> {
    Ok(app.current_upload().await?)
}

#[tauri::command]
pub(crate) async fn upload_files(app: Body<'_>, request: FilesRequest) -> Answer<Vec<FileRow>> {
    Ok(app.upload_files(&request)?)
}

#[tauri::command]
pub(crate) async fn upload_file(app: Body<'_>, upload: String, number: u64) -> Answer<FileDetail> {
    Ok(app.upload_file(&upload, number).await?)
}

#[tauri::command]
pub(crate) async fn decide(
    app: Body<'_>,
    upload: String,
    numbers: Vec<u64>,
    decision: Option<Decision>,
) -> Answer<UploadView> {
    Ok(app.decide(&upload, &numbers, decision.as_ref()).await?)
}

#[tauri::command]
pub(crate) async fn set_destination(
    app: Body<'_>,
    upload: String,
    template: String,
    neutral_names: bool,
) -> Answer<UploadView> {
    Ok(app.set_destination(&upload, &template, neutral_names).await?)
}

#[tauri::command]
pub(crate) async fn resolve_conflicts(app: Body<'_>, upload: String, choice: OnConflict) -> Answer<UploadView> {
    Ok(app.resolve_conflicts(&upload, choice).await?)
}

#[tauri::command]
pub(crate) async fn start_upload(app: Body<'_>, upload: String) -> Answer<UploadView> {
    Ok(app.start_upload(&upload).await?)
}

#[tauri::command]
pub(crate) async fn pause_upload(app: Body<'_>, upload: String) -> Answer<UploadView> {
    Ok(app.pause_upload(&upload).await?)
}

#[tauri::command]
pub(crate) async fn resume_upload(app: Body<'_>, upload: String) -> Answer<UploadView> {
    Ok(app.start_upload(&upload).await?)
}

#[tauri::command]
pub(crate) async fn cancel_upload(app: Body<'_>, upload: String) -> Answer<UploadView> {
    Ok(app.cancel_upload(&upload).await?)
}

#[tauri::command]
pub(crate) async fn discard_upload(app: Body<'_>, upload: String) -> Answer<Option<UploadView>> {
    Ok(app.discard_upload(&upload).await?)
}

#[tauri::command]
pub(crate) async fn receipt(app: Body<'_>, upload: String) -> Answer<Receipt> {
    Ok(app.receipt(&upload).await?)
}

#[tauri::command]
pub(crate) async fn scan_bucket(app: Body<'_>) -> Answer<BucketScan> {
    Ok(app.scan_bucket().await?)
}

#[tauri::command]
pub(crate) async fn cancel_scan(app: Body<'_>) -> Answer<BucketScan> {
    Ok(app.cancel_scan().await?)
}

#[tauri::command]
pub(crate) async fn findings(app: Body<'_>, request: FindingsRequest) -> Answer<FindingsPage> {
    Ok(app.findings(&request)?)
}

#[tauri::command]
pub(crate) async fn finding(app: Body<'_>, id: String) -> Answer<Finding> {
    Ok(app.finding(&id)?)
}
