"""Readability, sentiment, emoji and structure metrics, with explanations for each score."""
