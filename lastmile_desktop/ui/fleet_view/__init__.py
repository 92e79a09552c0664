"""The Fleet page."""

from lastmile_desktop.ui.fleet_view.fleet_view import FleetView

__all__ = ["FleetView"]
