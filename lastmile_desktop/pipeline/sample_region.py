"""The bundled sample drives on the roads of its own made-up town."""

from __future__ import annotations

from dataclasses import replace

from lastmile_desktop.model import DayState


def on_sample_roads(state: DayState) -> DayState:
    """The sample's day with its region, where the set-up made one; else the estimate stays."""
    from lastmile_desktop.regions.sample_town.build import sample_region_path

    region = sample_region_path()
    if not region.is_file():
        return state
    settings = replace(state.day.settings, region=str(region))
    return replace(state, day=replace(state.day, settings=settings))
