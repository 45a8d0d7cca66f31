"""Documents read: Word, PDF, Markdown and pasted pages."""
