"""Several cores on one plan: chains that exchange bests, regions improved side by side."""
