"""Finding addresses: what is in the map is found however it is written, what is not is not made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastmile_desktop.addresses.index import AddressIndex, metres_between
from lastmile_desktop.addresses.search import Answer, find_address
from lastmile_desktop.model.placing import PlaceLevel
from lastmile_desktop.regions.errors import RegionError
from tests.addresses.towns import Extract, american_town, build_addresses, european_town


@pytest.fixture(scope="module")
def american(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AddressIndex]:
    extract = american_town().write(tmp_path_factory.mktemp("us") / "town.osm.pbf")
    with AddressIndex(build_addresses(extract)) as index:
        yield index


@pytest.fixture(scope="module")
def european(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AddressIndex]:
    extract = european_town().write(tmp_path_factory.mktemp("eu") / "town.osm.pbf")
    with AddressIndex(build_addresses(extract)) as index:
        yield index


def found(line: str, index: AddressIndex) -> str:
    answer = find_address(line, index)
    return answer.found if answer.level is PlaceLevel.HOUSE else f"{answer.level}: {answer.found}"


WHITETHORN = "12 Whitethorn Road, 20111 Millbrook"


@pytest.mark.parametrize(
    "line",
    [
        "12 Whitethorn Road, Millbrook, VA 20111",
        "12 WHITETHORN RD, MILLBROOK VA 20111-1234",
        "12 Whitethorn Rd. Apt 3 Millbrook VA 20111",
        "12 whitethorn road millbrook",
        "Apt 3B, 12 Whitethorn Road, Millbrook",
        "Anna Lowe, 12 Whitethorn Road, Millbrook, USA",
        "20111 Millbrook, 12 Whitethorn Road",
        "Whitethorn Road 12, 20111 Millbrook",
        "12 White Thorn Road, 20111",
        "No. 12 Whitethorn, Millbrook",
        "12\tWhitethorn Road;Millbrook\nVA 20111",
        "#12 Whitethorn Road, Millbrook",
        "12 Whitethorn Road (rear), Millbrook",
        "12Whitethorn Road, Millbrook",
        "12 Whitetohrn Road, Millbrook 20111",
        "12 Whitethorn Raod, Millbrook 20111",
        "12 Whitethornr oad, Millbrook 20111",
        "12 Whitethorn Road, Milbrook 20111",
        "12 Whitethorn Road, Millbrook 20112",
    ],
)
def test_an_american_address_is_found_however_it_is_written(line: str, american: AddressIndex) -> None:
    assert found(line, american) == WHITETHORN


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Hauptstr. 5a, 50111 Aldorf", "5a Hauptstraße, 50111 Aldorf"),
        ("HAUPTSTRASSE 5 A 50111 ALDORF", "5a Hauptstraße, 50111 Aldorf"),
        ("Haupt-Str. Hs. 7, Aldorf", "7 Hauptstraße, 50111 Aldorf"),
        ("Karl Friedrich Str 4, D-50111 Aldorf, Deutschland", "4 Karl-Friedrich-Straße, 50111 Aldorf"),
        ("Müllerweg 3, Aldorf", "3 Müllerweg, 50111 Aldorf"),
        ("Muellerweg 3, Aldorf", "3 Müllerweg, 50111 Aldorf"),
        ("Mullerweg 3, Aldorf", "3 Müllerweg, 50111 Aldorf"),
        ("Straße des 17. Juni 20, Aldorf", "20 Straße des 17. Juni, 50111 Aldorf"),
        ("Am Markt 5-7, Aldorf", "5 Am Markt, 50111 Aldorf"),
        ("12 bis, rue de la Fontaine, 75111 Bellerive", "12bis Rue de la Fontaine, 75111 Bellerive"),
        ("12bis r. de la Fontaine 75111 Bellerive", "12bis Rue de la Fontaine, 75111 Bellerive"),
        ("4 av. du Gal Leclerc, Bellerive", "4 Avenue du Général Leclerc, 75111 Bellerive"),
        (
            "4, AVENUE DU GENERAL LECLERC, 75111 BELLERIVE CEDEX",
            "4 Avenue du Général Leclerc, 75111 Bellerive",
        ),
        ("2 place de l'Eglise, Bellerive", "2 Place de l’Église, 75111 Bellerive"),
        ("ul. Dluga 6/8 m. 12, 00-111 Lipowo", "6/8 Długa, 00-111 Lipowo"),
        ("Długa 2 lok. 4, Lipowo", "2 Długa, 00-111 Lipowo"),
        ("3 Maja 5, Lipowo", "5 3 Maja, 00-111 Lipowo"),
        ("al. Jana Pawła II 3, 00-111 Lipowo, Polska", "3 Aleja Jana Pawła II, 00-111 Lipowo"),
        ("C/ Mayor, 5, 3º B, 28111 Vega", "5 Calle Mayor, 28111 Vega"),
        ("Calle Mayor nº 5, Vega", "5 Calle Mayor, 28111 Vega"),
        ("Av. Constitucion 2, Vega", "2 Avenida de la Constitución, 28111 Vega"),
        ("V.le Roma 12/A, 20999 Montalto MI", "12a Viale Roma, 20999 Montalto"),
        ("P.za del Duomo 1, Montalto", "1 Piazza del Duomo, 20999 Montalto"),
        ("Kerkstr. 8-2, 1011 AB Waterdam", "8 Kerkstraat, 1011 AB Waterdam"),
        ("Kerkstraat 8 hs, 1011AB Waterdam", "8 Kerkstraat, 1011 AB Waterdam"),
        ("R. Augusta 25, 2.º Esq., 1100-053 Pontal", "25 Rua Augusta, 1100-053 Pontal"),
    ],
)
def test_the_habits_of_other_countries(line: str, expected: str, european: AddressIndex) -> None:
    assert found(line, european) == expected


@pytest.mark.parametrize(
    "line",
    [
        "12 Blackthorn Road, Millbrook, VA 20111",
        "12 Whitethorn Lane, Millbrook, VA 20111",
        "4 Oaf Lane, Millbrook, VA 20111",
        "4 7th Street, Millbrook, VA 20111",
        "4 15th Street, Millbrook, VA 20111",
        "1203 Greenspring Road, Millbrook, VA 20111",
        "1203 Valley Road, Millbrook, VA 20111",
        "10 West Calder Street, Millbrook, VA 20111",
        "12 Whitethorn Road, Frederick, MD 21701",
        "12 Whitethorn Road, Millbrook, OH 43001",
        "12 Whitethorn Road, Ashford, VA 20222",
        "PO Box 12, Millbrook, VA 20111",
        "Postfach 12, 20111 Millbrook",
        "Millbrook Town Hall",
        "12",
        "????",
        "",
    ],
)
def test_a_street_that_is_not_there_is_never_answered(line: str, american: AddressIndex) -> None:
    answer = find_address(line, american)

    assert answer.level is PlaceLevel.NOT_FOUND
    assert answer.location is None
    assert answer.reason
    assert answer.score == 0


def test_short_names_and_numbered_streets_are_found_only_as_themselves(american: AddressIndex) -> None:
    assert found("4 Oak Ln, Millbrook 20111", american) == "4 Oak Lane, 20111 Millbrook"
    assert found("4 Oat Ln, Millbrook 20111", american) == "4 Oat Lane, 20111 Millbrook"
    assert found("4 5th St, Millbrook 20111", american) == "4 5th Street, 20111 Millbrook"
    assert found("4 Sixth St, Millbrook 20111", american) == "4 6th Street, 20111 Millbrook"
    assert found("4 St. Mary's Ave, Millbrook", american) == "4 Saint Marys Avenue, 20111 Millbrook"


def test_words_for_units_and_states_do_not_eat_streets(american: AddressIndex) -> None:
    assert found("100 Stevenson Road, Millbrook", american) == "100 Stevenson Road, 20111 Millbrook"
    assert found("8 Maryland Avenue Millbrook VA", american) == "8 Maryland Avenue, 20111 Millbrook"
    assert found("1 FOUNDRY CT, ASHFORD", american) == "1 Foundry Court, 20222 Ashford"


def test_the_same_street_in_two_towns_is_not_guessed(american: AddressIndex) -> None:
    answer = find_address("3 Church Street", american)

    assert answer.level is PlaceLevel.NOT_FOUND
    assert {candidate.town for candidate in answer.candidates} == {"Millbrook", "Ashford"}
    assert "choose" in answer.reason
    assert found("3 Church Street, Ashford", american) == "3 Church Street, 20222 Ashford"
    assert found("3 Church Street, 20111", american) == "3 Church Street, 20111 Millbrook"


def test_north_and_south_are_not_guessed(american: AddressIndex) -> None:
    answer = find_address("12 Calder Street, Millbrook 20111", american)

    assert answer.level is PlaceLevel.NOT_FOUND or "Calder" in answer.found
    assert found("12 S. Calder St, Millbrook", american) == "12 South Calder Street, 20111 Millbrook"
    assert found("12 Calder St N, Millbrook", american) == "12 North Calder Street, 20111 Millbrook"


def test_a_number_that_the_map_lacks_is_placed_between_its_neighbours(american: AddressIndex) -> None:
    answer = find_address("1213 Greenspring Valley Road, Millbrook", american)
    before = find_address("1205 Greenspring Valley Road, Millbrook", american)
    after = find_address("1221 Greenspring Valley Road, Millbrook", american)

    assert answer.level is PlaceLevel.STREET
    assert answer.location is not None
    assert before.location is not None
    assert after.location is not None
    assert before.location.lon < answer.location.lon < after.location.lon
    assert answer.spread_m >= 20
    assert "1213 is not in the map" in answer.reason
    assert answer.score < before.score


def test_a_number_far_from_all_known_ones_gives_the_middle_of_the_street(american: AddressIndex) -> None:
    answer = find_address("9000 Whitethorn Road, Millbrook", american)

    assert answer.level is PlaceLevel.STREET
    assert answer.spread_m > 100
    assert "9000 is not in the map" in answer.reason


def test_only_a_postcode_gives_its_middle_and_says_so(american: AddressIndex) -> None:
    for line in ("20222", "20222 Ashford", "Ashford, VA 20222"):
        answer = find_address(line, american)
        assert answer.level is PlaceLevel.AREA
        assert answer.location is not None
        assert metres_between(answer.location.lat, answer.location.lon, 39.2, -77.0) < 1500
        assert "postcode" in answer.reason
    assert find_address("Unknown Street, 20222 Ashford", american).level is PlaceLevel.NOT_FOUND


def test_a_typo_needs_something_else_to_be_right(american: AddressIndex) -> None:
    assert found("5 Foundri Court, Ashford 20222", american) == "5 Foundry Court, 20222 Ashford"
    unsure = find_address("5 Foundri Court", american)
    assert unsure.level is PlaceLevel.NOT_FOUND
    assert unsure.candidates[0].text == "5 Foundry Court, 20222 Ashford"
    assert "Foundry" in unsure.reason


def test_a_map_without_towns_and_postcodes_cannot_speak_against_them(tmp_path: Path) -> None:
    town = Extract()
    town.street("Long Walk", (50.0, 8.0), [2, 4, 6])
    with AddressIndex(build_addresses(town.write(tmp_path / "bare.osm.pbf"))) as index:
        answer = find_address("4 Long Walk, 20111 Somewhere", index)

    assert answer.level is PlaceLevel.HOUSE
    assert answer.score < 100


def test_without_full_text_search_typing_mistakes_are_still_found(
    american: AddressIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(american, "_has_text_index", False)
    names = [name.name for name in american.names_like("whitetohrn")]
    assert "Whitethorn Road" in names
    assert found("12 Whitetohrn Road, Millbrook 20111", american) == WHITETHORN


def test_a_file_that_is_no_region_is_refused_in_words(tmp_path: Path) -> None:
    other = tmp_path / "notes.region"
    other.write_text("nothing", encoding="utf-8")

    with pytest.raises(RegionError, match=r"notes\.region is not a region file"):
        AddressIndex(other)


@settings(max_examples=150, deadline=None)
@given(line=st.one_of(st.text(max_size=80), st.text(alphabet="0123456789 ,-/#.aeiStrnm", max_size=60)))
def test_any_text_gets_an_answer_that_is_consistent(line: str, american: AddressIndex) -> None:
    answer: Answer = find_address(line, american)

    assert (answer.location is None) == (answer.level is PlaceLevel.NOT_FOUND)
    assert 0 <= answer.score <= 100
    assert bool(answer.found) == (answer.location is not None)
