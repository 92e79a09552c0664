"""The Orders page."""

from lastmile_desktop.ui.orders_view.orders_view import OrdersView

__all__ = ["OrdersView"]
