"""The HTML report, the site of pages, and reproduction of published figures."""
