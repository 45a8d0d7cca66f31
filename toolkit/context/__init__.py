"""What comments respond to, words in context, sources, and the headline beside its article."""
