"""How long and how far it is between places."""
