"""The settings as data; the dialog is made from them."""

from __future__ import annotations

import re

from lastmile_desktop.pipeline.typed_values import NotUnderstoodError
from lastmile_desktop.ui.field_form.fields import Field, FieldKind, Group

_CURRENCY = re.compile(r"[A-Z]{3}")


def _currency(text: str) -> str:
    code = text.strip().upper()
    if not _CURRENCY.fullmatch(code):
        raise NotUnderstoodError("Write the three letters of the currency, like EUR, GBP or CHF.")
    return code


#: Settings of the program itself.
PROGRAM_FIELDS = (
    Field(
        "theme",
        "Appearance",
        FieldKind.CHOICE,
        choices=(("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
        hint="Light or dark colours",
    ),
)
#: Settings of the day on the table; new days start with them.
DAY_FIELDS = (
    Field(
        "plan_seconds",
        "Planning time",
        FieldKind.AMOUNT,
        unit=" s",
        least=2,
        most=3600,
        step=5,
        hint="How long Plan searches for a better plan",
    ),
    Field(
        "drive_time_percent",
        "Driving takes",
        FieldKind.AMOUNT,
        unit=" % of the estimate",
        least=25,
        most=400,
        step=5,
        noun="driving time",
        hint="100 = as estimated; 120 = a fifth longer, for heavy traffic or big vans",
    ),
    Field(
        "default_service_s",
        "Time per stop",
        FieldKind.AMOUNT,
        unit=" min",
        per_unit=60,
        decimals=1,
        most=240,
        hint="For orders whose sheet says nothing; orders that are here already keep theirs",
    ),
    Field("currency", "Currency", read=_currency, hint="Three letters: EUR, GBP, CHF"),
)
SETTINGS_GROUPS = (
    Group("This day, and new days from now on", DAY_FIELDS),
    Group("The program", PROGRAM_FIELDS),
)
