"""Connects the window's commands with the parts that do them, and keeps them in step with the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from lastmile_desktop.model import DayState
from lastmile_desktop.pipeline import edits
from lastmile_desktop.system.resources import resource_path
from lastmile_desktop.ui import help_windows, theme
from lastmile_desktop.ui.commands import SECONDS, Commands
from lastmile_desktop.ui.export_flow import show_folder
from lastmile_desktop.ui.header.header_bar import Step
from lastmile_desktop.ui.session import Notice

if TYPE_CHECKING:
    from lastmile_desktop.ui.main_window import MainWindow
    from lastmile_desktop.ui.region_flow import RegionFlow


class WindowCommands(QObject):
    """What each command does, and when it can be done."""

    def __init__(self, window: MainWindow, commands: Commands) -> None:
        super().__init__(window)
        self._window, self._commands = window, commands
        self._region_flow: RegionFlow | None = None
        for name, run in self._handlers().items():
            commands[name].triggered.connect(lambda _checked=False, do=run: do())
        for seconds, action in commands.seconds.items():
            action.triggered.connect(lambda _checked=False, s=seconds: self._set_seconds(s))
        for language, action in commands.templates.items():
            action.triggered.connect(lambda _checked=False, to=language: window.workbooks.template(to))
        for choice, action in commands.themes.items():
            action.triggered.connect(lambda _checked=False, c=choice: self._set_theme(c))
        theme.watcher().changed.connect(self._show_theme)
        self._show_theme()
        for name in ("unassign", "copy"):
            window.plan_page.addAction(commands[name])
        commands["timeline"].setChecked(True)
        window.session.changed.connect(lambda _change: self.refresh())
        window.session.status_changed.connect(self.refresh)
        window.selection.changed.connect(self.refresh)
        window.planning.started.connect(lambda _seconds: self.refresh())
        window.planning.finished.connect(lambda _planned: self.refresh())
        window.files.recent_changed.connect(self._fill_recent)
        self.refresh()

    def _handlers(self) -> dict[str, Callable[[], object]]:
        window = self._window
        return {
            **self._file_handlers(),
            "undo": window.session.undo,
            "redo": window.session.redo,
            "copy": window.plan_page.work_list.tree.copy,
            "find": self._find,
            "region": self._region,
            "settings": self._settings,
            "select-none": self._select_nothing,
            "plan": window.plan_now,
            "improve": lambda: window.plan_now(keep_plan=True),
            "finish": window.planning.finish_now,
            "discard": window.planning.discard,
            "lock": lambda: window.actions_.toggle_lock(self._orders()),
            "unassign": lambda: window.actions_.unassign(self._orders()),
            "place": self._place,
            "clear-plan": lambda: window.session.do("Clear the plan", edits.clear_plan),
            "go-orders": lambda: window.go(Step.ORDERS),
            "go-plan": lambda: window.go(Step.PLAN),
            "go-fleet": lambda: window.go(Step.FLEET),
            "go-print": lambda: window.go(Step.PRINT),
            "fit": window.plan_page.fit,
            "fit-selection": window.plan_page.fit_selection,
            "reveal": self._reveal,
            "timeline": lambda: window.plan_page.set_timeline_visible(self._commands["timeline"].isChecked()),
            "full-screen": self._full_screen,
            "guide": lambda: self._read("User guide", "user-guide.md"),
            "shortcuts": lambda: help_windows.show_shortcuts(self._commands, window),
            "logs": lambda: show_folder(window.folders.logs),
            "licences": lambda: self._read("Licences", "licences.md"),
            "about": lambda: help_windows.show_about(window),
        }

    def _file_handlers(self) -> dict[str, Callable[[], object]]:
        window = self._window
        return {
            "new": window.files.new_day,
            "open": window.files.choose,
            "paste-rows": window.files.paste,
            "check-sheet": window.imports.check_again,
            "sample": window.imports.read_sample,
            "save": window.files.save,
            "save-as": window.files.save_as,
            "copy-day": window.files.copy_to_new_day,
            "export-all": window.exports.all_outputs,
            "export-pdf": window.exports.pdf,
            "export-workbook": window.exports.workbook,
            "export-into": window.workbooks.into_sheet,
            "export-map": window.exports.map_page,
            "print": self._print,
            "quit": window.close,
        }

    # ---- when a command can be done -----------------------------------------------------------------

    def refresh(self) -> None:
        """Enable what makes sense now and name what can be undone."""
        window, commands = self._window, self._commands
        state, status = window.session.state, window.session.status
        planning = window.planning.running
        has_day, has_plan = bool(state.day.orders), state.timetable is not None
        chosen = window.selection.order_key is not None
        anything = chosen or window.selection.vehicle_key is not None
        can_edit = not planning
        commands.enable(
            new=can_edit, open=can_edit, paste_rows=can_edit, sample=can_edit,
            check_sheet=can_edit and window.imports.last_path is not None,
            save=has_day, save_as=has_day, copy_day=has_day and can_edit,
            export_all=has_plan, export_pdf=has_plan, export_workbook=has_plan, export_map=has_plan,
            export_into=has_plan,
            undo=can_edit and status.undo_name is not None, redo=can_edit and status.redo_name is not None,
            copy=has_day, select_none=anything and not planning,
            plan=has_day and can_edit, improve=has_plan and can_edit, finish=planning, discard=planning,
            lock=chosen and has_plan and can_edit, unassign=chosen and has_plan and can_edit,
            place=chosen and can_edit, clear_plan=has_plan and can_edit,
            fit_selection=anything, reveal=chosen,
        )  # fmt: skip
        window.status.show_undo(can_edit)
        self._name("undo", "&Undo", status.undo_name)
        self._name("redo", "&Redo", status.redo_name)
        for menu in ("recent", "seconds"):
            commands.menus[menu].setEnabled(can_edit)
        seconds = state.day.settings.plan_seconds
        for choice in SECONDS:
            commands.seconds[choice].setChecked(choice == seconds)

    def _name(self, command: str, verb: str, step: str | None) -> None:
        text = f"{verb} {step.replace('&', '&&')}" if step else verb
        self._commands[command].setText(text)

    def _fill_recent(self, files: list) -> None:
        menu = self._commands.menus["recent"]
        menu.clear()
        menu.setToolTipsVisible(True)
        for path, missing in files:
            action = menu.addAction(path.name.replace("&", "&&"))
            action.setToolTip(f"{path} (not there any more)" if missing else str(path))
            action.setEnabled(not missing)
            action.triggered.connect(lambda _checked=False, p=path: self._window.open_path(p))
        if not files:
            menu.addAction("No recent files").setEnabled(False)

    # ---- what a command does ------------------------------------------------------------------------

    def _orders(self) -> list[str]:
        """The orders that are meant: selected in the list, else the one selected anywhere."""
        chosen = self._window.plan_page.work_list.tree.selected_orders()
        key = self._window.selection.order_key
        return chosen if key is None or key in chosen else [key]

    def _select_nothing(self) -> None:
        """Escape gives up the innermost thing first: asking for a place, then the selection."""
        if not self._window.plan_page.stop_placing():
            self._window.selection.clear()

    def _find(self) -> None:
        if self._window.pages.step is Step.ORDERS:
            self._window.pages.orders.filter_bar.box.setFocus()
            return
        self._window.go(Step.PLAN)
        self._window.plan_page.work_list.focus_search()

    def _place(self) -> None:
        key = self._window.selection.order_key
        if key is not None:
            self._window.place(key)

    def _reveal(self) -> None:
        key = self._window.selection.order_key
        if key is not None:
            self._window.go(Step.PLAN)
            self._window.plan_page.work_list.reveal(key)

    def _print(self) -> None:
        if self._window.pages.step is Step.PRINT:
            self._window.pages.printing.print_pages()
        else:
            self._window.go(Step.PRINT)

    def _full_screen(self) -> None:
        window = self._window
        if self._commands["full-screen"].isChecked():
            window.showFullScreen()
        else:
            window.showNormal()

    def _settings(self) -> None:
        from lastmile_desktop.ui.settings_view import SettingsDialog

        dialog = SettingsDialog(self._window.session, self._window)
        dialog.setObjectName("settings")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _region(self) -> None:
        if self._region_flow is None:
            from lastmile_desktop.ui.region_flow import RegionFlow

            window = self._window
            self._region_flow = RegionFlow(
                window.session,
                window.jobs,
                window.plan_page,
                lambda: window.pages.show_step(Step.PLAN),
                window,
            )
        self._region_flow.open()

    def _set_seconds(self, seconds: int) -> None:
        """For this day as an undoable step, and for the days to come."""
        firm = self._window.session.firm

        def edit(state: DayState) -> DayState:
            firm.save_settings(replace(firm.settings(), plan_seconds=seconds))
            return edits.change_settings(state, replace(state.day.settings, plan_seconds=seconds))

        self._window.session.do(f"Plan for {seconds} seconds", edit)

    def _show_theme(self) -> None:
        self._commands.themes[theme.watcher().choice].setChecked(True)

    def _set_theme(self, choice: str) -> None:
        from lastmile_desktop.store.app_settings import Theme

        theme.watcher().follow(choice)
        firm = self._window.session.firm
        self._window.jobs.run(
            lambda _job: firm.save_settings(replace(firm.settings(), theme=Theme(choice))),
            lambda _done: None,
            lambda error: self._window.notices.show_notice(
                Notice(f"The choice could not be kept: {error}", "warning")
            ),
        )

    def _read(self, title: str, name: str) -> None:
        try:
            help_windows.show_text_file(title, resource_path().parent / "docs" / name, self._window)
        except OSError:
            text = f"The {title.lower()} is not part of this installation."
            self._window.notices.show_notice(Notice(text, "warning"))
