"""Finding the place of one order: candidates while its address is typed, from the region or online."""
