"""Jupyter widgets over the public functions of the toolkit, for JupyterLab and Voila; no statistics of their own."""

from .._packaging import optional

with optional("lab", "Explorers"):
    import anywidget as anywidget
    import ipywidgets as ipywidgets
