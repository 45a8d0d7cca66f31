"""Hand coding: schemes and files, reliability between coders, validity of a metric."""
