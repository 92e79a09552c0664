"""How good a plan can be at best: lower bounds that hold for every plan of a problem."""
