"""An order sheet to start from, for those who have none yet."""
