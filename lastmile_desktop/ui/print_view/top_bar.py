"""The bar above the pages: which day, which paper, and the ways out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lastmile_desktop.ui import theme


class TopBar(QWidget):
    """Buttons and the line that says what came of them."""

    print_requested = Signal()
    pdf_requested = Signal()
    workbook_requested = Signal()
    stop_requested = Signal()
    paper_chosen = Signal(str)
    whole_page_toggled = Signal(bool)

    def __init__(self, papers: Sequence[str], paper: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "header")
        self._details = _label(self, "muted")
        self._hint, self._result = _label(self, "warning"), _label(self, "muted")
        self._result.setWordWrap(True)
        self.paper = QComboBox(self)
        self.paper.addItems(list(papers))
        self.paper.setCurrentText(paper)
        self.paper.setAccessibleName("Paper size")
        self.paper.setToolTip("Paper size")
        self.paper.textActivated.connect(self.paper_chosen)
        self.whole_page = _button("Whole page", "Show whole pages instead of their full width", self)
        self.whole_page.setCheckable(True)
        self.whole_page.toggled.connect(self.whole_page_toggled)
        self.workbook = _button("Save as workbook...", "The whole plan as an Excel workbook", self)
        self.workbook.clicked.connect(self.workbook_requested)
        self.pdf = _button("Save as PDF...", "The pages below as a PDF document", self)
        self.pdf.clicked.connect(self.pdf_requested)
        self.print = _button("Print...", "Print the pages below", self)
        self.print.clicked.connect(self.print_requested)
        self.stop = _button("Stop", "Stop printing or saving", self)
        self.stop.clicked.connect(self.stop_requested)
        self.stop.hide()
        self._arrange()
        self.enable(printing=False, saving=False)

    def _arrange(self) -> None:
        title = _label(self, "title")
        title.setText("Manifests")
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(theme.GRID_PX)
        above.addWidget(title)
        above.addSpacing(theme.GRID_PX)
        above.addWidget(self._details)
        above.addStretch(1)
        for widget in (self.whole_page, self.paper, self.workbook, self.pdf, self.print):
            above.addWidget(widget)
        below.addWidget(self._result, 1)
        below.addWidget(self.stop)
        below.addWidget(self._hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID_PX, theme.GRID_PX + 4] * 2)
        layout.setSpacing(theme.GRID_PX // 2)
        layout.addLayout(above)
        layout.addLayout(below)

    def enable(self, *, printing: bool, saving: bool) -> None:
        """Which ways out are open; the most useful open one is the filled button."""
        self.print.setEnabled(printing)
        self.pdf.setEnabled(saving)
        self.workbook.setEnabled(saving)
        theme.set_role(self.print, "" if saving and not printing else "primary")
        theme.set_role(self.pdf, "primary" if saving and not printing else "")

    def show_details(self, text: str) -> None:
        """Day and number of pages, beside the title."""
        self._details.setText(text)

    def show_hint(self, text: str) -> None:
        """A standing remark, such as that there is no printer; "" hides it."""
        self._hint.setText(f"\N{WARNING SIGN} {text}" if text else "")
        self._hint.setVisible(bool(text))

    def show_running(self, text: str) -> None:
        """Say what is under way, with a button that stops it."""
        self._say(text, "muted")
        self.stop.show()

    def show_result(self, text: str, role: str) -> None:
        """Say what came of it; ``role`` is "ok", "muted" or "danger"."""
        self._say(text, role)
        self.stop.hide()

    def set_paper(self, name: str) -> None:
        """Show this paper as the chosen one; emits nothing."""
        self.paper.setCurrentText(name)

    @property
    def result(self) -> str:
        """What the result line says."""
        return self._result.text()

    @property
    def hint(self) -> str:
        """What the standing remark says."""
        return self._hint.text()

    @property
    def details(self) -> str:
        """What stands beside the title."""
        return self._details.text()

    def _say(self, text: str, role: str) -> None:
        theme.set_role(self._result, role)
        self._result.setText(text)
        self._result.setVisible(bool(text))


def _label(parent: QWidget, role: str) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    theme.set_role(label, role)
    return label


def _button(text: str, tip: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    return button
