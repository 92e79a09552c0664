"""How a parser says that it will not guess."""

from __future__ import annotations


class UnreadableValueError(ValueError):
    """The cell cannot be read with certainty; the text is a clause that says why."""
