"""Files that the council room writes."""
