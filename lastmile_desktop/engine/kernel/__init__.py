"""The compiled search: ruin and recreate in C, its plain-Python twin, and what builds and loads them."""
