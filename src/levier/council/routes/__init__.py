"""Addresses of the council room, one module per noun; `urls` gathers them."""
