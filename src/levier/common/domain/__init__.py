"""Pure kernel: no Django, no I/O, no clock."""
