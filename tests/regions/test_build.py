"""Making a region: in a process of its own, whole or not at all, and bad extracts in one sentence."""

from __future__ import annotations

import bz2
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lastmile_desktop.regions.build import extract as extract_module
from lastmile_desktop.regions.build import leftovers
from lastmile_desktop.regions.build.driver import build_region, write_region
from lastmile_desktop.regions.build.extract import sorted_copy
from lastmile_desktop.regions.build.leftovers import remove_leftovers
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
    names = (".home-abc_1234.region", ".away-def_5678.region", ".home-notes.txt", "my-depot_123.region")
    old, fresh, other, mine = (tmp_path / name for name in names)
    for path in (old, fresh, other, mine):
        path.write_text("unfinished")
    room = tmp_path / ".lastmile-region-ab12cd34"
    room.mkdir()
    (room / "nodes").write_text("many")
    for path in (old, other, mine, room):
        os.utime(path, (0, 0))
    build_region(extract, tmp_path / "home.region")
    assert [path.exists() for path in (old, room)] == [False, False]
    assert [path.exists() for path in (fresh, other, mine)] == [True, True, True]


def test_a_build_whose_program_is_killed_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    points = {number: (number * 10.0, 0.0) for number in range(1, 60_000)}
    ways = [([number, number + 1], ROAD) for number in range(1, 59_999)]
    extract = write_extract(tmp_path / "large.osm.pbf", points, ways)
    command = [sys.executable, "-m", "lastmile_desktop", "region", "build", str(extract)]
    target = tmp_path / "home.region"
    with subprocess.Popen([*command, "--out", str(target)], stderr=subprocess.PIPE) as program:
        assert program.stderr is not None
        program.stderr.readline()
        program.kill()
    left = [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert left
    assert not target.exists()
    assert remove_leftovers(tmp_path) == 0  # it could still be at work
    for path in left:
        os.utime(path, (0, 0))
    assert remove_leftovers(tmp_path) == len(left)
    assert [path.name for path in tmp_path.iterdir()] == ["large.osm.pbf"]


def test_a_build_that_is_alive_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "_SIGN_EVERY_S", 0.0)
    with leftovers.workroom(tmp_path) as room:
        os.utime(room, (0, 0))
        should_stop = leftovers.showing_life((room,), lambda: True)
        assert should_stop()
        assert remove_leftovers(tmp_path) == 0
        os.utime(room, (0, 0))
        assert remove_leftovers(tmp_path) == 1


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


@pytest.mark.parametrize("signs", [{}, {2: {"highway": "stop"}}])
def test_an_unsorted_extract_is_sorted(tmp_path: Path, signs: dict[int, dict[str, str]]) -> None:
    folder = tmp_path / "in order"
    folder.mkdir()
    in_order = write_roads(write_extract(folder / "town.osm.pbf", POINTS, WAYS, node_tags=signs))
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS, node_tags=signs, ways_first=True)
    before = extract.read_bytes()
    region = build_region(extract, tmp_path / "home.region")
    assert region.info.counts["roads"] == in_order.info.counts["roads"]
    assert region.info.counts["roads"]["ways"] == 3
    assert region.info.source_name == "town.osm.pbf"
    assert extract.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home.region", "in order", "town.osm.pbf"]


def test_a_sorted_copy_holds_each_object_once(tmp_path: Path) -> None:
    import osmium

    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS, ways_first=True)
    twice = tmp_path / "twice.osm.pbf"
    with osmium.SimpleWriter(str(twice)) as writer:
        for _ in range(2):
            for item in osmium.FileProcessor(str(extract)):
                writer.add(item)
    folder = tmp_path / "scratch"
    folder.mkdir()
    copy = sorted_copy(twice, folder)
    assert copy.name == twice.name
    found = [(item.type_str(), item.id) for item in osmium.FileProcessor(str(copy))]
    assert found == [("n", number) for number in POINTS] + [("w", number) for number in (1, 2, 3)]


def test_what_an_extract_covers_is_known_without_its_header_saying_so(tmp_path: Path) -> None:
    box = extract_module.extract_box(write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS))
    assert box is not None
    low, high = at(0, 0), at(5400, 400)
    wanted = (low.lat, low.lon, high.lat, high.lon)
    assert (box.south, box.west, box.north, box.east) == pytest.approx(wanted, abs=1e-6)
    other = tmp_path / "page.osm.pbf"
    other.write_text("<html>")
    assert extract_module.extract_box(other) is None


def test_an_extract_too_large_to_sort_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract_module, "LARGE_EXTRACT_BYTES", 10)
    extract = write_extract(tmp_path / "town.osm.pbf", POINTS, WAYS, ways_first=True)
    assert "not sorted" in refused(extract)
    assert [path.name for path in tmp_path.iterdir()] == ["town.osm.pbf"]


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
