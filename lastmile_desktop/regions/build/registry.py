"""Which passes make a region. A new subject is one line here, and one word in ``region_file.PART_WORDS``."""

from __future__ import annotations

from lastmile_desktop.regions.build.passes import Pass


def all_passes() -> tuple[Pass, ...]:
    """Every pass, in the order in which they run."""
    from lastmile_desktop.regions.build.address_pass import AddressPass
    from lastmile_desktop.regions.build.feature_pass import FeaturePass
    from lastmile_desktop.regions.build.road_pass import RoadPass

    return (RoadPass(), AddressPass(), FeaturePass())
