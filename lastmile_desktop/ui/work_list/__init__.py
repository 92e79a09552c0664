"""The list of unassigned orders and routes at the left of the window."""
