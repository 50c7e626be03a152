"""The Lens-Liévin case as data, and its loader."""
