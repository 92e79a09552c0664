"""The day's date with a step back, a step forward and a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.icons import set_icon


class DateSwitch(QWidget):
    """Shows a date; says `chosen` when a person wants another."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._date = date.today()
        self.back = self._tool("date-back", "left", "The day before")
        self.forward = self._tool("date-forward", "right", "The day after")
        self.button = QToolButton(self)
        self.button.setObjectName("date")
        self.button.setToolTip("Choose the date from a calendar")
        self.button.setFont(theme.tabular_font(self.button.font()))
        theme.set_role(self.button, "quiet")
        self.back.clicked.connect(lambda: self._step(-1))
        self.forward.clicked.connect(lambda: self._step(1))
        self.button.clicked.connect(self._open_calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.back, self.button, self.forward):
            row.addWidget(part)
        self.show_date(self._date)

    def show_date(self, day: date) -> None:
        """Show this date."""
        self._date = day
        text = QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM yyyy")
        self.button.setText(text)
        self.button.setAccessibleName(f"Date of the day: {text}")

    def _tool(self, name: str, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        theme.set_role(button, "quiet")
        set_icon(button, icon, "text_muted")
        return button

    def _step(self, days: int) -> None:
        try:
            self.chosen.emit(date.fromordinal(self._date.toordinal() + days))
        except ValueError:
            return  # before the first or after the last day there is

    def _open_calendar(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setObjectName("calendar-popup")
        popup.setAccessibleName("Calendar")
        calendar = QCalendarWidget(popup)
        calendar.setAccessibleName("Date of the day")
        calendar.setGridVisible(False)
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(theme.current().text_muted))  # red is for what is broken
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, weekend)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        calendar.setSelectedDate(QDate(self._date.year, self._date.month, self._date.day))

        def choose(picked: QDate) -> None:
            popup.close()
            self.chosen.emit(date(picked.year(), picked.month(), picked.day()))

        calendar.clicked.connect(choose)
        calendar.activated.connect(choose)
        column = QVBoxLayout(popup)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(calendar)
        popup.move(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))
        popup.show()
        calendar.setFocus()
