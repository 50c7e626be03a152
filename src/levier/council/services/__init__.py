"""What people do in the council room: one function per use case."""
