"""The kinds of column that the orders table has: what each shows, sorts by, and takes when typed into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lastmile_desktop.model import Location, Order
from lastmile_desktop.pipeline import typed_values
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError

#: Fields of an order and their new values, for ``dataclasses.replace``.
Values = Mapping[str, Any]
#: Reads what was typed; gets the position the day's work is near to. Raises NotUnderstoodError.
Parse = Callable[[str, Location | None], Values]

#: Longer texts are refused.
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``parse`` None = read only; ``choices`` are the only texts it takes, if any.

    ``field`` names the column in code, ``noun`` in the middle of a sentence; ``hint`` says what to type.
    """

    field: str
    title: str
    noun: str
    width: int
    text: Callable[[Order], str]
    sort_key: Callable[[Order], Any]
    parse: Parse | None = None
    numeric: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()


def text_column(field: str, title: str, noun: str, width: int, hint: str, required: str = "") -> Column:
    """A column of free text; ``required`` is the sentence for an empty one."""

    def parse(typed: str, _near: Location | None) -> Values:
        plain = typed.strip() if field == "notes" else " ".join(typed.split())
        if required and not plain:
            raise NotUnderstoodError(required)
        if len(plain) > LONGEST_TEXT:
            raise NotUnderstoodError(f"This text is longer than {LONGEST_TEXT} signs. Please shorten it.")
        return {field: plain}

    def text(order: Order) -> str:
        value: str = getattr(order, field)
        return value

    return Column(field, title, noun, width, text, lambda order: text(order).casefold(), parse, hint=hint)


def amount_column(
    field: str,
    title: str,
    noun: str,
    width: int,
    per_unit: int,
    read: Callable[[str], int | None],
    hint: str,
    required: str = "",
) -> Column:
    """A column of amounts, ``per_unit`` of them in one of what is shown."""

    def parse(typed: str, _near: Location | None) -> Values:
        amount = read(typed)
        if amount is None and required:
            raise NotUnderstoodError(required)
        return {field: amount}

    def text(order: Order) -> str:
        return typed_values.amount_text(getattr(order, field), per_unit)

    def sort_key(order: Order) -> int:
        amount: int | None = getattr(order, field)
        return -1 if amount is None else amount

    return Column(field, title, noun, width, text, sort_key, parse, numeric=True, hint=hint)


def choice_column(
    field: str, title: str, width: int, words: Mapping[Any, str], title_noun: str = ""
) -> Column:
    """A column of choices, shown and taken by their words."""
    by_word = {word.lower(): value for value, word in words.items()}
    rank = {value: place for place, value in enumerate(words)}

    def parse(typed: str, _near: Location | None) -> Values:
        value = by_word.get(typed.strip().lower())
        if value is None:
            raise NotUnderstoodError(f"“{typed.strip()}” is not one of these: {', '.join(words.values())}.")
        return {field: value}

    return Column(
        field,
        title,
        title_noun or title.lower(),
        width,
        lambda order: words[getattr(order, field)],
        lambda order: rank[getattr(order, field)],
        parse,
        choices=tuple(words.values()),
    )
