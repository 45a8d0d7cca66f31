"""Normalize a text, find its blocks, sentences and tokens, and count them."""
