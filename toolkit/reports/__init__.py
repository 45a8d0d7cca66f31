"""The HTML report, HTML pages of notebooks, and reproduction of published figures."""
