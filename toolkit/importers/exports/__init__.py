"""Read exports of comments: tables, JSON, XML, chats and mail."""
