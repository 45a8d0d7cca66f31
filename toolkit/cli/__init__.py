"""The command line: a module per sub-command, listed in `COMMANDS` (main.py)."""
