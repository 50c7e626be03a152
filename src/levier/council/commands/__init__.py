"""The commands of the council room, one module per noun."""
