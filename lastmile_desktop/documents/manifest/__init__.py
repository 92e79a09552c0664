"""The driver's papers: what they say (content), where it stands (layout), and how it is drawn (painter)."""
