"""Positions to seconds and metres: the roads of a region file, or an estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lastmile_desktop.roads.estimate import StraightLineTravel
    from lastmile_desktop.roads.region_travel import Access, RegionTravel

__all__ = ["Access", "RegionTravel", "StraightLineTravel"]


def __getattr__(name: str) -> Any:
    """Import on first use, so that numpy stays out of the program's start."""
    if name in __all__:
        from lastmile_desktop.roads import estimate, region_travel

        return getattr(estimate if name == "StraightLineTravel" else region_travel, name)
    raise AttributeError(name)
