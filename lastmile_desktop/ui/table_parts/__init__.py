"""What the pages with tables share: cells for the clipboard, the line of messages, one look."""
