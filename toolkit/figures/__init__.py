"""Matplotlib figures, each with alt text and a text description."""
