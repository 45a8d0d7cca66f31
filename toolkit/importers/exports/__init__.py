"""Exports of comments read: tables, JSON, XML, chats and mail."""
