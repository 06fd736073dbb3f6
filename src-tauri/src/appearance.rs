//! Light or dark, as the desktop says. WebKitGTK asks GTK alone, which does not know the colour scheme of today's desktops;
//! WebView2 and WKWebView follow theirs by themselves.

#[cfg(target_os = "linux")]
pub(crate) use linux::follow_desktop;

/// Nothing to do: the web view follows the system.
#[cfg(not(target_os = "linux"))]
pub(crate) fn follow_desktop() {}

#[cfg(target_os = "linux")]
mod linux {
    use gtk::gio::{self, BusType, Cancellable, DBusCallFlags, DBusConnection, DBusSignalFlags};
    use gtk::glib::{Variant, VariantTy};
    use gtk::prelude::GtkSettingsExt;

    const PORTAL: &str = "org.freedesktop.portal.Desktop";
    const PORTAL_PATH: &str = "/org/freedesktop/portal/desktop";
    const SETTINGS: &str = "org.freedesktop.portal.Settings";
    const NAMESPACE: &str = "org.freedesktop.appearance";
    const KEY: &str = "color-scheme";
    // Nothing waits for the answer; a portal that does not start should not be asked for ever.
    const TIMEOUT_MILLISECONDS: i32 = 5_000;

    /// Follows the colour scheme of the desktop from here on, and leaves GTK's own choice alone where there is no portal.
    /// To be called on the main thread, where GTK lives.
    ///
    /// <https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>
    pub(crate) fn follow_desktop() {
        let Some(settings) = gtk::Settings::default() else { return };
        let own_choice = settings.is_gtk_application_prefer_dark_theme();
        let apply = move |answer: &Variant| {
            settings.set_gtk_application_prefer_dark_theme(prefers_dark(answer).unwrap_or(own_choice));
        };
        gio::bus_get(BusType::Session, Cancellable::NONE, move |connection| {
            let Ok(connection) = connection else { return };
            listen(&connection, apply.clone());
            ask(&connection, apply);
        });
    }

    fn ask(connection: &DBusConnection, apply: impl FnOnce(&Variant) + 'static) {
        connection.call(
            Some(PORTAL),
            PORTAL_PATH,
            SETTINGS,
            "Read",
            Some(&(NAMESPACE, KEY).into()),
            None,
            DBusCallFlags::NONE,
            TIMEOUT_MILLISECONDS,
            Cancellable::NONE,
            move |answer| {
                // No portal or no such setting: GTK's own choice stands.
                if let Ok(answer) = answer {
                    apply(&answer.child_value(0));
                }
            },
        );
    }

    fn listen(connection: &DBusConnection, apply: impl Fn(&Variant) + 'static) {
        // The subscription lives as long as the program, as the window does.
        connection.signal_subscribe(
            Some(PORTAL),
            Some(SETTINGS),
            Some("SettingChanged"),
            Some(PORTAL_PATH),
            Some(NAMESPACE),
            DBusSignalFlags::NONE,
            move |_, _, _, _, _, changed| {
                if changed.n_children() == 3 && changed.child_value(1).str() == Some(KEY) {
                    apply(&changed.child_value(2));
                }
            },
        );
    }

    /// What the portal's value asks for: 1 dark, 2 light, anything else no preference. `Read` wraps the value in two
    /// variants, the signal in one.
    fn prefers_dark(value: &Variant) -> Option<bool> {
        if value.is_type(VariantTy::VARIANT) {
            return value.as_variant().as_ref().and_then(prefers_dark);
        }
        match value.get::<u32>() {
            Some(1) => Some(true),
            Some(2) => Some(false),
            _ => None,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_portal_speaks_of_dark_light_and_no_preference() {
            assert_eq!(prefers_dark(&1u32.into()), Some(true));
            assert_eq!(prefers_dark(&Variant::from_variant(&2u32.into())), Some(false));
            assert_eq!(prefers_dark(&Variant::from_variant(&Variant::from_variant(&1u32.into()))), Some(true));
            assert_eq!(prefers_dark(&0u32.into()), None);
            assert_eq!(prefers_dark(&"dark".into()), None);
        }
    }
}
