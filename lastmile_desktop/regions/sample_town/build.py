"""Builds the sample's region file (``python -m lastmile_desktop.regions.sample_town.build``), for the set-up.

The file is made and not kept among the sources, as everything that a script can make again.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from lastmile_desktop.system.resources import resource_path

NAME = "Aldersheim"


def sample_region_path() -> Path:
    """Where the sample's region file is, if the set-up made it."""
    return resource_path("samples", "aldersheim.region")


def build_sample_region(target: Path) -> None:
    """Draw the town and build its region; some five seconds. Raises OSError, RegionError."""
    from lastmile_desktop.regions.build.driver import build_region
    from lastmile_desktop.regions.sample_town.extract import write_town

    with tempfile.TemporaryDirectory() as folder:
        extract = Path(folder) / "aldersheim.osm.pbf"
        write_town(extract)
        build_region(extract, target, name=NAME, attribution="A made-up town, drawn for the sample")


if __name__ == "__main__":
    build_sample_region(sample_region_path())
