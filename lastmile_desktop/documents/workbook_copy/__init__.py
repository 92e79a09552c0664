"""The plan inside a copy of the user's own workbook: its XML is extended, never rewritten."""
