"""What the window shows when no day is open."""
