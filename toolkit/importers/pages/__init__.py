"""Saved web pages read: the article, and the comments below it."""
