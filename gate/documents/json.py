"""JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from gate.documents.keys import Keys, TooDeep, limit_depth
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "json"
VERSION = 1

# Strings and comments match without their end too: what is hostile must not be scanned again from each of its quotes.
_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"?|//[^\n]*|/\*.*?(?:\*/|\Z)|[{}\[\]:,]|\s+|[^\s"{}\[\]:,/]+|/', re.DOTALL
)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"?', re.DOTALL)


def read(content: bytes, _ending: str) -> FileFacts:
    """The facts of a file."""
    try:
        return of_text(content.decode("utf-8-sig"))
    except UnicodeError:
        return FileFacts("none", "its encoding is unknown")


def of_text(text: str) -> FileFacts:
    """The facts of a text."""
    try:
        keys = _keys(tokens(text))
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        return FileFacts(
            "none", f"it is no JSON: {error.msg[:1].lower()}{error.msg[1:]} (line {error.lineno})"
        )
    except TooDeep:
        return FileFacts("none", "it is nested too deeply")
    return keys.facts()


def load(text: str) -> Any:
    """Return the value of a text.

    Raises:
        TooDeep: it is nested too deeply.
        ValueError: it is no JSON.
    """
    check_depth(text)
    return json.loads(text)


def check_depth(text: str) -> None:
    """Refuse what a parser is not asked to read.

    Raises:
        TooDeep: it is nested too deeply.
    """
    limit_depth(text, _STRING)


def tokens(text: str) -> list[str]:
    """All of the text, cut into strings, comments, punctuation, white space and other words."""
    return _TOKEN.findall(text)


def _keys(found: Iterable[str]) -> Keys:
    keys, line = Keys(), 1
    for token in found:
        if token in ("{", "["):
            keys.start(mapping=token == "{")
        elif token in ("}", "]"):
            keys.end()
        elif token.startswith('"'):
            keys.scalar(_text(token), line)
        elif token not in (":", ",") and not token.isspace():
            keys.scalar(None, line)
        line += token.count("\n")
    return keys


def _text(token: str) -> str | None:
    try:
        return str(json.loads(token))
    except ValueError:
        return None
