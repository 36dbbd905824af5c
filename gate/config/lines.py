"""The line of every key in a TOML text, which `tomllib` does not tell. Pure.

A place is the way to a value: table names and keys, and the index of an element, counted from 0:
`("domains", 0, "paths", 2)` is the third pattern of the first `[[domains]]`.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

Place = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
      | (?P<newline>\n)
      | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
      | (?P<mark>[\[\]{}=,.])
      | (?P<bare>[^\s\[\]{}=,.\#"']+)""",
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def lines_of(text: str) -> dict[Place, int]:
    """The line, counted from 1, at which each table, key and array element of a valid TOML text begins."""
    return _Scanner(text).scan()


class _Scanner:
    """Walks the tokens as TOML's grammar does. It may be lenient: `tomllib` has accepted the text before."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._lines: dict[Place, int] = {}
        self._lengths: dict[Place, int] = {}

    def scan(self) -> dict[Place, int]:
        """Go through the statements: table headers, and keys with their values."""
        table: Place = ()
        while (token := self._peek()).kind != "end":
            if token.kind == "newline":
                self._at += 1
            elif token.text == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _header(self) -> Place:
        line = self._peek().line
        self._at += 1
        array = self._take("[")
        keys = self._keys()
        self._take("]")
        place = (*self._resolve(keys[:-1]), keys[-1])
        self._lines.setdefault(place, line)
        if not array:
            return self._resolve(keys)
        self._take("]")
        self._lengths[place] = index = self._lengths.get(place, -1) + 1
        self._lines[(*place, index)] = line
        return (*place, index)

    def _resolve(self, keys: tuple[str, ...]) -> Place:
        """The place a header names: within an array of tables it means the last one."""
        place: Place = ()
        for key in keys:
            place = (*place, key)
            if place in self._lengths:
                place = (*place, self._lengths[place])
        return place

    def _pair(self, table: Place) -> None:
        line, place = self._peek().line, table
        for key in self._keys():
            place = (*place, key)
            self._lines.setdefault(place, line)
        self._take("=")
        self._value(place)

    def _keys(self) -> tuple[str, ...]:
        keys = [_key(self._next())]
        while self._take("."):
            keys.append(_key(self._next()))
        return tuple(keys)

    def _value(self, place: Place) -> None:
        if self._take("["):
            self._elements(place)
        elif self._take("{"):
            self._pairs(place)
        elif self._peek().kind == "string":
            self._at += 1
        else:
            while self._peek().kind == "bare" or self._peek().text == ".":
                self._at += 1

    def _elements(self, place: Place) -> None:
        index = 0
        while not self._ends("]"):
            self._lines[(*place, index)] = self._peek().line
            self._value((*place, index))
            index += 1

    def _pairs(self, place: Place) -> None:
        while not self._ends("}"):
            self._pair(place)

    def _ends(self, mark: str) -> bool:
        while self._peek().kind == "newline" or self._peek().text == ",":
            self._at += 1
        return self._take(mark) or self._peek().kind == "end"

    def _take(self, mark: str) -> bool:
        token = self._peek()
        matches = token.kind == "mark" and token.text == mark
        self._at += matches
        return matches

    def _peek(self) -> _Token:
        return self._tokens[self._at]

    def _next(self) -> _Token:
        token = self._peek()
        self._at += token.kind != "end"
        return token


def _tokens(text: str) -> list[_Token]:
    tokens, line = [], 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "skip":
            tokens.append(_Token(match.lastgroup, match[0], line))
        line += match[0].count("\n")
    return [*tokens, _Token("end", "", line)]


def _key(token: _Token) -> str:
    return str(tomllib.loads(f"key = {token.text}")["key"]) if token.kind == "string" else token.text
