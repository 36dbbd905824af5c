"""Reading one TOML table with every mistake noted at its line, instead of stopping at the first."""

from __future__ import annotations

import datetime
import difflib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.config.lines import Place

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

ARRAYS = ("exceptions", "domains", "integration_points", "waivers")
"""The keys of a policy that are written `[[key]]`."""

_KINDS: dict[type, str] = {
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "a table",
}


@dataclass
class Mistakes:
    """The mistakes of a policy so far."""

    path: str
    lines: dict[Place, int] = field(default_factory=dict)
    entries: list[tuple[int, str]] = field(default_factory=list)
    """Each with its line and its text."""

    def add(self, place: Place, what: str) -> None:
        """Note a mistake at a place: `gate.toml:LINE: [table] key: what`."""
        line = self.line(place) or 1
        self.note(line, f"{_named(place)}{what}")

    def note(self, line: int, what: str) -> None:
        """Note a mistake at a line; whatever it quotes of the file stays on one line of its own."""
        shown = "".join(
            character if character.isprintable() else ascii(character)[1:-1] for character in what
        )
        self.entries.append((line, f"{self.path}:{line}: {shown}"))

    def line(self, place: Place) -> int | None:
        """The line of a place, or of the nearest thing around it that has one."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)

    @property
    def texts(self) -> tuple[str, ...]:
        """All mistakes, each once, in the order of the file."""
        return tuple(dict.fromkeys(text for _, text in sorted(self.entries, key=lambda entry: entry[0])))


def _named(place: Place) -> str:
    """Return a place as it is written: `[coordinators.X] streams: `, `[[domains]] paths: `, or `mode: `."""
    keys = [key for key in place if isinstance(key, str)]
    if len(place) > 1 and keys[0] in ARRAYS:
        return f"[[{keys[0]}]] " + "".join(f"{key}: " for key in keys[1:2])
    if keys[:1] == ["coordinators"] and len(keys) > 1:
        return f"[coordinators.{keys[1]}] " + "".join(f"{key}: " for key in keys[2:3])
    if len(keys) > 1:
        return f"[{keys[0]}] {keys[1]}: "
    return "".join(f"{key}: " for key in keys)


def meant(word: str, words: Iterable[str]) -> str:
    """Return the end of a sentence: the word that was probably meant; "" when none is near."""
    close = difflib.get_close_matches(word, sorted(words), n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return the end of a sentence: the word that was probably meant, or all there are."""
    words = sorted(choices)
    everything = f"; known: {', '.join(words)}" if words else ""
    return meant(word, words) or everything


class Table:
    """One table. Ask for each key once, then `finish`: any other key is a mistake."""

    def __init__(self, mistakes: Mistakes, place: Place, data: dict[str, object]) -> None:
        self.mistakes = mistakes
        self.place = place
        self._data = data
        self._keys: list[str] = []

    @property
    def line(self) -> int | None:
        """The line on which the table begins."""
        return self.mistakes.line(self.place)

    def place_of(self, key: str, *index: str | int) -> Place:
        """The place of a key, or of an element of its value."""
        return (*self.place, key, *index)

    def wrong(self, key: str, what: str, *index: int) -> None:
        """Note a mistake at a key."""
        self.mistakes.add(self.place_of(key, *index), what)

    def has(self, key: str) -> bool:
        """Return whether the key is written at all."""
        return key in self._data

    def text(self, key: str, *, required: bool = False) -> str:
        """A string; "" when it is missing or wrong."""
        value = self._get(key, str, "a string")
        if required and not self.has(key):
            self.mistakes.add(self.place, f"`{key}` is missing")
        elif required and value is not None and not value.strip():
            self.wrong(key, "must not be empty")
        return value or ""

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """An array of strings, without the elements that are wrong."""
        return tuple(text for _, text in self.elements(key, required=required))

    def elements(self, key: str, *, required: bool = False) -> list[tuple[int, str]]:
        """An array of strings, each with its index, without those that are wrong."""
        values = self._get(key, list, 'an array of strings, such as ["a", "b"]')
        if required and not self.has(key):
            self.mistakes.add(self.place, f"`{key}` is missing")
        elif required and values == []:
            self.wrong(key, "must not be empty")
        return [(at, value) for at, value in enumerate(values or ()) if self._is_text(key, at, value)]

    def _is_text(self, key: str, index: int, value: object) -> bool:
        if not isinstance(value, str):
            self.wrong(key, f"element {index + 1} must be a string, not {_kind(value)}", index)
        elif not value.strip():
            self.wrong(key, f"element {index + 1} is empty", index)
        else:
            return True
        return False

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A boolean."""
        value = self._get(key, bool, "true or false")
        return default if value is None else value

    def positive(self, key: str) -> int | None:
        """A whole number of at least 1; None when it is missing or wrong."""
        value = self._get(key, int, "a whole number")
        if value is not None and value < 1:
            self.wrong(key, f"must be at least 1, not {value}; leave it out for no bound")
            return None
        return value

    def choice(self, key: str, default: E) -> E:
        """One of the values of an enumeration."""
        kind = type(default)
        value = self._get(key, str, "a string")
        if value is None:
            return default
        if value not in list(kind):
            self.wrong(key, f"`{value}` is none of {', '.join(kind)}{meant(value, kind)}")
            return default
        return kind(value)

    def day(self, key: str) -> datetime.date | None:
        """A date without a time."""
        value = self._get(key, datetime.date, "a date, such as 2026-12-31 without quotes")
        if isinstance(value, datetime.datetime):
            self.wrong(key, "must be a date without a time, such as 2026-12-31")
            return None
        return value

    def table(self, key: str) -> dict[str, object]:
        """A table as it is, with keys of the policy's own choice."""
        values: dict[str, object] = self._get(key, dict, f"a table, written [{key}]") or {}
        return values

    def named(self, key: str) -> list[tuple[str, Table]]:
        """The tables of a table, by name: `[coordinators.NAME]`."""
        tables = []
        for name, value in self.table(key).items():
            if isinstance(value, dict):
                tables.append((name, Table(self.mistakes, self.place_of(key, name), value)))
            else:
                self.mistakes.add((*self.place, key, name), f"must be a table, written [{key}.{name}]")
        return tables

    def array(self, key: str) -> list[Table]:
        """The tables of an array: `[[domains]]`."""
        values = self._get(key, list, f"an array of tables, written [[{key}]]") or []
        tables = []
        for index, value in enumerate(values):
            if isinstance(value, dict):
                tables.append(Table(self.mistakes, self.place_of(key, index), value))
            else:
                self.wrong(key, f"must be an array of tables, written [[{key}]]", index)
        return tables

    def finish(self) -> None:
        """Note every key that was not asked for."""
        for key in self._data:
            if key not in self._keys:
                self.wrong(key, f"unknown key{did_you_mean(key, self._keys)}")

    def _get(self, key: str, kind: type[T], wanted: str) -> T | None:
        self._keys.append(key)
        if key not in self._data:
            return None
        value = self._data[key]
        # in Python a bool is an int; in TOML it is not
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        self.wrong(key, f"must be {wanted}, not {_kind(value)}")
        return None


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a date or time")
