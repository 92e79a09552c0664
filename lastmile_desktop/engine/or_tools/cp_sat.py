"""The way to CP-SAT that does not load pandas: it is not shipped, takes long to load, and we do not use it.

``ortools.sat.python.cp_model`` imports pandas for functions over its series and tables. For the moment of the
import an empty stand-in takes its place, and goes again so that nobody else meets it.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

_NAME = "ortools.sat.python.cp_model"


class _StandIn(ModuleType):
    """Every name that is asked of it is an empty class: enough for annotations and isinstance."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        found = type(name, (), {})
        setattr(self, name, found)
        return found


def _load() -> ModuleType:
    if _NAME in sys.modules or "pandas" in sys.modules:
        return importlib.import_module(_NAME)
    sys.modules["pandas"] = _StandIn("pandas")
    try:
        return importlib.import_module(_NAME)
    finally:
        del sys.modules["pandas"]


_load()
from ortools.sat.python import cp_model as cp_model  # noqa: E402 - the stand-in must come first
