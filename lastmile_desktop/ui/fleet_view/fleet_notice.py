"""Says in place that vans or a depot were suggested, as long as nobody has made them his own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from lastmile_desktop.model import Depot, Vehicle
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.fleet_view.fleet_edits import is_assumed, is_offered


class FleetNotice(QWidget):
    """`kept`: the person says that the suggested vans are right; `recalled`: the old fleet is wanted back."""

    kept = Signal()
    recalled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "notice-warning")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self.keep_button = QPushButton("They are right", self)
        self.keep_button.setAccessibleName("Keep the suggested vans as they are")
        self.keep_button.clicked.connect(self.kept)
        self.recall_button = QPushButton("Use the fleet of last time", self)
        self.recall_button.setAccessibleName(self.recall_button.text())
        self.recall_button.clicked.connect(self.recalled)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(QLabel("!", self))
        row.addWidget(self._text, 1)
        row.addWidget(self.keep_button)
        row.addWidget(self.recall_button)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, "" when nothing is."""
        return "" if self.isHidden() else self._text.text()

    def set_fleet(
        self, vehicles: Sequence[Vehicle], depots: Sequence[Depot], *, remembered: bool = False
    ) -> None:
        """Look at the fleet of the day and say what of it is only suggested."""
        offered = any(is_offered(vehicle) for vehicle in vehicles)
        sentences = []
        if offered:
            sentences.append(
                "These are suggested vans. Change them to yours; they are remembered for tomorrow."
            )
        if any(is_assumed(depot) for depot in depots):
            sentences.append(
                "The depot is assumed in the middle of the orders. Move it to where the vans start."
            )
        if remembered:
            sentences.append("This day has no fleet yet; yours of last time is remembered.")
        elif not depots:
            sentences.append("There is no depot yet. Add one: the vans start there.")
        elif not vehicles:
            sentences.append("There is no vehicle yet. Add one.")
        self._text.setText(" ".join(sentences))
        self.setAccessibleName(self._text.text())
        self.keep_button.setVisible(offered)
        self.recall_button.setVisible(remembered)
        self.setVisible(bool(sentences))
