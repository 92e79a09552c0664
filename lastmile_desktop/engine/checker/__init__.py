"""The independent look at a plan; shares no code with the rest of the engine."""
