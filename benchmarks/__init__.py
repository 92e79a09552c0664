"""How good and how fast, as ratios and counts; nothing here is a test."""
