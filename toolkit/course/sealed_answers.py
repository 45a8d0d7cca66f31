"""Sealed answers: the right choice of an exercise as a salted hash, which keeps it out of sight but is no secret.

A choice has few options, and anyone can try each of them here as in `check`.
"""

import hashlib
import hmac
import re

ROUNDS = 50_000  # of hashing: no delay for one answer


def seal(exercise: str, answer: str) -> str:
    """Return the salted hash of an answer: 32 hexadecimal digits.

    To write an exercise, run it once at a prompt: ``print(seal("02-b", "longer sentences"))``.
    """
    salt = f"below the line {exercise}".encode()
    return _stretched(normalised(answer).encode(), salt).hex()[:32]


def _stretched(secret: bytes, salt: bytes) -> bytes:
    """PBKDF2 (RFC 8018) of one block with HMAC-SHA-256, in plain Python where hashlib has none, as in a browser."""
    if hasattr(hashlib, "pbkdf2_hmac"):
        return hashlib.pbkdf2_hmac("sha256", secret, salt, ROUNDS)
    keyed = hmac.new(secret, digestmod=hashlib.sha256)
    block, total = salt + (1).to_bytes(4, "big"), 0
    for _ in range(ROUNDS):
        each = keyed.copy()
        each.update(block)
        block = each.digest()
        total ^= int.from_bytes(block, "big")
    return total.to_bytes(32, "big")


def normalised(answer: str) -> str:
    """Return an answer in lower case, without outer punctuation and repeated spaces."""
    return re.sub(r"\s+", " ", answer).strip(" .,;:!?\"'“”‘’`*").casefold()
