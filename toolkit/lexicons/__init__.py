"""Features of word types: syllables, word lists, the VADER lexicon and rules, emoji."""
