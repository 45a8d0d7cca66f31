"""Load and save corpora; the reply tree of a comment section."""
