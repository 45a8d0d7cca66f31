"""Read saved web pages: the article, and the comments below it."""
