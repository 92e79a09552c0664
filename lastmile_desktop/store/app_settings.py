"""What the user decided about the program itself, for all days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lastmile_desktop.model import Goals, TrafficPeriod
from lastmile_desktop.model.goals import CHEAPEST


class Theme(StrEnum):
    """Light, dark, or whatever the system is set to."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class MapPicture(StrEnum):
    """What is behind the routes on the map."""

    REGION = "region"
    FILE = "file"
    ONLINE = "online"
    NONE = "none"


class DistanceUnit(StrEnum):
    """How distances are shown; inside they are metres."""

    KILOMETRES = "km"
    MILES = "mi"


class AddressService(StrEnum):
    """Who is asked for addresses that the region does not have: nobody, the public service, an own server."""

    OFF = "off"
    PUBLIC = "public"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class AppSettings:
    """The program's settings; a new day starts with those that concern days.

    ``home_depot`` is the key of the firm's depot that new vehicles start from ("" = the first one).
    ``window_layout`` is whatever the window needs to come up as it was left, as text. ``cluster_address`` is
    the scheduler of the Dask cluster that helps with large days ("" = nothing ever leaves this computer).
    ``map_file`` is a file of map tiles (MBTiles), ``map_address`` a tile server's with ``map_credit`` as its
    attribution; a server is asked only while ``map_picture`` says so. Addresses go to a server only while
    ``online_addresses`` says so: to ``online_server`` if it is the firm's own, with ``online_contact`` (an
    e-mail address) as the way to reach the user. ``day_parts`` is what morning, afternoon and evening mean
    in sheets, as typed ("" = the usual).
    """

    theme: Theme = Theme.SYSTEM
    distance_unit: DistanceUnit = DistanceUnit.KILOMETRES
    currency: str = "EUR"
    plan_seconds: int = 20
    default_service_s: int = 300
    drive_time_percent: int = 100
    home_depot: str = ""
    window_layout: str = ""
    traffic: tuple[TrafficPeriod, ...] = ()
    goals: Goals = CHEAPEST
    preference_cents: int = 500
    cluster_address: str = ""
    same_door: bool = True
    region: str = ""
    drive_as: str = "van"
    ferries: bool = False
    map_picture: MapPicture = MapPicture.REGION
    map_file: str = ""
    map_address: str = ""
    map_credit: str = ""
    online_addresses: AddressService = AddressService.OFF
    online_server: str = ""
    online_contact: str = ""
    day_parts: str = ""
