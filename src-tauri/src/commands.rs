//! What the page may call: each an adapter of one line to its body in `pillbox-app`, named in
//! `command_list.rs` and allowed in `capabilities/main.json`.

use std::path::PathBuf;
use std::sync::Arc;

use pillbox_app::{
    AllowListEdit, AllowListRow, ApiError, App, AppState, Appearance, BucketScan, ChangeView, Decided, Downloaded,
    ExportFormat, Exported, FileDetail, FileRow, FilesRequest, FindingDetail, FindingsPage, FindingsRequest,
    FixOutcome, FixPreview, HeldChoice, HeldDecided, HeldPage, IdentifierDetail, IdentifierInfo, IdentifierRow,
    IdentifiersPage, NewConnection, NotReadList, NotSensitive, ObjectFixRequest, ObjectOutcome, ObjectPreview,
    Overview, ProfileChoice, Protection, QuarantinedObject, Receipt, ReceiptChecked, ReceiptForm, ReceiptRow,
    RuleChange, RulesView, ScanRequest, TestRequest, Tested, UploadView, VersionView, WatchView,
};
use pillbox_model::{CheckId, CustomIdentifier, Decision, IdentifierId, OnConflict, ReadBack};
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
    Ok(app.identifiers()?)
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
pub(crate) async fn set_read_back(app: Body<'_>, read_back: ReadBack) -> Answer<AppState> {
    Ok(app.set_read_back(read_back)?)
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
    // Nobody receives the answer only when the window was closed while the dialog was open.
    open(dialog(window), Box::new(|files| drop(answer.send(files))));
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
) -> Answer<Decided> {
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
pub(crate) async fn resolve_conflicts(
    app: Body<'_>,
    upload: String,
    numbers: Option<Vec<u64>>,
    choice: OnConflict,
) -> Answer<UploadView> {
    Ok(app.resolve_conflicts(&upload, numbers.as_deref(), choice).await?)
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
pub(crate) async fn signed_in(app: Body<'_>) -> Answer<()> {
    app.signed_in();
    Ok(())
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
pub(crate) async fn receipts(app: Body<'_>) -> Answer<Vec<ReceiptRow>> {
    Ok(app.receipts_here()?)
}

/// Answers whether it was saved: the dialog may be closed without a choice.
#[tauri::command]
pub(crate) async fn receipt_save(
    app: Body<'_>,
    window: WebviewWindow,
    upload: String,
    form: ReceiptForm,
    names: bool,
) -> Answer<bool> {
    let name = format!("receipt-{upload}.{}", form.extension());
    let Some(file) = ask_path(|answer| dialog(&window).set_file_name(name).save_file(answer)).await else {
        return Ok(false);
    };
    app.save_receipt(&upload, form, names, file).await?;
    Ok(true)
}

#[tauri::command]
pub(crate) async fn receipt_check(app: Body<'_>, upload: String) -> Answer<ReceiptChecked> {
    Ok(app.check_receipt(&upload).await?)
}

#[tauri::command]
pub(crate) async fn receipt_check_stop(app: Body<'_>, upload: String) -> Answer<()> {
    app.stop_check(&upload).await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn scan_bucket(app: Body<'_>, request: ScanRequest) -> Answer<BucketScan> {
    Ok(app.scan_bucket(request).await?)
}

#[tauri::command]
pub(crate) async fn pause_scan(app: Body<'_>) -> Answer<BucketScan> {
    Ok(app.pause_scan().await?)
}

#[tauri::command]
pub(crate) async fn scan_not_read(app: Body<'_>) -> Answer<NotReadList> {
    Ok(app.scan_not_read()?)
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
pub(crate) async fn finding(app: Body<'_>, id: String) -> Answer<FindingDetail> {
    Ok(app.finding(&id)?)
}

#[tauri::command]
pub(crate) async fn plan_object_fix(app: Body<'_>, request: ObjectFixRequest) -> Answer<ObjectPreview> {
    Ok(app.plan_object_fix(&request).await?)
}

#[tauri::command]
pub(crate) async fn plan_object_undo(app: Body<'_>, change: u64) -> Answer<ObjectPreview> {
    Ok(app.plan_object_undo_to_show(change).await?)
}

#[tauri::command]
pub(crate) async fn apply_object_plan(
    app: Body<'_>,
    plan_id: String,
    consent: Option<String>,
) -> Answer<ObjectOutcome> {
    Ok(app.apply_kept_object(&plan_id, consent.as_deref()).await?)
}

#[tauri::command]
pub(crate) async fn object_versions(app: Body<'_>, key: String) -> Answer<Vec<VersionView>> {
    let session = app.session().await?;
    Ok(app.object_versions(&session, &key).await?)
}

#[tauri::command]
pub(crate) async fn download_object(
    app: Body<'_>,
    window: WebviewWindow,
    key: String,
    version_id: Option<String>,
) -> Answer<Option<Downloaded>> {
    let session = app.session().await?;
    let name = key.rsplit('/').next().unwrap_or_default().to_owned();
    let Some(file) = ask_path(|answer| dialog(&window).set_file_name(name).save_file(answer)).await else {
        return Ok(None);
    };
    Ok(Some(app.download_object(&session, &key, version_id.as_deref(), &file).await?))
}

#[tauri::command]
pub(crate) async fn quarantined(app: Body<'_>) -> Answer<Vec<QuarantinedObject>> {
    let session = app.session().await?;
    Ok(app.quarantined(&session).await?)
}

#[tauri::command]
pub(crate) async fn identifiers_list(app: Body<'_>) -> Answer<IdentifiersPage> {
    Ok(app.identifiers_page()?)
}

#[tauri::command]
pub(crate) async fn identifier_detail(app: Body<'_>, id: IdentifierId) -> Answer<IdentifierDetail> {
    Ok(app.identifier_detail(&id)?)
}

#[tauri::command]
pub(crate) async fn identifier_switch(app: Body<'_>, id: IdentifierId, on: bool) -> Answer<IdentifierRow> {
    Ok(app.switch_identifier(&id, on)?)
}

#[tauri::command]
pub(crate) async fn identifier_distance(
    app: Body<'_>,
    id: IdentifierId,
    distance: Option<u16>,
) -> Answer<IdentifierDetail> {
    Ok(app.set_distance(&id, distance)?)
}

#[tauri::command]
pub(crate) async fn custom_save(
    app: Body<'_>,
    identifier: CustomIdentifier,
    replaces: Option<String>,
) -> Answer<IdentifierRow> {
    Ok(app.save_identifier(&identifier, replaces.as_deref())?)
}

#[tauri::command]
pub(crate) async fn custom_delete(app: Body<'_>, name: String) -> Answer<Vec<IdentifierRow>> {
    Ok(app.delete_identifier(&name)?)
}

#[tauri::command]
pub(crate) async fn custom_import(app: Body<'_>, window: WebviewWindow) -> Answer<Option<Vec<IdentifierRow>>> {
    let file = ask_path(|answer| dialog(&window).pick_file(answer)).await;
    Ok(file.map(|file| app.import_identifiers(&file)).transpose()?)
}

#[tauri::command]
pub(crate) async fn custom_export(
    app: Body<'_>,
    window: WebviewWindow,
    names: Vec<String>,
    format: ExportFormat,
) -> Answer<Option<Exported>> {
    let name = format!("identifiers.{}", format.extension());
    let file = ask_path(|answer| dialog(&window).set_file_name(name).save_file(answer)).await;
    Ok(file.map(|file| app.export_identifiers_to(&names, format, &file)).transpose()?)
}

#[tauri::command]
pub(crate) async fn custom_test(app: Body<'_>, request: TestRequest) -> Answer<Tested> {
    Ok(app.test_identifier(&request)?)
}

#[tauri::command]
pub(crate) async fn allow_lists(app: Body<'_>) -> Answer<Vec<AllowListRow>> {
    Ok(app.allow_lists()?)
}

#[tauri::command]
pub(crate) async fn allow_list_save(app: Body<'_>, edit: AllowListEdit) -> Answer<Vec<AllowListRow>> {
    Ok(app.save_allow_list(edit)?)
}

#[tauri::command]
pub(crate) async fn allow_list_import(
    app: Body<'_>,
    window: WebviewWindow,
    name: String,
) -> Answer<Option<Vec<AllowListRow>>> {
    let file = ask_path(|answer| dialog(&window).pick_file(answer)).await;
    Ok(file.map(|file| app.import_allow_list(&name, &file)).transpose()?)
}

#[tauri::command]
pub(crate) async fn allow_list_delete(app: Body<'_>, name: String) -> Answer<Vec<AllowListRow>> {
    Ok(app.delete_allow_list(&name)?)
}

#[tauri::command]
pub(crate) async fn allow_list_switch(app: Body<'_>, name: String, on: bool) -> Answer<Vec<AllowListRow>> {
    Ok(app.switch_allow_list(&name, on)?)
}

#[tauri::command]
pub(crate) async fn not_sensitive(app: Body<'_>, said: NotSensitive) -> Answer<UploadView> {
    Ok(app.not_sensitive(&said).await?)
}

#[tauri::command]
pub(crate) async fn rules(app: Body<'_>) -> Answer<RulesView> {
    Ok(app.rules_view()?)
}

#[tauri::command]
pub(crate) async fn rules_set(app: Body<'_>, change: RuleChange) -> Answer<RulesView> {
    Ok(app.change_rule(&change)?)
}

#[tauri::command]
pub(crate) async fn watch_folders(app: Body<'_>) -> Answer<Vec<WatchView>> {
    Ok(app.watch_views()?)
}

#[tauri::command]
pub(crate) async fn watch_add(app: Body<'_>, window: WebviewWindow, prefix: String) -> Answer<Option<Vec<WatchView>>> {
    let folder = ask_path(|answer| dialog(&window).pick_folder(answer)).await;
    Ok(folder.map(|folder| app.watch_chosen(folder, &prefix)).transpose()?)
}

#[tauri::command]
pub(crate) async fn watch_switch(app: Body<'_>, number: u64, on: bool) -> Answer<Vec<WatchView>> {
    Ok(app.set_watch(number, on).await?)
}

#[tauri::command]
pub(crate) async fn watch_remove(app: Body<'_>, number: u64) -> Answer<Vec<WatchView>> {
    Ok(app.forget_watch(number).await?)
}

#[tauri::command]
pub(crate) async fn held(app: Body<'_>, offset: u64, limit: u32) -> Answer<HeldPage> {
    Ok(app.held_page(offset, limit)?)
}

#[tauri::command]
pub(crate) async fn held_decide(app: Body<'_>, files: Vec<HeldChoice>, decision: Decision) -> Answer<HeldDecided> {
    Ok(app.decide_held_here(&files, &decision).await?)
}

fn dialog(window: &WebviewWindow) -> FileDialogBuilder<Wry> {
    window.dialog().file().set_parent(window)
}

/// Asks for one file; nothing when the dialog was closed without a choice. The page never sees the path.
async fn ask_path(open: impl FnOnce(Box<dyn FnOnce(Option<FilePath>) + Send>)) -> Option<PathBuf> {
    let (answer, chosen) = oneshot::channel();
    open(Box::new(|file| drop(answer.send(file))));
    chosen.await.ok().flatten()?.into_path().ok()
}
