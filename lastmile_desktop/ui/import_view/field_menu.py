"""The menu of what a column can hold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from lastmile_desktop.ui.import_view.field_words import GROUPS, NOT_READ, field_words


def field_menu(held: str, choose: Callable[[str], None], parent: QWidget) -> QMenu:
    """A menu with ``held`` ticked; ``choose`` gets the field, "" for a column that is not read."""
    menu = QMenu(parent)
    menu.setAccessibleName("What this column holds")
    group = QActionGroup(menu)

    def add(into: QMenu, field: str, words: str) -> None:
        action = into.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(field == held)
        group.addAction(action)
        action.triggered.connect(lambda: choose(field))

    add(menu, "", "Not read (ignore this column)")
    menu.addSeparator()
    for fields in GROUPS:
        below = menu.addMenu(fields.title)
        below.setAccessibleName(fields.title)
        for field, words in fields.fields:
            add(below, field, words)
        if held in dict(fields.fields):
            below.menuAction().setCheckable(True)
            below.menuAction().setChecked(True)
    return menu


def fill_with_fields(box: QComboBox) -> None:
    """Fill a choice box with all fields, group by group; the field is the item's data."""
    box.addItem(NOT_READ, "")
    for fields in GROUPS:
        box.insertSeparator(box.count())
        for field, words in fields.fields:
            box.addItem(words, field)


def choose_in(box: QComboBox, field: str) -> None:
    """Show ``field`` as chosen; one that the list does not have is added."""
    place = box.findData(field)
    if place < 0:
        box.addItem(field_words(field), field)
        place = box.count() - 1
    box.setCurrentIndex(place)
