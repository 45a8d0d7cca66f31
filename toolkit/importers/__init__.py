"""Import articles and comment sections from files of many formats."""
