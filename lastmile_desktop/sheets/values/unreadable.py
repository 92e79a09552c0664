"""How a parser says that it will not guess."""

from __future__ import annotations


class UnreadableValueError(ValueError):
    """The cell cannot be read with certainty; the text is a clause that says why.

    ``fix`` is what was probably meant, written so that it is read with certainty; "" where nobody can tell.
    """

    def __init__(self, reason: str, fix: str = "") -> None:
        super().__init__(reason)
        self.fix = fix
