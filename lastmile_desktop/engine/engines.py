"""Which search makes a plan."""

from __future__ import annotations

from enum import StrEnum


class Engine(StrEnum):
    """AUTO: the compiled kernel, with OR-Tools after it; where the kernel is missing, as ORTOOLS.
    ORTOOLS: never the kernel, but our ruin and recreate in Python and OR-Tools on parts of the plan."""

    AUTO = "auto"
    ORTOOLS = "ortools"


#: How the result names what searched.
KERNEL_AND_ORTOOLS = "compiled kernel + OR-Tools"
PYTHON_AND_ORTOOLS = "Python + OR-Tools"
