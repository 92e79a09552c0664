"""The settings as data; the dialog is made from them."""

from __future__ import annotations

import re
from pathlib import Path

from lastmile_desktop.model import EvenBy
from lastmile_desktop.pipeline.typed_values import (
    NotUnderstoodError,
    day_parts_text,
    read_day_parts,
    read_traffic,
    traffic_text,
)
from lastmile_desktop.ui.field_form.fields import Field, FieldKind, Group

_CURRENCY = re.compile(r"[A-Z]{3}")
_SERVER = re.compile(r"https?://[\w.:\[\]-]+(/[\w./-]*)?")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CLUSTER = re.compile(r"((tcp|tls)://)?[\w.\[\]:-]+:\d{1,5}")


def _currency(text: str) -> str:
    code = text.strip().upper()
    if not _CURRENCY.fullmatch(code):
        raise NotUnderstoodError("Write the three letters of the currency, like EUR, GBP or CHF.")
    return code


def _cluster(text: str) -> str:
    address = text.strip()
    if address and not _CLUSTER.fullmatch(address):
        raise NotUnderstoodError("Write the address like tcp://10.0.0.5:8786, or nothing.")
    return address


#: Settings of the program itself.
PROGRAM_FIELDS = (
    Field(
        "theme",
        "Appearance",
        FieldKind.CHOICE,
        choices=(("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
        hint="Light or dark colours",
    ),
)
#: Other machines that may help; kept for the program, not with the day.
CLUSTER_FIELDS = (
    Field(
        "cluster_address",
        "Cluster",
        read=_cluster,
        hint="Empty: nothing leaves this computer",
        noun="cluster's address",
    ),
)


def _day_parts(text: str) -> str:
    """What morning, afternoon and evening mean, in one form."""
    return day_parts_text(read_day_parts(text))


#: How sheets are read; kept for the program, not with the day.
SHEET_FIELDS = (
    Field(
        "day_parts",
        "Parts of the day",
        read=_day_parts,
        hint="Morning, afternoon, evening: 08:00-12:00, 12:00-17:00, 17:00-21:00",
        noun="parts of the day",
    ),
)


def _tiles_file(text: str) -> str:
    """A file of map tiles that is there and can be used."""
    from lastmile_desktop.basemap.sources import MapSourceError, MbTiles

    place = text.strip().strip('"')
    if place:
        try:
            MbTiles(Path(place)).close()
        except MapSourceError as error:
            raise NotUnderstoodError(str(error)) from None
    return place


def _tiles_address(text: str) -> str:
    """A tile server's address in the usual form."""
    from lastmile_desktop.basemap.sources import MapSourceError, OnlineTiles

    address = text.strip()
    if address:
        try:
            OnlineTiles(address, "", "")
        except MapSourceError as error:
            raise NotUnderstoodError(str(error)) from None
    return address


#: What is behind the routes; kept for the program, not with the day.
MAP_FIELDS = (
    Field(
        "map_picture",
        "Map",
        FieldKind.CHOICE,
        choices=(
            ("region", "The region's own map"),
            ("file", "My file of map tiles"),
            ("online", "From the internet"),
            ("none", "Routes only"),
        ),
        hint="“From the internet” tells a server which places you look at; the others need no network",
        noun="map behind the routes",
    ),
    Field(
        "map_file",
        "Tiles file",
        read=_tiles_file,
        hint="An MBTiles file with pictures, for “My file of map tiles”",
        noun="file of map tiles",
    ),
    Field(
        "map_address",
        "Tile server",
        read=_tiles_address,
        hint="Like https://tiles.example.com/{z}/{x}/{y}.png, for “From the internet”",
        noun="tile server's address",
    ),
    Field(
        "map_credit",
        "Its credit",
        hint="The line that the server's licence asks for; empty: © OpenStreetMap contributors",
        noun="tile server's credit",
    ),
)


def _server(text: str) -> str:
    address = text.strip().rstrip("/")
    if address and not _SERVER.fullmatch(address):
        raise NotUnderstoodError("Write the server's address like https://addresses.example.com, or nothing.")
    return address


def _contact(text: str) -> str:
    contact = text.strip()
    if contact and not _MAIL.fullmatch(contact):
        raise NotUnderstoodError("Write an e-mail address like name@firm.com, or nothing.")
    return contact


#: Who is asked for an address that the region does not have; kept for the program, not with the day.
ADDRESS_FIELDS = (
    Field(
        "online_addresses",
        "Ask online",
        FieldKind.CHOICE,
        choices=(
            ("off", "Never"),
            ("public", "OpenStreetMap's public service"),
            ("own", "A server of our own"),
        ),
        hint="“Never”: no address leaves this computer; else those that you press “Ask online” for do",
        noun="asking for addresses online",
    ),
    Field(
        "online_contact",
        "Your e-mail",
        read=_contact,
        hint="The public service wants to know whom to write to; it is sent with each question",
        noun="e-mail address for the address service",
    ),
    Field(
        "online_server",
        "Own server",
        read=_server,
        hint="Like https://addresses.example.com (Nominatim), for “A server of our own”",
        noun="address server",
    ),
)
#: Settings of the day on the table; new days start with them.
DAY_FIELDS = (
    Field(
        "plan_seconds",
        "Planning time",
        FieldKind.AMOUNT,
        unit=" s",
        least=2,
        most=3600,
        step=5,
        hint="How long Plan searches for a better plan",
    ),
    Field(
        "drive_time_percent",
        "Driving takes",
        FieldKind.AMOUNT,
        unit=" % of the estimate",
        least=25,
        most=400,
        step=5,
        noun="driving time",
        hint="100 = as estimated; 120 = a fifth longer, for heavy traffic or big vans",
    ),
    Field(
        "default_service_s",
        "Time per stop",
        FieldKind.AMOUNT,
        unit=" min",
        per_unit=60,
        decimals=1,
        most=240,
        hint="For orders whose sheet says nothing; orders that are here already keep theirs",
    ),
    Field(
        "same_door",
        "One door",
        FieldKind.CHOICE,
        choices=((True, "is one stop, parked for once"), (False, "each order is a stop of its own")),
        hint="Orders for one door that a van serves one after the other",
        noun="the rule of the same door",
    ),
    Field(
        "traffic",
        "Traffic",
        read=read_traffic,
        text=traffic_text,
        hint="Rush hours: 07:00-09:00 130 %, 16:00-18:30 125 %",
        noun="traffic by the hour",
    ),
    Field("currency", "Currency", read=_currency, hint="Three letters: EUR, GBP, CHF"),
)
#: What a good plan is: kept in the day's goals.
GOAL_FIELDS = (
    Field(
        "balance",
        "Vans",
        FieldKind.SLIDER,
        least=-100,
        most=100,
        step=10,
        ends=("fewest vans", "cheapest", "most even days"),
        hint="In the middle the cheapest plan; to the left a van is saved, to the right work is shared out",
        noun="few vans or even days",
    ),
    Field(
        "even_by",
        "Even by",
        FieldKind.CHOICE,
        choices=((EvenBy.HOURS, "hours"), (EvenBy.STOPS, "stops"), (EvenBy.LOAD, "load")),
        hint="What is to be alike where days are even",
        noun="what is even",
    ),
    Field(
        "tidiness",
        "Areas",
        FieldKind.SLIDER,
        most=100,
        step=10,
        ends=("cheapest", "tidiest"),
        hint="To the right each van keeps to its own part of town, even where that is a little longer",
        noun="tidiness of areas",
    ),
    Field(
        "flexible_s",
        "Times",
        FieldKind.SLIDER,
        per_unit=60,
        most=60,
        step=5,
        ends=("strict", "an hour late"),
        hint="How late an order may be where that makes a much better plan; 0 keeps every time window",
        noun="strictness of times",
    ),
)
#: Settings of the day that go with the goals.
WISH_FIELDS = (
    Field(
        "preference_cents",
        "Own driver",
        FieldKind.AMOUNT,
        unit=" {currency}",
        per_unit=100,
        decimals=2,
        hint="How much dearer a plan may be so that an order goes with the driver it prefers",
        noun="the price of a driver's wish",
    ),
)
SETTINGS_GROUPS = (
    Group("This day, and new days from now on", DAY_FIELDS),
    Group("What a good plan is", (*GOAL_FIELDS, *WISH_FIELDS)),
    Group("What words in a sheet mean", SHEET_FIELDS),
    Group("The program", PROGRAM_FIELDS),
    Group("The map behind the routes", MAP_FIELDS),
    Group("Addresses online (only those that you press “Ask online” for are sent)", ADDRESS_FIELDS),
    Group("Other machines for large days (positions and times of orders are sent there)", CLUSTER_FIELDS),
)
