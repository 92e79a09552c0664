"""How the columns of a sheet were read when a person accepted it, kept for the next sheet like it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lastmile_desktop.model.sheet_layout import SheetLayout
from lastmile_desktop.store.fields import (
    DATE,
    FLAG,
    TEXT,
    WHOLE,
    Field,
    Record,
    WrongShapeError,
    many,
    optional,
)


@dataclass(frozen=True, slots=True)
class RememberedMapping:
    """A layout with what tells a person which sheet it is: its headings, and the file it came with last."""

    layout: SheetLayout
    headings: tuple[str, ...] = ()
    file_name: str = ""
    used_on: date = date.min


def _read_pair(data: object) -> tuple[str, str]:
    if not (isinstance(data, list) and len(data) == 2 and all(isinstance(item, str) for item in data)):
        raise WrongShapeError("is not a column with its field")
    return data[0], data[1]


LAYOUT = Record(
    SheetLayout,
    sheet=TEXT,
    header_row=optional(WHOLE),
    first_row=WHOLE,
    columns=many(Field(list, _read_pair)),
    visible_only=FLAG,
    fingerprint=TEXT,
)
MAPPING = Record(RememberedMapping, layout=LAYOUT.field, headings=many(TEXT), file_name=TEXT, used_on=DATE)
