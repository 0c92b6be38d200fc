"""What the school does for records sent abroad: it confirms transcripts and keeps the list of receivers."""
