"""Files that the council room reads."""
