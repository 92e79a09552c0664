"""The times of one route, as everyone sees them and as every search counts them."""

from __future__ import annotations

from lastmile_desktop.engine.trips import schedule_route as schedule_route
from lastmile_desktop.engine.walk import RouteTimes as RouteTimes
from lastmile_desktop.engine.walk import Step as Step
from lastmile_desktop.engine.walk import earliest_start as earliest_start
from lastmile_desktop.engine.walk import latest_start as latest_start
