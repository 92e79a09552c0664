"""Fields of a form as data: what is asked, in which unit, and what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class FieldKind(Enum):
    """Which editor a field has."""

    TYPED = auto()
    """A line that is read by ``Field.read``."""
    LIMIT = auto()
    """A number with a unit; below zero it says that there is no limit (None)."""
    AMOUNT = auto()
    """A number with a unit, never None."""
    SLIDER = auto()
    """A whole number between ends (and a middle) that have names, ``Field.ends``."""
    CHOICE = auto()
    """One of ``Field.choices``."""
    DEPOT = auto()
    """One of the day's depots."""
    DEPOT_OR_OPEN = auto()
    """One of the day's depots, or None: the route ends at the last stop."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. Amounts are integers: ``per_unit`` of them make one of what the form shows.

    ``noun`` names the field in the middle of a sentence where the label does not. ``none_text`` is shown
    for None; ``unit`` may hold ``{currency}``. ``single`` = makes no sense for several vehicles at once.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TYPED
    read: Callable[[str], Any] = str.strip
    text: Callable[[Any], str] = str
    unit: str = ""
    per_unit: int = 1
    decimals: int = 0
    least: int = 0
    most: int = 100_000
    step: float = 1
    none_text: str = ""
    hint: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    ends: tuple[str, ...] = ()
    single: bool = False
    noun: str = ""

    @property
    def what(self) -> str:
        """The field in the middle of a sentence: "shift start"."""
        return self.noun or self.label.lower()


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a heading."""

    title: str
    fields: tuple[Field, ...]


class WrongFieldError(ValueError):
    """Values that do not go together; ``field`` is where the sentence belongs."""

    for_dispatcher = True

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
