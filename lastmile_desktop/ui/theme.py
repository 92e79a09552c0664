"""Colours, spacing and the style sheet, light and dark, following the system.

Views ask `current()` for colours when they paint, set ``role`` properties on widgets for the style sheet
to match, and listen to `watcher().changed` where they paint themselves or push colours elsewhere.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from lastmile_desktop.system.resources import resource_path

#: Everything sits on an 8-pixel grid.
GRID_PX = 8
ROW_HEIGHT_PX = 28
HEADER_HEIGHT_PX = 56

#: Okabe-Ito's order that colour-blind people can tell apart, without its yellow and black (unreadable as
#: thin lines on a light or dark ground), then darker and lighter steps of the same hues.
_ROUTE_COLOURS_LIGHT = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#3A9BDC", "#7A5195", "#8C5A00",
    "#004B75", "#8F3F00", "#006B4E", "#8A4C70", "#5B8C00", "#1B7F9C", "#B03060", "#5C6BC0",
)  # fmt: skip
_ROUTE_COLOURS_DARK = (
    "#4DA3D9", "#FF8A3D", "#2BC79A", "#E6A0C6", "#F2B632", "#7CC4F5", "#B48AD3", "#C99A3F",
    "#2E86C1", "#D9722B", "#1FA37C", "#C27BA5", "#9CCB3B", "#4FB8D6", "#E0709A", "#93A0F0",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colours:
    """The palette of one scheme, as "#rrggbb" strings."""

    dark: bool
    window: str
    surface: str
    surface_raised: str
    surface_hover: str
    border: str
    text: str
    text_muted: str
    accent: str
    accent_hover: str
    accent_text: str
    selection: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    ok: str
    map_ground: str
    map_grid: str

    def route(self, index: int) -> str:
        """The colour of the route at ``index`` in the fleet's order; repeats after 16."""
        colours = _ROUTE_COLOURS_DARK if self.dark else _ROUTE_COLOURS_LIGHT
        return colours[index % len(colours)]


LIGHT = Colours(
    dark=False,
    window="#F4F5F7",
    surface="#FFFFFF",
    surface_raised="#FAFBFC",
    surface_hover="#EEF2F7",
    border="#D9DEE5",
    text="#1A2230",
    text_muted="#5A6676",
    accent="#1F5FBF",
    accent_hover="#184E9F",
    accent_text="#FFFFFF",
    selection="#DCE8FA",
    danger="#B3261E",
    danger_soft="#FBE9E7",
    warning="#8A5A00",
    warning_soft="#FFF4DC",
    ok="#1B6E3C",
    map_ground="#EEF1F4",
    map_grid="#D5DBE2",
)
DARK = Colours(
    dark=True,
    window="#15181D",
    surface="#1D2128",
    surface_raised="#232831",
    surface_hover="#2B313C",
    border="#363D49",
    text="#E8ECF2",
    text_muted="#9AA5B4",
    accent="#5B9BF0",
    accent_hover="#7AB0F5",
    accent_text="#0B1220",
    selection="#2A3B55",
    danger="#FF8A80",
    danger_soft="#3A2322",
    warning="#F2C14E",
    warning_soft="#383019",
    ok="#6FCF97",
    map_ground="#1A1E25",
    map_grid="#2A303A",
)


class ThemeWatcher(QObject):
    """Says when the scheme has changed, after palette and style sheet were replaced."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = "system"
        self.sets_palette = False  # a style sheet hides the style's name, so it is asked once, before

    def follow(self, choice: str) -> None:
        """Take "system", "light" or "dark" as the user's choice and repaint the application."""
        self.choice = choice
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        QGuiApplication.styleHints().setColorScheme(schemes.get(choice, Qt.ColorScheme.Unknown))
        self.refresh()

    def refresh(self) -> None:
        """Apply the scheme that holds now."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            colours = current()
            if self.sets_palette:
                application.setPalette(_palette(colours))
            application.setStyleSheet(style_sheet(colours))
            self.changed.emit()


@cache
def watcher() -> ThemeWatcher:
    """The one watcher of the application."""
    return ThemeWatcher()


def current() -> Colours:
    """Colours of the scheme that holds now."""
    choice = watcher().choice
    if choice in ("light", "dark"):
        return DARK if choice == "dark" else LIGHT
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def install(application: QApplication, choice: str = "system") -> None:
    """Give the application its style and follow the system's light and dark from now on."""
    if sys.platform.startswith("linux"):
        application.setStyle(QStyleFactory.create("Fusion"))
    watcher().sets_palette = application.style().name().lower() == "fusion"
    QGuiApplication.styleHints().colorSchemeChanged.connect(watcher().refresh)
    watcher().follow(choice)


def tabular_font(base: QFont | None = None) -> QFont:
    """The interface font with figures of equal width, for numbers in columns."""
    font = QFont(base or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def set_role(widget: QWidget, role: str) -> None:
    """Mark a widget for the style sheet ("primary", "quiet", "card", "muted", "title" ...)."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.surface_raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.surface_raised,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.surface_raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.accent_text,
        QPalette.ColorRole.PlaceholderText: colours.text_muted,
        QPalette.ColorRole.Link: colours.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.text_muted))
    return palette


@cache
def _style_template() -> Template:
    return Template(resource_path("style.qss").read_text(encoding="utf-8"))


def style_sheet(colours: Colours) -> str:
    """The application's style sheet in these colours."""
    scheme = "dark" if colours.dark else "light"
    icons = resource_path("icons").as_posix()
    return _style_template().substitute(asdict(colours), icons=icons, scheme=scheme)
