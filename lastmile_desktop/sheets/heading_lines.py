"""The lines that may be a heading together: one, two or three, with cells that reach over several columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.text import UNITS, fold
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.words.line_words import SECTION_WORDS

MAX_HEADING_LENGTH = 60
_MAX_LOWER_LENGTH = 25
_MAX_UPPER_LENGTH = 40
_WIDEST_REACH = 30
_UNIT_SIGNS = "()[]{}. "
_OTHER_UNITS = frozenset(["hh:mm", "hhmm", "#", "€", "eur", "$", "usd", "£", "gbp", "zl", "pln", "°", "%"])
_LONE_SIGNS = ("#", "№", "€/km", "€/h")


@dataclass(frozen=True, slots=True)
class HeadingLines:
    """Heading texts by column. ``above`` and ``below`` are the parts of those that two lines make up.

    ``reached`` are columns whose text comes from a cell merged across several.
    """

    row: int
    last_row: int
    texts: Mapping[int, str]
    above: Mapping[int, str]
    below: Mapping[int, str]
    reached: frozenset[int] = frozenset()
    bonus: float = 0.0


def heading_variants(grid: Grid, number: int) -> Iterator[HeadingLines]:
    """A line alone, and together with one or two lines below it, where those look like headings too."""
    first = row_texts(grid, number)
    if not first or share_of_words(first) < 0.5:
        return
    spread, reached = _spread(grid, number, first)
    yield HeadingLines(number, number, {**spread}, {}, {}, reached)
    second = row_texts(grid, number + 1)
    if not second or not _is_lower_line(second) or not _is_upper_line(first) or _heads_rows(first, second):
        return
    pair = _joined(grid, number, first, second)
    only_units = all(_is_unit(text) for text in second.values())
    yield HeadingLines(number, number + 1, *pair, bonus=0.5 if only_units else -0.2)
    third = row_texts(grid, number + 2)
    if third and _is_lower_line(third) and not only_units:
        units = all(_is_unit(text) for text in third.values())
        texts, above, below = _merged_texts(pair[0], third)
        yield HeadingLines(number, number + 2, texts, above, below, bonus=-0.3 if units else -1.0)


def row_texts(grid: Grid, number: int) -> dict[int, str]:
    """The texts of a line by column."""
    row = grid.rows.get(number, {})
    return {column: text for column, value in row.items() if (text := as_text(value))}


def share_of_words(texts: Mapping[int, str]) -> float:
    """The share of cells that can be headings: short and with letters (or a lone number sign)."""
    good = sum(
        1
        for text in texts.values()
        if len(text) <= MAX_HEADING_LENGTH
        and (any(sign.isalpha() for sign in text) or text.strip() in _LONE_SIGNS)
        and sum(sign.isdigit() for sign in text) <= max(2, len(text) // 3)
    )
    return good / len(texts)


def _is_upper_line(texts: Mapping[int, str]) -> bool:
    """False for a line of a form ("Driver: ____"): it stands above the table and is no part of it."""
    return not any("__" in text or ": " in text or len(text) > _MAX_UPPER_LENGTH for text in texts.values())


def _is_lower_line(texts: Mapping[int, str]) -> bool:
    return all(
        len(text) <= _MAX_LOWER_LENGTH and (_is_unit(text) or share_of_words({0: text}) == 1.0)
        for text in texts.values()
    )


def _heads_rows(first: Mapping[int, str], second: Mapping[int, str]) -> bool:
    """A lone "Tour Nord" right below the heading is about the rows that follow, not about its column."""
    if len(second) != 1 or len(first) < 3:
        return False
    words = fold(next(iter(second.values()))).split()
    return len(words) >= 2 and words[0].strip(".:,-") in _section_words()


@cache
def _section_words() -> frozenset[str]:
    return frozenset(fold(word) for word in SECTION_WORDS.replace("\n", " ").split("|"))


def _is_unit(text: str) -> bool:
    folded = fold(text).strip(_UNIT_SIGNS)
    return folded != "to" and (folded in UNITS or folded in _OTHER_UNITS)


def _spread(grid: Grid, number: int, texts: Mapping[int, str]) -> tuple[dict[int, str], frozenset[int]]:
    """The texts of a line with merged cells reaching over all their columns."""
    spread = dict(texts)
    reached: set[int] = set()
    for first_row, first_column, last_row, last_column in grid.merges:
        if first_row <= number <= last_row and first_column in texts and last_column > first_column:
            for column in range(first_column + 1, min(last_column, first_column + _WIDEST_REACH) + 1):
                if column not in spread:
                    spread[column] = texts[first_column]
                    reached.add(column)
    return spread, frozenset(reached)


def _joined(
    grid: Grid, number: int, above: Mapping[int, str], below: Mapping[int, str]
) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """Two heading lines as one: an upper cell reaches over the columns it stands above."""
    reach, reached = _spread(grid, number, above)
    if not reached and not any(first <= number <= last for first, _, last, _ in grid.merges):
        current = ""
        for column in range(min(above), max([*above, *below]) + 1):
            current = above.get(column, current)
            if column not in above and column in below:
                reach[column] = current
    return _merged_texts(reach, below)


def _merged_texts(
    above: Mapping[int, str], below: Mapping[int, str]
) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    texts: dict[int, str] = {}
    upper: dict[int, str] = {}
    lower: dict[int, str] = {}
    groups = {text for text in above.values() if sum(other == text for other in above.values()) > 1}
    for column in sorted({*above, *below}):
        top, bottom = above.get(column, ""), below.get(column, "")
        if top and bottom and fold(top) != fold(bottom):
            if _is_unit(bottom) and top not in groups:
                texts[column] = f"{top} [{bottom.strip(_UNIT_SIGNS)}]"
                continue
            upper[column], lower[column] = top, bottom
            texts[column] = f"{top} {bottom}"
        else:
            texts[column] = top or bottom
    return texts, upper, lower
