"""Which row of a sheet is its heading, and which field each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lastmile_desktop.sheets.column_values import ColumnValues
from lastmile_desktop.sheets.columns import ColumnMatcher
from lastmile_desktop.sheets.evidence import evidence, is_weak_geography
from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.heading_lines import (
    MAX_HEADING_LENGTH,
    HeadingLines,
    heading_variants,
    row_texts,
)
from lastmile_desktop.sheets.side_tables import side_table_columns
from lastmile_desktop.sheets.text import UNITS, HeadingName, fold, heading_name, word_set
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.weekdays import weekday_columns

#: Headings are looked for among this many filled rows from the top.
SEARCH_ROWS = 40
#: A heading scored below this is not taken for a field.
LEAST_SCORE = 55
#: Fields that several columns may fill together.
SHARED_FIELDS = frozenset(["notes"])
_SAMPLE = 80
#: Above this a heading names the place of delivery itself ("Shipping Street").
_OF_DELIVERY = 103.0
_EXACT_LEAST = 80.0
_NAMES = frozenset(["name", "first_name", "last_name"])
_SHOP_SIGNS = word_set("financialstatus fulfillmentstatus paymentmethod paymentstatus orderstatus orderid")
_UNIT_HEADINGS = word_set(
    "unitofmeasure unitmeasure uom weightunit weightuom unit gewichtseinheit einheit me unite unitepoids "
    "unidad unidadpeso unita unitadimisura eenheid gewichtseenheid jm jednostka unidadedepeso"
)
_COMPANY = word_set(
    "company firma empresa azienda ditta societe entreprise bedrijf organisation organization unternehmen "
    "betrieb virksomhed foretag bedrift business companyname firmenname raisonsociale ragionesociale firmy "
    "razonsocial bedrijfsnaam shop store laden geschaft restaurant shippingcompany"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A recognised column: its field, its heading's unit ("" when there is none) and its heading.

    ``confidence`` is how sure that is, 0 to 100.
    """

    number: int
    field: str
    unit: str
    heading: str
    confidence: int = 100


