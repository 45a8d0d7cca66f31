"""A plugin that pytest loads before all others (`addopts`): it keeps them from loading anything that no test needs.

nbval loads nbformat, and that jsonschema, which would build the 38 grammars of rfc3987_syntax: more than a second of
each process, for a check of addresses in JSON that no schema of a notebook asks for.
"""

import sys

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
