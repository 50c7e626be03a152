"""Acts of imaginary towns: each case is one way of printing, with what must be read in it."""
