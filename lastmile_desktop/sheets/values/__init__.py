"""What a cell says: one module for each kind of value, each an explicit grammar that never guesses."""