@dataclass(slots=True)
class Header:
    """A recognised heading line. ``last_row`` is its lowest line when it has several.

    ``rivals`` are columns that mean a field which another column holds already. ``weekdays`` are columns
    named after the days of the week. ``is_missing`` says that the sheet has no heading line: then ``row``
    is the first order's, and the columns were recognised by what they hold. ``by_content`` are columns whose
    heading said nothing. ``lines`` are the texts of each heading line as they stand.
    """

    row: int
    last_row: int
    score: float
    columns: list[Column] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    rivals: dict[int, str] = field(default_factory=dict)
    weekdays: tuple[int, ...] = ()
    is_missing: bool = False
    by_content: tuple[int, ...] = ()
    lines: tuple[dict[int, str], ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields found."""
        return frozenset(column.field for column in self.columns)

    def first(self, name: str) -> Column | None:
        """The first column of a field."""
        return next((column for column in self.columns if column.field == name), None)


def find_header(grid: Grid, matcher: ColumnMatcher) -> Header | None:
    """The best heading line (or lines) near the top of the sheet; None when no row looks like one."""
    candidates = [
        header
        for number, _ in zip(list(grid.rows), range(SEARCH_ROWS), strict=False)
        for header in headers_at(grid, number, matcher)
        if _is_enough(header)
    ]
    return max(candidates, key=lambda header: (round(header.score, 3), -header.row), default=None)


def headers_at(grid: Grid, number: int, matcher: ColumnMatcher) -> list[Header]:
    """What the lines from ``number`` on would be as a heading: alone, and with the lines below."""
    return [judge(grid, lines, matcher) for lines in heading_variants(grid, number)]


def _is_enough(header: Header) -> bool:
    fields = header.fields - {"notes"}
    return len(fields) >= 2 or bool(fields & {"address", "coordinates", "street"})


def judge(grid: Grid, lines: HeadingLines, matcher: ColumnMatcher) -> Header:
    """The fields of all columns under these heading lines, the surest first."""
    names = {
        column: heading_name(text)
        for column, text in lines.texts.items()
        if len(text) <= 2 * MAX_HEADING_LENGTH
    }
    header = Header(lines.row, lines.last_row, 0.0, headings=dict(lines.texts))
    header.lines = tuple(row_texts(grid, number) for number in range(lines.row, lines.last_row + 1))
    if matcher.kind == "orders":
        header.weekdays = weekday_columns(lines.texts)
        for column in side_table_columns(grid, lines.texts, lines.last_row):
            names.pop(column, None)
    scored = _all_candidates(grid, lines, names, matcher, set(header.weekdays))
    found = _assigned(scored, lines, header)
    if matcher.kind == "orders":
        _place_second_names(grid, found, header, names)
        for column in lines.reached & found.keys():
            if found[column][0] == "address":
                found[column] = ("address", found[column][1])
        _leave_out_tags(found, names)
    for column, (name, score) in sorted(found.items()):
        confidence = max(0, min(100, round(score)))
        header.columns.append(Column(column, name, names[column].unit, lines.texts[column], confidence))
    _take_unit_of_weight(grid, header, names)
    header.score += lines.bonus - 0.1 * (len(lines.texts) - len(found))
    return header


def _leave_out_tags(found: dict[int, tuple[str, float]], names: Mapping[int, HeadingName]) -> None:
    """A shop's tags are about the order or its customer; no vehicle has them."""
    words = {"".join(name.full) for name in names.values()}
    if not any(word.startswith("lineitem") or word in _SHOP_SIGNS for word in words):
        return
    for column, (name, _) in list(found.items()):
        if name == "skills" and set(names[column].full) & {"tag", "tags"}:
            del found[column]


def _take_unit_of_weight(grid: Grid, header: Header, names: Mapping[int, HeadingName]) -> None:
    """A column of its own may say that all weights are pounds."""
    weight = header.first("weight")
    if weight is None or weight.unit:
        return
    known = {column.number for column in header.columns}
    for column, name in names.items():
        if column in known or "".join(name.full) not in _UNIT_HEADINGS:
            continue
        units = {fold(as_text(value)) for value in grid.column_values(column, header.last_row)}
        if len(units) == 1 and (unit := UNITS.get(units.pop(), "")) in ("kg", "g", "t", "lb"):
            place = header.columns.index(weight)
            header.columns[place] = replace(weight, unit=unit)
            return


def _assigned(
    scored: list[tuple[float, int, str]], lines: HeadingLines, header: Header
) -> dict[int, tuple[str, float]]:
    """Column -> (field, score): each column one field, each field one column unless it is shared."""
    found: dict[int, tuple[str, float]] = {}
    taken: dict[str, int] = {}
    for score, column, name in sorted(scored, key=lambda entry: (-entry[0], entry[1])):
        if score < LEAST_SCORE or column in found:
            continue
        holder = taken.get(name)
        if holder is not None and name not in SHARED_FIELDS and not _continues(lines, holder, column, name):
            header.rivals.setdefault(column, name)
            continue
        taken.setdefault(name, column)
        found[column] = (name, score)
        header.score += score / 100
    for column in found:
        header.rivals.pop(column, None)
    _keep_one_address(found, header)
    return found


def _keep_one_address(found: dict[int, tuple[str, float]], header: Header) -> None:
    """Where the place of delivery has its own columns, the buyer's address is not joined to it."""
    lines = ("address", "street", "address_2")
    own = [column for column, (name, score) in found.items() if name in lines and score > _OF_DELIVERY]
    if not any(found[column][0] in ("address", "street") for column in own):
        return
    for column, (name, score) in list(found.items()):
        if name in lines and column not in own and _EXACT_LEAST <= score <= _OF_DELIVERY:
            del found[column]
            header.rivals[column] = name
            header.score -= score / 100


def _continues(lines: HeadingLines, holder: int, column: int, name: str) -> bool:
    """An address under one heading merged across several columns is all of them."""
    return (
        name in ("address", "street")
        and (column in lines.reached or holder in lines.reached)
        and fold(lines.texts[holder]) == fold(lines.texts[column])
    )


def _place_second_names(
    grid: Grid, found: dict[int, tuple[str, float]], header: Header, names: Mapping[int, HeadingName]
) -> None:
    """Beside the name on the door: the person, when a firm has that place, or the firm."""
    fields = {name for name, _ in found.values()}
    for column, name in sorted(header.rivals.items()):
        if name not in _NAMES:
            continue
        is_company = bool(set(names[column].full) & _COMPANY or {"".join(names[column].full)} & _COMPANY)
        second = "company" if is_company else "contact"
        letters = column_values(grid, column, header.last_row, names[column]).share("letters")
        if second not in fields and letters >= 0.5:
            fields.add(second)
            found[column] = (second, 90.0)
            header.rivals.pop(column)


def _all_candidates(
    grid: Grid,
    lines: HeadingLines,
    names: Mapping[int, HeadingName],
    matcher: ColumnMatcher,
    left_out: set[int],
) -> list[tuple[float, int, str]]:
    scored: list[tuple[float, int, str]] = []
    best_of: dict[int, str] = {}
    for column in sorted(names):
        if column in left_out:
            continue
        candidates = matcher.candidates(names[column])
        if column in lines.below:
            above, below = heading_name(lines.above[column]), heading_name(lines.below[column])
            for name, score in matcher.joined_candidates(above, below).items():
                candidates[name] = max(candidates.get(name, 0.0), score)
        left = best_of.get(column - 1, "")
        if not candidates and left not in ("street", "address") and not is_weak_geography(names[column]):
            continue
        values = column_values(grid, column, lines.last_row, names[column])
        adjusted = evidence(matcher.kind, names[column], candidates, values, left)
        scored.extend((score, column, name) for name, score in adjusted.items())
        if adjusted:
            best_of[column] = max(adjusted, key=lambda key: adjusted[key])
    return scored


def column_values(grid: Grid, column: int, last_row: int, name: HeadingName | None = None) -> ColumnValues:
    """The first values of a column below its heading, without repeated headings."""
    values = grid.column_values(column, last_row, limit=_SAMPLE)
    if name is None:
        return ColumnValues(list(values))
    return ColumnValues(
        [
            value
            for value in values
            if not isinstance(value, str) or len(value) > 60 or heading_name(as_text(value)) != name
        ]
    )
