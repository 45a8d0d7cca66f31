"""Explorers: widgets made of the toolkit's public functions, for JupyterLab and Voila.  No statistics of their own.

`look` and `marking` are what they share: style sheet, labels, tables, figures, text with marked stretches.
"""
