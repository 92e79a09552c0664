"""Workbook files of all kinds -> values and marks. Runs in the reader child only."""
