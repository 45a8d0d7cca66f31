"""Matplotlib figures, each with a text description; a plot_ module writes its figure's title, notes and alt text."""
