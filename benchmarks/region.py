"""What a region costs: ``python -m benchmarks.region EXTRACT.osm.pbf``.

Builds the region in a folder of its own and prints seconds and memory for each MB of extract, the time of a
matrix of 1,000 x 1,000 places, and of the first painting of street tiles. Run it on a machine at rest.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

from lastmile_desktop.model import Location
from lastmile_desktop.regions.build.driver import build_region
from lastmile_desktop.regions.map_shapes import to_square
from lastmile_desktop.regions.region_file import RegionFile

_PLACES = 1_000
_TILES = 60
_ZOOMS = (14, 15, 16, 17)


def build(extract: Path, folder: Path) -> RegionFile:
    """Build the region and say what it took; memory is the child's largest, libraries included."""
    megabytes = extract.stat().st_size / 1e6
    begun = time.perf_counter()
    region = build_region(extract, folder / "measured.region")
    took_s = time.perf_counter() - begun
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"build: {took_s:.1f} s, {took_s / megabytes:.2f} s for each MB, largest process {peak_mb:.0f} MB")
    print(f"junctions: {region.info.counts['roads']['junctions']:,}")
    return region


def places_in(region: RegionFile, count: int) -> list[Location]:
    """Places all over the region, the same every time."""
    bounds = region.info.bounds
    assert bounds is not None
    chance = random.Random(1)
    return [
        Location(chance.uniform(bounds.south, bounds.north), chance.uniform(bounds.west, bounds.east))
        for _ in range(count)
    ]


def matrix(region: RegionFile) -> None:
    """Times and distances between 1,000 places, three times, other places each time."""
    from lastmile_desktop.roads import RegionTravel

    travel = RegionTravel.open(region.path, 100)
    places = places_in(region, 3 * _PLACES)
    for start in range(0, len(places), _PLACES):
        begun, begun_cpu = time.perf_counter(), time.process_time()
        travel.matrix(places[start : start + _PLACES])
        wall_s, cpu_s = time.perf_counter() - begun, time.process_time() - begun_cpu
        print(f"matrix of {_PLACES:,} x {_PLACES:,}: {wall_s:.2f} s ({cpu_s:.2f} s of processor time)")


def tiles(region: RegionFile) -> None:
    """First paintings of tiles in the middle of the region, as the map asks for them."""
    from lastmile_desktop.basemap.sources import RegionTiles

    source = RegionTiles(region.path)
    try:
        source.tile(10, 1, 1, "light", 1)  # starts the painter's process
        for zoom in _ZOOMS:
            times_ms = []
            for place in places_in(region, _TILES):
                x, y = (int(side * (1 << zoom)) for side in to_square(place.lat, place.lon))
                begun = time.perf_counter()
                source.tile(zoom, x, y, "light", 1)
                times_ms.append(1000 * (time.perf_counter() - begun))
            middle_ms = statistics.median(times_ms)
            print(f"tiles at zoom {zoom}: median {middle_ms:.0f} ms, worst {max(times_ms):.0f} ms")
    finally:
        source.close()


def main() -> None:
    """Build and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extract", type=Path)
    extract = parser.parse_args().extract
    with tempfile.TemporaryDirectory() as folder:
        region = build(extract, Path(folder))
        matrix(region)
        tiles(region)


if __name__ == "__main__":
    main()
