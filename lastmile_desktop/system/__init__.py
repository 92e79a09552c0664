"""What every room needs of the machine: bundled resources, safe file replacement, supervised children."""
