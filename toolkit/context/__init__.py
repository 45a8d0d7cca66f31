"""What comments answer, words in context, sources, and the headline beside its article."""
