//! How the web view draws: by the graphics card and the shortcut over it, where they are there and known to work.

#[cfg(target_os = "linux")]
pub(crate) use linux::prepare;

/// Nothing to do: WebView2 and WKWebView know their graphics cards.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::Path;

    // Read by WebKitGTK when its first process starts. The second is heard since 2.46, which draws with Skia, by default on
    // the graphics card: <https://blogs.igalia.com/carlosgc/2024/09/27>
    const NO_SHARED_BUFFERS: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    const DRAW_ON_PROCESSOR: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";

    /// Turns off what WebKitGTK does better without; a value that a person has set wins.
    ///
    /// - Drawing through shared graphics buffers with NVIDIA's own driver, where it leaves the window blank. Elsewhere it
    ///   stays on, although without a graphics card it costs memory for nothing: WebKit without it does not answer a
    ///   WebDriver that asks for a picture.
    /// - Drawing by OpenGL where no graphics card can: OpenGL would be imitated on the processor, at some 20 MB and with
    ///   nothing gained over drawing there directly.
    ///
    /// To be called before any thread is started: the environment is changed, which no other thread may read meanwhile.
    pub(crate) fn prepare() {
        if Path::new("/proc/driver/nvidia/version").exists() {
            turn_on(NO_SHARED_BUFFERS);
        }
        if !can_render() {
            turn_on(DRAW_ON_PROCESSOR);
        }
    }

    fn turn_on(name: &str) {
        // It fails for a name that is empty or holds an equals sign, and these do neither.
        let _ = gtk::glib::setenv(name, "1", false);
    }

    /// Whether the kernel offers a device to render with: <https://docs.kernel.org/gpu/drm-uapi.html#render-nodes>. NVIDIA's
    /// own driver may come without.
    fn can_render() -> bool {
        let devices = fs::read_dir("/dev/dri").into_iter().flatten().flatten();
        let mut names = devices.map(|device| device.file_name());
        names.any(|name| name.to_string_lossy().starts_with("renderD")) || Path::new("/dev/nvidiactl").exists()
    }
}
