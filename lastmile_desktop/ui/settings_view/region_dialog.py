"""The region: which file the day drives on, and making one from an extract. Stays open beside the day."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import DayState
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError
from lastmile_desktop.regions.build.driver import build_region
from lastmile_desktop.regions.build.extract import extract_box
from lastmile_desktop.regions.build.leftovers import remove_leftovers
from lastmile_desktop.regions.build.passes import BuildCancelled
from lastmile_desktop.regions.errors import RegionError
from lastmile_desktop.regions.region_file import PART_WORDS, RegionFile
from lastmile_desktop.regions.service_area import ServiceArea
from lastmile_desktop.system.beside import call_beside
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Job, Jobs
from lastmile_desktop.ui.session import Change, Session
from lastmile_desktop.ui.settings_view.region_words import (
    AREAS,
    BOX,
    DEPOT,
    DEPOT_AND_ORDERS,
    NO_REGION,
    WHERE_FROM,
    box_text,
    chosen_area,
    overall,
    progress_words,
    region_lines,
)
from lastmile_desktop.ui.settings_view.settings_memory import SettingsMemory

log = logging.getLogger(__name__)

_NAMES = ("region", "drive_as", "ferries")
_USUAL_REACH_KM = 15.0


class RegionDialog(QDialog):
    """Chooses, builds and describes the region; every choice is an undoable step of the day."""

    #: Somebody wants to draw the box on the map, see `box_so_far` and `set_box`.
    draw_asked = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._memory = SettingsMemory.of(session)
        self._job: Job | None = None
        self._extract: Path | None = None
        self.extract_box: ServiceArea | None = None
        self.setWindowTitle("Region")
        self.setModal(False)
        theme.set_role(self, "panel")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addWidget(self._used_box())
        whole.addWidget(self._build_box())
        whole.addStretch(1)
        self.close_button = self._button("Close", "Close the region", self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        whole.addLayout(row)
        session.changed.connect(self._take)
        self._show_values()
        self._show_area()
        self.resize(580, max(540, self.sizeHint().height()))

    def _button(self, text: str, name: str, clicked: Any) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(name)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)
        return button

    def _used_box(self) -> QGroupBox:
        box = QGroupBox("What this day drives on", self)
        column = QVBoxLayout(box)
        self.facts = self._words("region-facts")
        column.addWidget(self.facts)
        row = QHBoxLayout()
        self.choose = self._button("Choose a region file…", "Choose a region file", self._ask_region)
        self.leave = self._button("Use no region", "Use no region", lambda: self.use(""))
        row.addWidget(self.choose)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.addLayout(row)
        form = QFormLayout()
        self.drive_as = QComboBox(self)
        for value, text in (("van", "Vans"), ("car", "Cars")):
            self.drive_as.addItem(text, value)
        self.drive_as.setAccessibleName("Drive as fast as")
        self.drive_as.activated.connect(
            lambda _index: self._change("the vehicles on the road", drive_as=self.drive_as.currentData())
        )
        form.addRow("As fast as", self.drive_as)
        self.ferries = QCheckBox("Ferries may be taken", self)
        self.ferries.clicked.connect(lambda on: self._change("ferries", ferries=bool(on)))
        form.addRow("", self.ferries)
        column.addLayout(form)
        return box

    def _build_box(self) -> QGroupBox:
        box = QGroupBox("Make a region", self)
        column = QVBoxLayout(box)
        told = self._words("region-source")
        told.setText(WHERE_FROM)
        column.addWidget(told)
        form = QFormLayout()
        self.extract_button = self._button("Choose an extract…", "Choose an extract", self._ask_extract)
        form.addRow("Extract", self.extract_button)
        self.area = QComboBox(self)
        self.area.setAccessibleName("Service area")
        for value, text in AREAS:
            self.area.addItem(text, value)
        self.area.currentIndexChanged.connect(lambda _index: self._show_area())
        form.addRow("Area", self.area)
        self.reach = QDoubleSpinBox(self)
        self.reach.setAccessibleName("How far the area reaches")
        self.reach.setRange(1, 500)
        self.reach.setDecimals(0)
        self.reach.setSuffix(" km further")
        self.reach.lineEdit().setTextMargins(6, 0, 0, 0)  # the style sheet's padding does not reach inside
        self.reach.setValue(_USUAL_REACH_KM)
        form.addRow("", self.reach)
        self.box = QLineEdit(self)
        self.box.setAccessibleName("Box in degrees: south, west, north, east")
        self.box.setPlaceholderText("50.98, 3.60, 51.12, 3.82")
        self.draw = self._button("Draw on the map", "Draw the box on the map", self.draw_asked.emit)
        self.box_row = QWidget(self)
        beside = QHBoxLayout(self.box_row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.box, 1)
        beside.addWidget(self.draw)
        form.addRow("", self.box_row)
        column.addLayout(form)
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName("Progress of making the region")
        self.progress.setTextVisible(False)
        self.progress.hide()
        column.addWidget(self.progress)
        self.stage = self._words("region-stage")
        theme.set_role(self.stage, "muted")
        self.stage.hide()
        column.addWidget(self.stage)
        self.said = self._words("region-result")
        self.said.hide()
        column.addWidget(self.said)
        row = QHBoxLayout()
        self.build = self._button("Make the region…", "Make the region", self._ask_target)
        self.cancel = self._button("Cancel", "Cancel making the region", self._cancel)
        self.cancel.hide()
        row.addWidget(self.build)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addLayout(row)
        return box

    def _words(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setWordWrap(True)
        return label

    # ---- what is used -------------------------------------------------------------------------------

    def use(self, path: str) -> None:
        """Drive on this region file from now on; "" = estimates."""
        self._change("the region", region=path)

    def _change(self, what: str, **values: Any) -> None:
        self._memory.follow(_NAMES)

        def edit(state: DayState) -> DayState:
            return edits.change_settings(state, replace(state.day.settings, **values))

        self._session.do(f"Change {what}", edit)

    def _take(self, change: Change) -> None:
        if change & (Change.SETTINGS | Change.ORDERS | Change.FLEET):
            self._show_values()

    def _show_values(self) -> None:
        settings = self._session.state.day.settings
        self.drive_as.setCurrentIndex(max(0, self.drive_as.findData(settings.drive_as)))
        self.ferries.setChecked(settings.ferries)
        self.leave.setEnabled(bool(settings.region))
        self.facts.setText(_facts(settings.region))

    def _ask_region(self) -> None:
        dialog = QFileDialog(self, "Choose a region file")
        dialog.setNameFilter("Regions (*.region);;All files (*)")
        dialog.setDirectory(str(self._folder()))
        dialog.fileSelected.connect(lambda chosen: self.choose_file(Path(chosen)))
        dialog.open()

    def choose_file(self, path: Path) -> None:
        """Take a region file when it can be used, else say why not."""
        try:
            RegionFile.open(path).require("roads")
        except RegionError as error:
            self._say(str(error), "danger")
            return
        self.said.hide()
        self.use(str(path))

    # ---- making one ---------------------------------------------------------------------------------

    def _ask_extract(self) -> None:
        dialog = QFileDialog(self, "Choose an extract of OpenStreetMap")
        dialog.setNameFilter("OpenStreetMap extracts (*.osm.pbf *.pbf);;All files (*)")
        dialog.fileSelected.connect(lambda chosen: self.set_extract(Path(chosen)))
        dialog.open()

    def set_extract(self, path: Path) -> None:
        """The extract that a region is to be made from."""
        self._extract = path
        self.extract_button.setText(path.name.replace("&", "&&"))
        self.extract_button.setToolTip(str(path))
        self.build.setEnabled(True)
        self.extract_box = None
        self._jobs.run(
            lambda _job: call_beside(extract_box, path),
            lambda box: self._take_extract_box(path, box),
            lambda error: log.warning("what %s covers is not known: %r", path.name, error),
        )

    def _take_extract_box(self, path: Path, box: ServiceArea | None) -> None:
        if path == self._extract:
            self.extract_box = box

    def box_so_far(self) -> ServiceArea | None:
        """The box as it is written, None while it is none."""
        try:
            return chosen_area(BOX, 0.0, self.box.text(), self._session.state.day)
        except NotUnderstoodError:
            return None

    def set_box(self, area: ServiceArea) -> None:
        """Take over a box that was drawn."""
        self.area.setCurrentIndex(self.area.findData(BOX))
        self.box.setText(box_text(area))
        self.said.hide()

    def _show_area(self) -> None:
        kind = self.area.currentData()
        self.reach.setVisible(kind in (DEPOT, DEPOT_AND_ORDERS))
        self.box_row.setVisible(kind == BOX)
        self.build.setEnabled(self._extract is not None)

    def wanted_area(self) -> ServiceArea | None:
        """What is chosen as the service area. Raises NotUnderstoodError."""
        day = self._session.state.day
        return chosen_area(self.area.currentData(), self.reach.value(), self.box.text(), day)

    def _ask_target(self) -> None:
        if self._extract is None:
            return
        try:
            self.wanted_area()
        except NotUnderstoodError as error:
            self._say(str(error), "danger")
            return
        dialog = QFileDialog(self, "Save the region as")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Regions (*.region)")
        dialog.setDefaultSuffix("region")
        dialog.setDirectory(str(self._folder()))
        dialog.selectFile(self._extract.name.split(".")[0] + ".region")
        dialog.fileSelected.connect(lambda chosen: self.make(Path(chosen)))
        dialog.open()

    def _folder(self) -> Path:
        from lastmile_desktop.store.folders import app_data_folder, private_folder

        folder = private_folder(app_data_folder() / "regions")
        remove_leftovers(folder)
        return folder

    def make(self, target: Path) -> None:
        """Build the region in a process of its own, and use it when it is done."""
        extract = self._extract
        if extract is None or self._job is not None:
            return
        try:
            area = self.wanted_area()
        except NotUnderstoodError as error:
            self._say(str(error), "danger")
            return
        self.said.hide()
        self._show_running(True)
        self._job = self._jobs.run(
            lambda job: build_region(
                extract,
                target,
                area=area,
                on_progress=lambda part, share: job.report((part, share)),
                should_stop=job.should_stop,
            ),
            self._made,
            self._failed,
            self._show_progress,
        )

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stage.setText("Stopping")

    def _show_running(self, running: bool) -> None:
        self.progress.setVisible(running)
        self.stage.setVisible(running)
        self.cancel.setVisible(running)
        for widget in (self.build, self.extract_button, self.area, self.reach, self.box, self.draw):
            widget.setEnabled(not running)
        self.progress.setValue(0)
        self.stage.setText("Starting")

    def _show_progress(self, news: tuple[str, float]) -> None:
        part, share = news
        self.progress.setValue(overall(part, share, tuple(PART_WORDS)))
        self.stage.setText(progress_words(part, share))

    def _made(self, region: RegionFile) -> None:
        self._job = None
        self._show_running(False)
        self._say(f"The region {region.info.name} is ready and used from now on.", "")
        self.use(str(region.path))

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._show_running(False)
        if isinstance(error, BuildCancelled):
            self._say("Stopped; nothing was written.", "")
        elif getattr(error, "for_dispatcher", False):
            self._say(str(error), "danger")
        else:
            log.error("making a region failed", exc_info=error)
            self._say("The region could not be made. The details are in the log folder.", "danger")

    def _say(self, text: str, role: str) -> None:
        theme.set_role(self.said, role)
        self.said.setText(text)
        self.said.show()

    def done(self, result: int) -> None:
        """Closing stops a build that is under way."""
        self._cancel()
        super().done(result)


def _facts(path: str) -> str:
    if not path:
        return NO_REGION
    try:
        return region_lines(RegionFile.open(Path(path)))
    except RegionError as error:
        return f"{error} Until then driving times are straight-line estimates."
