"""Pages of the council room: they parse what is asked, call one service or query, and present."""
