"""Pseudonyms for commenters, and masking of anything in texts that identifies them."""
