"""The small windows of the Help menu: shortcuts to print, a text to read, and what this is."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop import __version__
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.commands import Commands, all_commands
from lastmile_desktop.ui.icons import pixmap


class TextWindow(QDialog):
    """A text to read, print and close; never in the way of the window behind it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(640, 600)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(title)
        self.text.setOpenLinks(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.print_button = QPushButton("Print…", self)
        self.print_button.setAccessibleName("Print this text")
        self.print_button.clicked.connect(self._print)
        buttons.addButton(self.print_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        for button in buttons.buttons():
            button.setAccessibleName(button.text().replace("&", ""))
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addWidget(buttons)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.text.print_(printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()


def shortcut_html(commands: Commands) -> str:
    """All commands that have a key, by menu, as a table."""
    parts = ["<h2>Keyboard shortcuts</h2>"]
    menu = ""
    for title, command in all_commands():
        keys = commands[command.name].shortcuts()
        if not keys:
            continue
        if title != menu:
            parts.append(
                ("</table>" if menu else "") + f"<h3>{escape(title)}</h3><table cellpadding='4' width='100%'>"
            )
            menu = title
        shown = keys[0].toString(QKeySequence.SequenceFormat.NativeText)
        name = command.text.replace("&", "").rstrip("…")
        parts.append(f"<tr><td width='30%'><b>{escape(shown)}</b></td><td>{escape(name)}</td></tr>")
    parts.append(
        "</table><h3>In the work list</h3><table cellpadding='4' width='100%'>"
        "<tr><td width='30%'><b>Arrows, Enter</b></td><td>Move; open a route or find an order</td></tr>"
        "<tr><td><b>Shift or Ctrl with click</b></td><td>Select several orders</td></tr>"
        "<tr><td><b>Drag</b></td><td>Move orders within, between and off routes</td></tr></table>"
    )
    return "".join(parts)


def show_shortcuts(commands: Commands, parent: QWidget) -> TextWindow:
    """The list of keys, to read and print."""
    window = TextWindow("Keyboard shortcuts", parent)
    window.setObjectName("shortcuts")
    window.text.setHtml(shortcut_html(commands))
    window.show()
    return window


def show_text_file(title: str, path: Path, parent: QWidget) -> TextWindow:
    """A Markdown file of ours. Raises OSError when it is not there."""
    window = TextWindow(title, parent)
    window.resize(760, 680)
    window.text.setMarkdown(path.read_text(encoding="utf-8"))
    window.show()
    return window


def show_about(parent: QWidget) -> QDialog:
    """Name, version and what the program never does."""
    window = QDialog(parent)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.setObjectName("about")
    window.setWindowTitle("About Lastmile")
    mark = QLabel(window)
    mark.setPixmap(pixmap("lastmile", "#000000", 64, window.devicePixelRatioF()))
    mark.setAccessibleName("Lastmile")
    name = QLabel(f"Lastmile Desktop {__version__}", window)
    theme.set_role(name, "title")
    words = QLabel(
        "Plans a small firm's delivery day: order sheet in, driver manifests out.\n"
        "Works offline. Your customers' data never leaves this computer.",
        window,
    )
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, window)
    buttons.rejected.connect(window.close)
    for button in buttons.buttons():
        button.setAccessibleName("Close")
    texts = QVBoxLayout()
    texts.addWidget(name)
    texts.addWidget(words)
    texts.addStretch(1)
    texts.addWidget(buttons)
    row = QHBoxLayout(window)
    row.setContentsMargins(24, 24, 24, 16)
    row.setSpacing(24)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(texts, 1)
    window.show()
    return window
