"""The HTML report, notebooks as HTML pages, and published figures rebuilt and checked."""
