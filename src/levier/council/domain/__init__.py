"""Pure part of the council room: the record of a sitting, its reading and its rules."""
