"""The small typed pieces that the day file's JSON is made of.

Reading is strict about types and tolerant about missing fields: a file from an earlier build lacks some, but
a number where a text belongs means damage. Writing accepts what counts as the type (numpy integers too).
"""

from __future__ import annotations

import dataclasses
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")

#: What SQLite and every sum of such numbers can hold.
_LARGEST = 2**62


class WrongShapeError(ValueError):
    """Stored data does not have the shape it must have; the text says which field, for the log."""


@dataclass(frozen=True, slots=True)
class Field:
    """How one kind of value becomes JSON and comes back; ``read`` raises WrongShapeError."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _write_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _read_text(data: Any) -> str:
    if not isinstance(data, str):
        raise WrongShapeError("is not a text")
    return data


def _read_whole(data: Any) -> int:
    if type(data) is not int or not -_LARGEST < data < _LARGEST:
        raise WrongShapeError("is not a whole number")
    return data


def _write_number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{number} is not a number")
    return number


def _read_number(data: Any) -> float:
    if type(data) not in (int, float) or not math.isfinite(data):
        raise WrongShapeError("is not a number")
    return float(data)


def _read_flag(data: Any) -> bool:
    if type(data) is not bool:
        raise WrongShapeError("is not yes or no")
    return data


def _read_date(data: Any) -> date:
    try:
        return date.fromisoformat(_read_text(data))
    except ValueError as error:
        raise WrongShapeError("is not a date") from error


TEXT = Field(_write_text, _read_text)
WHOLE = Field(operator.index, _read_whole)
NUMBER = Field(_write_number, _read_number)
FLAG = Field(bool, _read_flag)
DATE = Field(date.isoformat, _read_date)


def choice(options: type[StrEnum]) -> Field:
    """One of an enumeration's words."""

    def read(data: Any) -> StrEnum:
        try:
            return options(_read_text(data))
        except ValueError as error:
            raise WrongShapeError(f"{data!r} is not known") from error

    return Field(lambda value: options(value).value, read)


def optional(field: Field) -> Field:
    """A value or None."""
    return Field(
        lambda value: None if value is None else field.write(value),
        lambda data: None if data is None else field.read(data),
    )


def many(field: Field) -> Field:
    """A tuple of values."""

    def read(data: Any) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise WrongShapeError("is not a list")
        return tuple([field.read(item) for item in data])

    return Field(lambda values: [field.write(value) for value in values], read)


def set_of_texts() -> Field:
    """A frozenset of texts, stored in alphabetical order so that equal sets give equal files."""
    texts = many(TEXT)
    return Field(lambda values: sorted(texts.write(values)), lambda data: frozenset(texts.read(data)))


class Record(Generic[T]):
    """A frozen dataclass as a JSON object: the stored name of each field is its keyword here.

    The names are written out, not taken from the class, so that renaming a field in the program cannot
    change the file format by accident.
    """

    def __init__(self, make: type[T], **fields: Field) -> None:
        self.make = make
        self.fields = fields
        self._required = {
            item.name
            for item in dataclasses.fields(make)  # type: ignore[arg-type]
            if item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
        }

    def write(self, value: T) -> dict[str, Any]:
        """``value`` as a JSON object, every field spelled out. Raises TypeError or ValueError."""
        return {name: field.write(getattr(value, name)) for name, field in self.fields.items()}

    def read(self, data: Any) -> T:
        """The value; fields that ``data`` lacks take their defaults. Raises WrongShapeError."""
        if not isinstance(data, dict):
            raise WrongShapeError(f"{self.make.__name__} is not an object")
        given: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name in data:
                try:
                    given[name] = field.read(data[name])
                except WrongShapeError as error:
                    raise WrongShapeError(f"{name} {error}") from error
            elif name in self._required:
                raise WrongShapeError(f"{name} is missing")
        try:
            return self.make(**given)
        except ValueError as error:
            raise WrongShapeError(str(error)) from error

    @property
    def field(self) -> Field:
        """This record as a field of another one."""
        return Field(self.write, self.read)
