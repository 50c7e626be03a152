"""Timings. They inform; they never decide whether a test passes."""
