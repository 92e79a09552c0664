"""Positions to seconds and metres: an estimate, or later the region's road network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lastmile_desktop.roads.estimate import StraightLineTravel

__all__ = ["StraightLineTravel"]


def __getattr__(name: str) -> Any:
    """Import on first use, so that numpy stays out of the program's start."""
    if name in __all__:
        from lastmile_desktop.roads import estimate

        return getattr(estimate, name)
    raise AttributeError(name)
