"""OR-Tools: the verdict on a plan, its own searches, exact optima of tiny days, drivers to routes."""
