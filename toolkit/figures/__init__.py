"""Matplotlib figures, each with alt text and a text description.

In each plot_ module `_draw` draws; `_title`, `_note` and `_alt_text` write the title, the note and the alt text.
"""
