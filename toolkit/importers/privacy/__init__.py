"""Commenters under pseudonyms, and what their texts say about who they are masked."""
