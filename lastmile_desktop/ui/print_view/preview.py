"""Shows the pages of a PDF, or a sentence when there are none."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from lastmile_desktop.ui import theme

_MARGIN_PX = 3 * theme.GRID_PX
_LARGEST_ZOOM = 1.2


class PreviewPane(QWidget):
    """The pages as they come out. Qt draws each on its own thread: scrolling stays smooth."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.pages = QPdfView(self)
        self.pages.setAccessibleName("Manifest pages")
        self.pages.setPageMode(QPdfView.PageMode.MultiPage)
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        self.pages.setPageSpacing(2 * theme.GRID_PX)
        self.pages.setDocumentMargins(QMargins(*[_MARGIN_PX] * 4))
        self.pages.setDocument(self.document)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName("Preparing pages")
        self._message = _Message(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._message)
        self._stack.addWidget(self.pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.progress)
        layout.addLayout(self._stack, 1)
        self.set_progress(None)
        self._whole_page = False
        self._take_colours()
        theme.watcher().changed.connect(self._take_colours)

    def show_pdf(self, content: bytes) -> None:
        """Show these pages from the first on. The bytes stay in memory: no file is made for a preview."""
        buffer = QBuffer(self)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.close()
        self.document.load(buffer)
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        self._stack.setCurrentWidget(self.pages)
        self._zoom()
        self.pages.verticalScrollBar().setValue(0)

    def show_message(self, heading: str, text: str) -> None:
        """Show a sentence in place of pages."""
        self._message.heading.setText(heading)
        self._message.text.setText(text)
        self.document.close()
        self._stack.setCurrentWidget(self._message)

    @property
    def shows_pages(self) -> bool:
        """False while a sentence stands in place of pages."""
        return self._stack.currentWidget() is not self._message

    def set_progress(self, done_of: tuple[int, int] | None) -> None:
        """A thin line above the pages: (done, all), (0, 0) = not known yet, None = nothing is under way."""
        retained = self.progress.sizePolicy()
        retained.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(retained)
        self.progress.setVisible(done_of is not None)
        if done_of is not None:
            self.progress.setRange(0, done_of[1])
            self.progress.setValue(done_of[0])

    def fit(self, whole_page: bool) -> None:
        """Show each page as wide as the view (but not larger than on paper, about), or whole."""
        self._whole_page = whole_page
        self._zoom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pages fitted."""
        super().resizeEvent(event)
        self._zoom()

    def _zoom(self) -> None:
        if self._whole_page:
            self.pages.setZoomMode(QPdfView.ZoomMode.FitInView)
            return
        page_px = self.document.pagePointSize(0).width() / 72 * self.logicalDpiX()
        room_px = self.width() - 2 * _MARGIN_PX - self.pages.verticalScrollBar().sizeHint().width()
        if page_px > 0 and room_px > 0:
            self.pages.setZoomMode(QPdfView.ZoomMode.Custom)
            self.pages.setZoomFactor(min(room_px / page_px, _LARGEST_ZOOM))

    def _take_colours(self) -> None:
        palette = self.pages.palette()
        palette.setColor(
            QPalette.ColorRole.Dark, QColor(theme.current().map_ground)
        )  # the ground of QPdfView
        self.pages.setPalette(palette)

    @property
    def message(self) -> str:
        """The sentence that is shown in place of pages; "" while pages are shown."""
        return self._message.text.text() if self._stack.currentWidget() is self._message else ""


class _Message(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.heading, self.text = QLabel(self), QLabel(self)
        theme.set_role(self.heading, "title")
        theme.set_role(self.text, "muted")
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for label in (self.heading, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addStretch(3)
