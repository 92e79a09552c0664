"""What a workbook knows about its cells beyond their values: errors, formats, hidden rows, merged ranges.

The reader of values gives an empty text for an error and for a formula that was never calculated, and does
not see formats or hidden rows at all. A look at the file itself makes these marks; both together are a grid.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

Position = tuple[int, int]

#: Columns further right than this hold stray cells, not orders.
MAX_COLUMNS = 500
#: After this many rows without any value the rest of a sheet is not looked at, if it has to be clipped.
MAX_GAP_ROWS = 20_000
#: A sheet whose filled corner is larger than this would not fit the reader's memory as a rectangle.
MAX_AREA = 4_000_000
#: So many values far from the table are an accident that a remark can name; more are a sheet of another kind.
MAX_STRAYS = 50
#: Filled cells of one sheet; 50,000 rows of 60 columns.
MAX_CELLS = 3_000_000


@dataclass(slots=True)
class SheetMarks:
    """One sheet; rows and columns count from 1.

    ``errors`` maps positions to the error as the sheet shows it; ``lost`` are formulas without a stored
    value; ``codes`` are formats that show a number with leading zeros, ``shown`` the text that they made of
    it where the file has that; ``formats`` are format codes worth knowing (see Grid); ``clocks`` are dates
    that carry a time of day. ``filled_rows`` are the
    numbers of rows with a value, ``filled_columns`` counts values by column.
    """

    errors: dict[Position, str] = field(default_factory=dict)
    lost: set[Position] = field(default_factory=set)
    codes: dict[Position, str] = field(default_factory=dict)
    shown: dict[Position, str] = field(default_factory=dict)
    formats: dict[Position, str] = field(default_factory=dict)
    clocks: set[Position] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    has_filter: bool = False
    filled_rows: array[int] = field(default_factory=lambda: array("L"))
    filled_columns: dict[int, int] = field(default_factory=dict)
    far: list[Position] = field(default_factory=list)
    far_count: int = 0

    def fill(self, row: int, column: int) -> None:
        """Count a cell that holds something."""
        if not self.filled_rows or self.filled_rows[-1] != row:
            self.filled_rows.append(row)
        self.filled_columns[column] = self.filled_columns.get(column, 0) + 1
        if column > MAX_COLUMNS:
            self.far_count += 1
            if len(self.far) < MAX_STRAYS:
                self.far.append((row, column))

    def dress(self, position: Position, code: str) -> None:
        """Note the number format of a filled cell, if it says more than the value."""
        kind = format_kind(code)
        if kind is FormatKind.CODE:
            self.codes[position] = code
        elif kind is FormatKind.DRESSED:
            self.formats[position] = code
        elif kind is FormatKind.CLOCK:
            self.clocks.add(position)

    @property
    def area(self) -> int:
        """Cells of the rectangle around everything filled."""
        if not self.filled_rows:
            return 0
        rows = max(self.filled_rows) - min(self.filled_rows) + 1
        return rows * (max(self.filled_columns) - min(self.filled_columns) + 1)

    @property
    def is_compact(self) -> bool:
        """True when the sheet can be read as one rectangle."""
        return self.area <= MAX_AREA and max(self.filled_columns, default=0) <= MAX_COLUMNS

    def block_end(self) -> int:
        """The last row before a gap of MAX_GAP_ROWS."""
        last = 0
        for row in sorted(set(self.filled_rows)):
            if row - last > MAX_GAP_ROWS:
                break
            last = row
        return last

    @property
    def rows_below_gap(self) -> int:
        """Filled rows below the block."""
        end = self.block_end()
        return sum(1 for row in set(self.filled_rows) if row > end)


class FormatKind(Enum):
    """What a number format does to a number."""

    PLAIN = "plain"
    DATE = "date"
    CLOCK = "date with a time of day, or a time"
    DURATION = "hours that do not start again at 24"
    CODE = "digits with leading zeros"
    DRESSED = "a number with a unit, a currency or a percent sign"


_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_CODE = re.compile(r"[0#? \-/()+.']*")


@lru_cache(maxsize=4096)
def format_kind(code: str) -> FormatKind:
    """Judge a number format by its code, as Excel writes it (always with English letters)."""
    positive = code.split(";")[0]
    if re.search(r"\[(h+|m+|s+)\]", positive, re.IGNORECASE):
        return FormatKind.DURATION
    bare = _BRACKETS.sub("", _QUOTED.sub("", positive)).lower().replace("general", "").replace("am/pm", "h")
    bare = bare.replace("standard", "")
    if "h" in bare or "s" in bare:
        return FormatKind.CLOCK
    if any(letter in bare for letter in "dmy"):
        return FormatKind.DATE
    if is_code_format(positive):
        return FormatKind.CODE
    literals = "".join(_QUOTED.findall(positive)).replace('"', "").replace("\\", "")
    dressed = re.sub(r"_.|\*.", "", literals).strip(" -()") or "%" in bare or "[$" in positive
    if dressed or re.search(r"[^\W\d_e]|[€$£¥]", bare):
        return FormatKind.DRESSED
    return FormatKind.PLAIN


def is_code_format(positive: str) -> bool:
    """True for formats such as 00000, 00-000 or "D-"00000, which are for postcodes and order numbers."""
    bare = _BRACKETS.sub("", positive).strip()
    plain = re.sub(r'"([^"]*)"|\\(.)', lambda match: match.group(1) or match.group(2) or "", bare)
    first_digit = re.search(r"[0#?]", plain)
    if first_digit is None or plain.count("0") < 2 or plain[first_digit.start()] != "0":
        return False
    digits = plain[first_digit.start() :]
    return bool(_CODE.fullmatch(digits)) and not re.search(r"[0#?][.'][0#?]*$", digits)


def as_code(value: int, code: str) -> str:
    """A whole number as the code format shows it: 1309 under 00000 is 01309, 123 under 00-000 is 00-123."""
    positive = _BRACKETS.sub("", code.split(";")[0]).strip()
    plain = re.sub(r'"([^"]*)"|\\(.)', lambda match: match.group(1) or match.group(2) or "", positive)
    start = re.search(r"[0#?]", plain)
    if value < 0 or start is None:
        return str(value)
    places = plain[start.start() :]
    digits = str(value).zfill(places.count("0"))
    extra = len(digits) - sum(place in "0#?" for place in places)
    shown: list[str] = [digits[:extra]] if extra > 0 else []
    left = iter(digits[extra:] if extra > 0 else digits)
    missing = -extra if extra < 0 else 0
    for place in places:
        if place not in "0#?":
            shown.append(place)
        elif missing and place != "0":
            missing -= 1
        else:
            shown.append(next(left, ""))
    return (plain[: start.start()] + "".join(shown)).strip()
