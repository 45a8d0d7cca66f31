"""Matplotlib figures with alt text and a text description each."""
