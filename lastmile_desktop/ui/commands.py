"""Every command of the window as data: menu, words, shortcut, tip; and the menus made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from lastmile_desktop.ui.icons import set_icon

Keys = QKeySequence | QKeySequence.StandardKey | str | None


@dataclass(frozen=True)
class Command:
    """One command. ``local`` = its key works only where the window adds it (lists), not in text fields."""

    name: str
    text: str
    keys: Keys = None
    tip: str = ""
    icon: str = ""
    local: bool = False


SEPARATOR = None
_K = QKeySequence.StandardKey

FILE: tuple[Command | None, ...] = (
    Command("new", "&New day", _K.New, "Start an empty day with the fleet that you keep"),
    Command("open", "&Open…", _K.Open, "Open an order sheet (xlsx, xlsm, csv) or a saved day", "open"),
    Command("recent", "Open &recent"),
    Command(
        "paste-rows",
        "&Paste rows from Excel",
        "Ctrl+Shift+V",
        "Take copied rows as a new order sheet",
        "paste",
    ),
    Command(
        "check-sheet",
        "C&heck the sheet read last",
        None,
        "Look at the sheet's columns again and change what they hold",
    ),
    Command(
        "sample",
        "Try the sample &day",
        None,
        "A made-up day of a city courier, planned in a moment",
        "sample",
    ),
    Command("template", "Save a &template"),
    SEPARATOR,
    Command("save", "&Save", _K.Save, "Save the day to its file"),
    Command("save-as", "Save &as…", QKeySequence("Ctrl+Shift+S"), "Save the day to another file"),
    Command("copy-day", "&Copy to new day", None, "The same orders, fleet and plan on the next date"),
    SEPARATOR,
    Command(
        "export-all",
        "&All outputs to a folder…",
        "Ctrl+E",
        "plan.json, workbook, manifests, map and day file",
    ),
    Command("export-pdf", "&Manifests as PDF…", None, "One PDF, each driver from a new page"),
    Command("export-workbook", "Plan as &workbook…", None, "An Excel workbook with a sheet for each driver"),
    Command(
        "export-into",
        "Plan into a copy of your &sheet…",
        None,
        "Route, stop and arrival beside your own columns; your file is not touched",
    ),
    Command("export-map", "Ma&p as web page…", None, "Opens offline in any browser"),
    Command("print", "&Print…", _K.Print, "Preview and print the manifests", "print"),
    SEPARATOR,
    Command(
        "quit",
        "&Quit",
        QKeySequence("Ctrl+Q"),
        "Close the window; what is not saved is kept and offered next time",
    ),
)
EXPORT = ("export-all", "export-pdf", "export-workbook", "export-into", "export-map")
EDIT: tuple[Command | None, ...] = (
    Command("undo", "&Undo", _K.Undo, "Take back the last change", "undo"),
    Command("redo", "&Redo", QKeySequence("Ctrl+Shift+Z"), "Do again what was taken back"),
    SEPARATOR,
    Command("copy", "&Copy", _K.Copy, "Copy the selected rows as cells", local=True),
    Command("find", "&Find orders", _K.Find, "Search in number, name, address, phone, notes", "search"),
    SEPARATOR,
    Command("region", "&Region…", None, "Roads, addresses and map of your own region, without a network"),
    Command("settings", "Se&ttings…", "Ctrl+,", "Planning, units, currency, colours"),
    SEPARATOR,
    Command("select-none", "Select &nothing", "Esc", "Close the details"),
)
PLAN: tuple[Command | None, ...] = (
    Command("plan", "&Plan the day", "F5", "Search the best routes for all orders", "plan"),
    Command("improve", "&Improve the plan", "Shift+F5", "Search on from the plan on the table"),
    Command("seconds", "Planning &time"),
    SEPARATOR,
    Command("finish", "&Finish now", "Ctrl+Return", "Stop searching and keep the best plan so far", "finish"),
    Command("discard", "&Discard", "Esc", "Stop searching and go back to the plan from before", "discard"),
    SEPARATOR,
    Command("lock", "&Lock or unlock orders", "Ctrl+L", "Keep the selected orders on their vehicle", "lock"),
    Command(
        "unassign",
        "&Unassign orders",
        "Del",
        "Take the selected orders off their routes",
        "remove",
        local=True,
    ),
    Command("place", "Place on &map…", None, "Click the right place of the selected order", "pin"),
    Command("clear-plan", "&Clear the plan", None, "Take all orders off their routes"),
)
VIEW: tuple[Command | None, ...] = (
    Command("go-orders", "&Orders", "Ctrl+1", "The order sheet", "orders"),
    Command("go-fleet", "&Fleet", "Ctrl+2", "Vehicles, drivers and depots", "fleet"),
    Command("go-plan", "&Plan", "Ctrl+3", "Map, routes and timeline", "plan"),
    Command("go-print", "P&rint", "Ctrl+4", "The manifests", "print"),
    SEPARATOR,
    Command("fit", "Show &everything on the map", "Ctrl+0", "Zoom so that all stops are visible", "fit"),
    Command(
        "fit-selection", "&Zoom to the selection", "Ctrl+J", "Show the selected order or route on the map"
    ),
    Command("reveal", "Show the selection in the &list", "Ctrl+R", "Open its route and scroll to it"),
    Command("timeline", "&Timeline", "Ctrl+T", "Show or hide the timeline"),
    SEPARATOR,
    Command("theme", "&Colours"),
    Command("full-screen", "F&ull screen", "F11", "Use the whole screen"),
)
HELP: tuple[Command | None, ...] = (
    Command("guide", "&User guide", "F1", "How to get from an order sheet to printed manifests"),
    Command("shortcuts", "&Keyboard shortcuts", "Ctrl+/", "All commands with their keys, to print"),
    Command("logs", "Show &log folder", None, "Where the program writes what went wrong"),
    SEPARATOR,
    Command("licences", "&Licences", None, "The free software that this program is built with"),
    Command("about", "&About Lastmile", None, "Version"),
)
MENUS: tuple[tuple[str, tuple[Command | None, ...]], ...] = (
    ("&File", FILE),
    ("&Edit", EDIT),
    ("&Plan", PLAN),
    ("&View", VIEW),
    ("&Help", HELP),
)
#: Commands that open a menu of their own.
SUBMENUS = ("recent", "seconds", "theme", "template")
SECONDS = (5, 20, 60, 120)
#: Languages of the template's headings, under their own names.
TEMPLATES = (
    ("de", "Deutsch"), ("en", "English"), ("es", "Español"), ("fr", "Français"), ("it", "Italiano"),
    ("nl", "Nederlands"), ("pl", "Polski"), ("pt", "Português"),
)  # fmt: skip
THEMES = (("system", "Follow the &system"), ("light", "&Light"), ("dark", "&Dark"))
CHECKABLE = ("timeline", "full-screen")


def all_commands() -> Iterator[tuple[str, Command]]:
    """Every command with the name of its menu."""
    for title, commands in MENUS:
        for command in commands:
            if command is not None and command.name not in SUBMENUS:
                yield title.replace("&", ""), command


class Commands:
    """The window's actions by name, and its menus."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self.seconds: dict[int, QAction] = {}
        self.themes: dict[str, QAction] = {}
        self.templates: dict[str, QAction] = {}
        for title, commands in MENUS:
            self._fill(window.menuBar(), title, commands)
        self._choices("seconds", self.seconds, [(s, f"{s} seconds") for s in SECONDS])
        self._choices("theme", self.themes, list(THEMES))
        for language, title in TEMPLATES:
            self.templates[language] = self.menus["template"].addAction(title)
        self.plan_menu = QMenu(window)
        self.plan_menu.addActions([self.actions["plan"], self.actions["improve"]])
        self.plan_menu.addMenu(self.menus["seconds"])

    def __getitem__(self, name: str) -> QAction:
        return self.actions[name]

    def enable(self, **states: bool) -> None:
        """Allow or forbid commands by name (dashes as underscores)."""
        for name, enabled in states.items():
            self.actions[name.replace("_", "-")].setEnabled(enabled)

    def _fill(self, bar: QMenuBar, title: str, commands: tuple[Command | None, ...]) -> None:
        menu = bar.addMenu(title)
        menu.setObjectName(f"menu-{title.strip('&').lower()}")
        menu.setToolTipsVisible(True)
        export: QMenu | None = None
        for command in commands:
            if command is None:
                menu.addSeparator()
            elif command.name in SUBMENUS:
                self.menus[command.name] = menu.addMenu(command.text)
            elif command.name in EXPORT:
                export = export or menu.addMenu("&Export")
                export.setToolTipsVisible(True)
                export.addAction(self._action(command))
            else:
                menu.addAction(self._action(command))

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setObjectName(f"command-{command.name}")
        if isinstance(command.keys, QKeySequence.StandardKey):
            action.setShortcuts(command.keys)
        elif command.keys is not None:
            action.setShortcut(QKeySequence(command.keys))
        if command.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if command.tip:
            action.setToolTip(command.tip)
            action.setStatusTip("")
        if command.icon:
            set_icon(action, command.icon, "text_muted")
        if command.name == "quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        if command.name == "settings":
            action.setMenuRole(QAction.MenuRole.PreferencesRole)
        if command.name == "about":
            action.setMenuRole(QAction.MenuRole.AboutRole)
        action.setCheckable(command.name in CHECKABLE)
        self.actions[command.name] = action
        return action

    def _choices(self, menu: str, into: dict, choices: list) -> None:
        group = QActionGroup(self._window)
        for value, text in choices:
            action = self.menus[menu].addAction(text)
            action.setCheckable(True)
            group.addAction(action)
            into[value] = action
