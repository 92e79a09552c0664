"""The day's region as the ground of maps on paper and in the exported page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lastmile_desktop.model import DaySettings, DayState

if TYPE_CHECKING:
    from lastmile_desktop.basemap.panel import RegionPanel
    from lastmile_desktop.documents.map_page import StillMap


def ground_of(settings: DaySettings) -> RegionPanel | None:
    """What is painted under the routes on manifests; None without a region, or when it has no map."""
    if not settings.region:
        return None
    from lastmile_desktop.basemap.panel import RegionPanel
    from lastmile_desktop.regions.errors import RegionError
    from lastmile_desktop.regions.region_file import RegionFile

    try:
        region = RegionFile.open(Path(settings.region))
    except RegionError:
        return None  # the day's travel says so in words
    return RegionPanel(region.path, region.info.attribution) if region.has("features") else None


def still_map(state: DayState) -> StillMap | None:
    """The streets around the day's places as one picture; None when there is none. Takes up to a second."""
    panel = ground_of(state.day.settings)
    if panel is None:
        return None
    from lastmile_desktop.basemap.panel import still_picture
    from lastmile_desktop.documents.manifest.pdf import ensure_fonts
    from lastmile_desktop.documents.map_page import StillMap

    ensure_fonts()
    places = [order.location for order in state.day.orders if order.location is not None]
    places += [depot.location for depot in state.day.depots if depot.location is not None]
    made = still_picture(panel.region, places)
    if made is None:
        return None
    return StillMap(made.url, made.south, made.west, made.north, made.east, panel.attribution)
