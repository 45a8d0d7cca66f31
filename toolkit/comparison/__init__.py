"""Compare groups of texts: effect sizes with intervals, keyness, word shift, multiverse and meta-analysis."""
