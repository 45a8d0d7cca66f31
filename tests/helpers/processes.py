"""Code that child processes run."""

BLOCK = """
import socket

class Blocked(RuntimeError):
    pass

def refuse(*arguments, **options):
    raise Blocked("the network was asked for")

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
for name in ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, name, refuse)
"""
