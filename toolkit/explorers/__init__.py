"""Interactive explorers for JupyterLab and Voila: widgets over the toolkit's public functions, adding no statistics."""

from .._packaging import optional

with optional("lab", "Explorers"):
    import anywidget as anywidget
    import ipywidgets as ipywidgets
