"""Planning from the window: the run, its progress, its two ways to stop."""
