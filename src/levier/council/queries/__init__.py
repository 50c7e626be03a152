"""What people see of the council room: reads only, in a constant number of queries."""
