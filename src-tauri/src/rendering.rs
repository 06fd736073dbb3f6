//! How the web view draws: the shortcut over the graphics card, unless it is known not to work.

#[cfg(target_os = "linux")]
pub(crate) use linux::prepare;

/// Nothing to do: WebView2 and WKWebView know their graphics cards.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;

    /// Read by WebKitGTK when its first process starts.
    const NO_SHARED_BUFFERS: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    /// Turns WebKitGTK's drawing through shared graphics buffers off where it leaves the window blank: with NVIDIA's own
    /// driver. A value that a person has set wins. Elsewhere it stays on, although without a graphics card it costs memory
    /// for nothing: WebKit without it does not answer a WebDriver that asks for a picture.
    ///
    /// To be called before any thread is started: the environment is changed, which no other thread may read meanwhile.
    pub(crate) fn prepare() {
        if Path::new("/proc/driver/nvidia/version").exists() {
            // It fails for a name that is empty or holds an equals sign, and this one does neither.
            let _ = gtk::glib::setenv(NO_SHARED_BUFFERS, "1", false);
        }
    }
}
