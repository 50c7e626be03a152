"""Typeset documents: accessible PDF from plain data, by Typst, without Django or the network."""
