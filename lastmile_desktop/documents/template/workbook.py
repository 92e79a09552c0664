"""Writes the template: headings that import clean, rules for the cells, and a page that explains them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lastmile_desktop.documents.template.words import (
    DEPOT_FIELDS,
    EXAMPLES,
    LANGUAGES,
    ORDER_FIELDS,
    VEHICLE_FIELDS,
    TemplateWords,
)
from lastmile_desktop.model.sheet_layout import GUIDE_SHEET_MARK
from lastmile_desktop.system.atomic import replaced_file

#: Rows that are formatted and checked.
_ROWS = 2_000
_TEXT = {"id", "name", "street", "postcode", "town", "phone", "notes", "skills", "driver"}
_TIMES = {"window_start", "window_end", "shift_start", "shift_end"}
_BOUNDS = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0)}
_WIDTHS = {
    "name": 26.0,
    "street": 30.0,
    "town": 20.0,
    "phone": 18.0,
    "notes": 34.0,
    "skills": 18.0,
    "driver": 20.0,
}


def write_template(path: Path, language: str = "en") -> None:
    """Write the template as .xlsx, whole or not at all. Raises KeyError for an unknown language, OSError."""
    import xlsxwriter

    words = LANGUAGES[language]
    with replaced_file(path) as temporary:
        workbook = xlsxwriter.Workbook(
            str(temporary), {"strings_to_formulas": False, "strings_to_urls": False}
        )
        workbook.set_properties({"title": words.sheets[0], "comments": "Made with Lastmile Desktop"})
        writer = _Writer(workbook, words)
        meanings = dict(zip(ORDER_FIELDS, words.meanings, strict=True))
        for name, fields, headings in (
            (words.sheets[0], ORDER_FIELDS, words.orders),
            (words.sheets[1], VEHICLE_FIELDS, words.vehicles),
            (words.sheets[2], DEPOT_FIELDS, words.depots),
        ):
            notes = meanings if fields is ORDER_FIELDS else {}
            writer.table(name, tuple(zip(fields, headings, strict=True)), notes)
        writer.guide()
        workbook.close()


class _Writer:
    def __init__(self, workbook: Any, words: TemplateWords) -> None:
        self._workbook, self._words = workbook, words
        look = {
            "bold": True,
            "bg_color": "#1F4E79",
            "font_color": "#FFFFFF",
            "valign": "vcenter",
            "border": 1,
        }
        self._head = workbook.add_format({**look, "text_wrap": True})
        self._text = workbook.add_format({"num_format": "@"})
        self._time = workbook.add_format({"num_format": "hh:mm"})
        self._wrapped = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self._example = workbook.add_format(
            {"italic": True, "font_color": "#5A6676", "valign": "top", "num_format": "@"}
        )

    def table(self, name: str, columns: tuple[tuple[str, str], ...], notes: dict[str, str]) -> None:
        """A sheet with headings, formats and rules for what is typed below them; no line is filled."""
        sheet = self._page(name)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 0)
        for at, (field, heading) in enumerate(columns):
            look = self._text if field in _TEXT else self._time if field in _TIMES else None
            sheet.set_column(at, at, _WIDTHS.get(field, max(12.0, len(heading) + 2.0)), look)
            sheet.write_string(0, at, heading, self._head)
            if field in notes:
                sheet.write_comment(0, at, notes[field], {"x_scale": 1.4, "y_scale": 0.6})
            rule = self._rule(field)
            if rule is not None:
                message = {"error_title": heading, "error_message": notes[field]} if field in notes else {}
                sheet.data_validation(1, at, _ROWS, at, {**rule, **message, "error_type": "warning"})

    def guide(self) -> None:
        """What belongs into each column, with an example; a page of its own, so that nobody imports it."""
        words = self._words
        sheet = self._page(words.sheets[3])
        sheet.hide_gridlines(2)
        for column, width in enumerate((26, 58, 24)):
            sheet.set_column(column, column, width)
        sheet.merge_range(0, 0, 0, 2, f"{GUIDE_SHEET_MARK}. {words.start}", self._wrapped)
        sheet.set_row(0, 34)
        for column, title in enumerate(words.guide):
            sheet.write_string(2, column, title, self._head)
        examples = [*EXAMPLES[:-1], words.high]
        for row, entry in enumerate(zip(words.orders, words.meanings, examples, strict=True), start=3):
            for column, text in enumerate(entry):
                sheet.write_string(row, column, text, self._example if column == 2 else self._wrapped)

    def _page(self, name: str) -> Any:
        sheet = self._workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def _rule(self, field: str) -> dict[str, object] | None:
        if field in _BOUNDS:
            low, high = _BOUNDS[field]
            return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
        if field in _TIMES:
            return {"validate": "time", "criteria": "between", "minimum": 0, "maximum": 1}
        if field == "priority":
            return {"validate": "list", "source": [self._words.high, self._words.low]}
        if field in ("quantity", "weight", "service", "capacity", "capacity_kg"):
            return {"validate": "decimal", "criteria": ">=", "value": 0}
        return None
