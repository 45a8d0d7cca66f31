"""Read documents: Word, PDF, Markdown and pasted pages."""
