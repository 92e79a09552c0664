"""What lasts: the day file, its working copy and journal, and the firm's memory."""
