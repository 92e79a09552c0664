"""The window. PySide6 widgets live here and nowhere else."""
