"""A text of SQL cut into its statements, each parsed by itself: what cannot be read harms no other statement."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 50_000
"""Characters of SQL that are parsed: about a second's work."""
_NOISE = re.compile(r"('(?:[^']|'')*'?)|--[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)")
"""Comments; and the texts in quotes, in which there are none."""
_DIALECTS = (
    ("sqlite", re.compile(r"\bAUTOINCREMENT\b|^\s*PRAGMA\b", re.IGNORECASE | re.MULTILINE)),
    (
        "mysql",
        re.compile(
            r"`|\bAUTO_INCREMENT\b|\bENGINE\s*=|\bMODIFY\s+COLUMN\b|\bALTER\s+TABLE\s+[\w.]+\s+(?:MODIFY|CHANGE)\b",
            re.IGNORECASE,
        ),
    ),
)
"""What only these have. Everything else is taken for what most migrations are written for."""
_USUAL = "postgres"
_FOREIGN = re.compile(r"^[ \t]*DELIMITER\b|^[ \t]*GO[ \t]*$", re.IGNORECASE | re.MULTILINE)
"""Lines of clients that end statements with something else than a semicolon."""
_TRANSACTIONS = frozenset(
    {"TRANSACTION", "TRAN", "WORK", "ISOLATION", "READ", "IMMEDIATE", "DEFERRED", "EXCLUSIVE"}
)
_INNER = frozenset({"IF", "LOOP", "CASE", "WHILE", "REPEAT"})
"""What an `END` closes that is not the body."""


class Statement(NamedTuple):
    """One statement: its tree, None where it cannot be read, its text, and the line of it, from 1."""

    tree: Any
    text: str
    line: int


@cache
def library() -> Any:
    """Return sqlglot; None without the extra `sql`."""
    try:
        import sqlglot
    except ImportError:
        return None
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # it warns of everything unknown
    return sqlglot


def uncommented(text: str) -> str:
    """Return a text without its comments."""
    return _NOISE.sub(lambda match: match[1] or " ", text)


def dialect(text: str) -> str:
    """Return the dialect of a text, by words that only one has; texts in quotes and comments do not count."""
    bare = _NOISE.sub(" ", text)
    return next((name for name, pattern in _DIALECTS if pattern.search(bare)), _USUAL)


def split_statements(text: str, dialect: str) -> list[Statement] | None:
    """Return the statements of a text in a dialect; None when it is unknown where they end."""
    glot = library()
    if glot is None or len(text) > LONGEST or _FOREIGN.search(text):
        return None
    try:
        rules = glot.Dialect.get_or_raise(dialect)
        cuts = list(_cut(rules.tokenize(text)))
    except Exception:
        # A parser of that size fails in many ways on hostile text (its own errors, recursion, missing attributes).
        return None
    return [_parsed(text, cut, rules) for cut in cuts]


class _Cut(NamedTuple):
    """The tokens of a statement, and whether it has a body, which is code."""

    tokens: list[Any]
    body: bool


def _cut(tokens: list[Any]) -> Iterator[_Cut]:
    """Yield the tokens between semicolons; those of a body stay together, and rows that follow a `COPY` with it."""
    pending: list[Any] = []
    depth, body = 0, False
    for at, token in enumerate(tokens):
        pending.append(token)
        if token.token_type.name != "SEMICOLON" and at + 1 < len(tokens):
            continue
        fresh = pending if not body else pending[_last_start(pending) :]
        depth = max(0, depth + _opened(fresh))
        body = body or depth > 0
        if depth == 0:
            plain = [token for token in pending if token.token_type.name != "SEMICOLON"]
            if plain:
                yield _Cut(pending if body else plain, body)
            pending, body = [], False
    if pending:
        yield _Cut(pending, body=True)


def _last_start(tokens: list[Any]) -> int:
    """Return where the last of several statements starts."""
    ends = [at for at, token in enumerate(tokens[:-1]) if token.token_type.name == "SEMICOLON"]
    return ends[-1] + 1 if ends else 0


def _opened(tokens: list[Any]) -> int:
    """Return how many bodies a statement opens, less those it closes."""
    words = [
        token.text.upper()
        for token in tokens
        if token.token_type.name not in ("STRING", "IDENTIFIER", "SEMICOLON")
    ]
    if words[:1] == ["COPY"] and "STDIN" in words:
        return 1
    if words[:1] == ["END"]:
        return 0 if words[1:2] and words[1] in _INNER else -1
    transaction = words[:1] == ["BEGIN"] and (len(words) == 1 or words[1] in _TRANSACTIONS)
    return words.count("BEGIN") - transaction - (words.count("END") if words[-1:] == ["END"] else 0)


def _parsed(text: str, cut: _Cut, rules: Any) -> Statement:
    first, last = cut.tokens[0], cut.tokens[-1]
    line = text.count("\n", 0, first.start) + 1
    content = text[first.start : last.end + 1]
    if cut.body:
        return Statement(None, content, line)
    try:
        trees = [tree for tree in rules.parser().parse(cut.tokens, text) if tree is not None]
    except Exception:  # as above
        return Statement(None, content, line)
    return Statement(trees[0] if len(trees) == 1 else None, content, line)
