"""Hand coding: schemes and files, intercoder reliability, validity of a metric."""
