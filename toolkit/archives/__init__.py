"""Measure files larger than memory."""
