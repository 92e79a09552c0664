"""The settings dialog."""

from lastmile_desktop.ui.settings_view.settings_dialog import SettingsDialog

__all__ = ["SettingsDialog"]
