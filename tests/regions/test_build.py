"""Making a region: in a process of its own, whole or not at all, and bad extracts in one sentence."""

from __future__ import annotations

import bz2
import os
from pathlib import Path

import pytest

from lastmile_desktop.regions.build.driver import build_region, write_region
from lastmile_desktop.regions.build.passes import BuildCancelled
from lastmile_desktop.regions.build.road_pass import RoadPass
from lastmile_desktop.regions.errors import RegionError
from lastmile_desktop.regions.service_area import ServiceArea
from tests.roads.towns import at, network, write_extract, write_roads

ROAD = {"highway": "residential"}
POINTS = {1: (0, 0), 2: (400, 0), 3: (400, 400), 4: (0, 400), 5: (5000, 0), 6: (5400, 0)}
WAYS = [([1, 2, 3, 4, 1], {**ROAD, "name": "Ring"}), ([2, 5], ROAD), ([5, 6], ROAD)]


def refused(extract: Path, area: ServiceArea | None = None) -> str:
    target = extract.with_name("out.region")
    with pytest.raises(RegionError) as caught:
        write_region(extract, target, area, "x", passes=(RoadPass(),))
    text = str(caught.value)
    assert extract.name in text
    assert text.endswith(".")
    return text


def test_a_build_beside_reports_and_replaces(tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS)
    target = tmp_path / "home.region"
    target.write_text("what was there before")
    seen: list[tuple[str, float]] = []
    region = build_region(extract, target, on_progress=lambda part, share: seen.append((part, share)))
    assert region.info.name == "home"
    assert region.info.source_name == "town.osm.pbf"
    assert region.info.counts["roads"]["ways"] == 3
    assert {"extract", "roads"} <= {part for part, _ in seen}
    assert all(0.0 <= share <= 1.0 for _, share in seen)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home.region", "town.osm.pbf"]


def test_a_build_that_is_stopped_leaves_everything_as_it_was(tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS)
    target = tmp_path / "home.region"
    target.write_text("what was there before")
    with pytest.raises(BuildCancelled):
        build_region(extract, target, should_stop=lambda: True)
    assert target.read_text() == "what was there before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home.region", "town.osm.pbf"]


def test_what_a_killed_program_left_is_removed_by_the_next_build(tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS)
    old, fresh, other = (
        tmp_path / name for name in (".home-abc.region", ".home-def.region", ".home-notes.txt")
    )
    for path in (old, fresh, other):
        path.write_text("unfinished")
    for path in (old, other):
        os.utime(path, (0, 0))
    build_region(extract, tmp_path / "home.region")
    assert [path.exists() for path in (old, fresh, other)] == [False, True, True]


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "page.osm.pbf"
    broken.write_text("<html>404</html>")
    with pytest.raises(RegionError, match=r"page\.osm\.pbf"):
        build_region(broken, tmp_path / "home.region")
    assert [path.name for path in tmp_path.iterdir()] == ["page.osm.pbf"]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS)
    (tmp_path / "file").touch()
    with pytest.raises(RegionError, match="cannot be written"):
        build_region(extract, tmp_path / "file" / "home.region")


def test_only_the_area_is_kept(tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS)
    area = ServiceArea.around([at(200, 200)], 1000)
    region = write_roads(extract, area)
    # The road that crosses the border is kept up to its first point beyond.
    assert region.info.counts["roads"]["ways"] == 2
    assert region.info.area == area
    bounds = region.info.bounds
    assert bounds is not None
    assert bounds.east == pytest.approx(at(5000, 0).lon, abs=1e-6)


def test_an_area_without_roads_is_said(tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS)
    assert "chosen area" in refused(extract, ServiceArea.around([at(90_000, 0)], 1000))


def test_points_that_a_clipped_extract_lacks_cut_the_road(tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS, missing=frozenset({5}))
    assert write_roads(extract).info.counts["roads"]["ways"] == 1


def test_an_unsorted_extract_is_said(tmp_path: Path) -> None:
    sign = {2: {"highway": "stop"}}
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS, node_tags=sign, ways_first=True)
    assert "not sorted" in refused(extract)
    plain = write_extract(tmp_path / "plain.osm.pbf", POINTS, WAYS, ways_first=True)
    assert "not sorted" in refused(plain)


def test_files_that_are_no_extract(tmp_path: Path) -> None:
    whole = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS).read_bytes()
    cases = {
        "half.osm.pbf": (whole[: len(whole) * 2 // 3], "not downloaded to its end"),
        "packed.osm.bz2": (bz2.compress(b"<osm/>"), "packed"),
        "text.osm": (b"<?xml version='1.0'?><osm/>", "as text"),
        "photo.osm.pbf": (b"\x89PNG" + bytes(500), "not an OpenStreetMap extract"),
        "empty.osm.pbf": (b"", "empty"),
    }
    for name, (content, words) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert words in refused(path), name
    assert "does not exist" in refused(tmp_path / "gone.osm.pbf")
    no_roads = write_extract(tmp_path / "sea.osm.pbf", POINTS, [([1, 2], {"natural": "coastline"})])
    assert "no roads" in refused(no_roads)


def test_a_region_does_not_take_its_extracts_place(tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS)
    before = extract.read_bytes()
    with pytest.raises(RegionError, match="own extract"):
        build_region(extract, extract)
    assert extract.read_bytes() == before


def test_the_network_of_a_town_without_any_junction(tmp_path: Path) -> None:
    roads = network(tmp_path, POINTS, [([1, 2, 3, 4, 1], ROAD)])
    (point,) = roads.snap([at(400, 200)])
    assert point is not None
    assert point.gap_m < 1
