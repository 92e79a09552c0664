"""The card at the right: everything known about the selected order or route."""
