"""JSON, and what other readers need to load a value of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from gate.documents.keys import Keys, TooDeep, limit_depth
from gate.documents.paths import FormatPaths
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "json"
VERSION = 1
PATHS = FormatPaths((".json", ".ipynb"), ("composer.lock", "flake.lock", "Pipfile.lock"))

# Strings and comments match without their end too, or hostile text would be scanned again from each of its quotes.
_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"?|//[^\n]*|/\*.*?(?:\*/|\Z)|[{}\[\]:,]|\s+|[^\s"{}\[\]:,/]+|/', re.DOTALL
)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"?', re.DOTALL)


def read(content: bytes, _ending: str) -> FileFacts:
    """Return the facts of a file."""
    try:
        return of_text(content.decode("utf-8-sig"))
    except UnicodeError:
        return FileFacts("none", "its encoding is unknown")


def of_text(text: str) -> FileFacts:
    """Return the facts of a text."""
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
    """Refuse a text before a parser reads it.

    Raises:
        TooDeep: it is nested too deeply.
    """
    limit_depth(text, _STRING)


def tokens(text: str) -> list[str]:
    """Return a text cut into strings, comments, punctuation, white space and other words, nothing left out."""
    return _TOKEN.findall(text)


def _keys(tokens: Iterable[str]) -> Keys:
    """Return the keys in the tokens of a text that may be no JSON."""
    keys, line = Keys(), 1
    for token in tokens:
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
    """Return the text that a string stands for; None where it is no string of JSON."""
    try:
        return str(json.loads(token))
    except ValueError:
        return None
