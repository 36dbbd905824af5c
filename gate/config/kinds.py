"""The kinds of values in a policy: how each is read, written, and described to editors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from gate import route
from gate.config.table import did_you_mean, meant
from gate.config.toml_text import array, quoted

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from enum import StrEnum

    from gate.config.table import Table

Schema = dict[str, Any]
CODE = "[A-Z]+[0-9]*"
"""A finding code, or the beginning of one, as a regular expression."""
NO_CODE = "is no code: letters and digits such as G201, or the beginning of one (G2)"


class Kind(Protocol):
    """One kind of value."""

    @property
    def shape(self) -> str:
        """The form of the value, in a few words: `string`, `array of strings`."""

    @property
    def empty(self) -> object:
        """The value of a key that is left out."""

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> Any:
        """Return the key's value; mistakes are noted with the table, and `empty` stands for what is wrong."""

    def write(self, value: Any) -> str:
        """Return the value as TOML."""

    def schema(self) -> Schema:
        """Return the JSON Schema of a value that may be written."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string."""

    shape: str = "string"
    empty: str = ""

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> str:
        """Return the string; "" when it is missing or wrong."""
        del coordinators
        return table.text(key, required=required)

    def write(self, value: str) -> str:
        """Return the string on one line."""
        return quoted(value)

    def schema(self) -> Schema:
        """Return the schema of any string."""
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class OneOf(Text):
    """One of a few words. `what` says in a mistake what the words name."""

    words: tuple[str, ...] = ()
    what: str = ""

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> str:
        """Return the word; "" when it is missing."""
        del coordinators
        word = table.text(key, required=required)
        if word and word not in self.words:
            table.wrong(key, f"`{word}` is no {self.what}{did_you_mean(word, self.words)}")
        return word

    def schema(self) -> Schema:
        """Return the schema of the words."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Code(Text):
    """A finding code, or the beginning of codes."""

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> str:
        """Return the code; "" when it is missing."""
        del coordinators
        code = table.text(key, required=required)
        if code and not re.fullmatch(CODE, code):
            table.wrong(key, f"`{code}` {NO_CODE}")
        return code

    def schema(self) -> Schema:
        """Return the schema of a code."""
        return {"type": "string", "pattern": f"^{CODE}$"}


@dataclass(frozen=True, slots=True)
class CoordinatorName(Text):
    """The name of a coordinator that the policy has."""

    shape: str = "a coordinator's name"

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> str:
        """Return the name; "" when it is missing."""
        before = len(table.mistakes.entries)
        name = table.text(key, required=required)
        if table.has(key) and name not in coordinators and len(table.mistakes.entries) == before:
            _note_unknown(table, key, name, coordinators)
        return name


@dataclass(frozen=True, slots=True)
class FolderName(Text):
    """A folder of the repository."""

    shape: str = "a folder"

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> str:
        """Return the folder without a slash at its end; "" when it is missing or wrong."""
        del coordinators
        name = table.text(key, required=required).removesuffix("/")
        parts = name.split("/")
        if table.has(key) and (not name.isprintable() or "\\" in name or {"", ".", ".."} & {*parts}):
            table.wrong(key, "must be a folder of the repository, such as `templates`, without `..`")
            return ""
        return name


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of an enumeration; `empty` is its default."""

    empty: StrEnum

    @property
    def shape(self) -> str:
        """The values."""
        return " or ".join(f"`{value}`" for value in type(self.empty))

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> StrEnum:
        """Return the value; the default when it is missing or wrong."""
        del coordinators, required
        return table.choice(key, self.empty)

    def write(self, value: StrEnum) -> str:
        """Return the value in quotes."""
        return f'"{value}"'

    def schema(self) -> Schema:
        """Return the schema of the values."""
        return {"enum": [str(value) for value in type(self.empty)]}


@dataclass(frozen=True, slots=True)
class Texts:
    """An array of strings, none of them blank."""

    shape: str = "array of strings"
    empty: tuple[str, ...] = ()

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> Any:
        """Return the strings, without those that are wrong."""
        del coordinators
        return table.texts(key, required=required)

    def write(self, value: Collection[str]) -> str:
        """Return the array, on several lines where it is long."""
        return array(value)

    def schema(self) -> Schema:
        """Return the schema of the array."""
        return {"type": "array", "items": {"type": "string", "pattern": r"\S"}}


@dataclass(frozen=True, slots=True)
class Globs(Texts):
    """An array of shell patterns that match branches; `*` crosses `/`."""

    shape: str = "array of globs"


@dataclass(frozen=True, slots=True)
class Patterns(Texts):
    """An array of gitignore patterns; each is read with its line: `(line, pattern)`."""

    shape: str = "array of gitignore patterns"

    def read(
        self, table: Table, key: str, coordinators: Collection[str], *, required: bool
    ) -> list[tuple[int | None, str]]:
        """Return the patterns with their lines, without those that are none."""
        del coordinators
        patterns = []
        for index, pattern in table.elements(key, required=required):
            try:
                route.pattern_of(pattern)
                route.pattern_of(pattern, folded=True)
            except ValueError as error:
                table.wrong(key, f"the pattern `{pattern}` {error}", index)
            else:
                patterns.append((table.mistakes.line(table.place_of(key, index)), pattern))
        return patterns


@dataclass(frozen=True, slots=True)
class Expressions(Texts):
    """An array of regular expressions."""

    shape: str = "array of regular expressions"

    def read(
        self, table: Table, key: str, coordinators: Collection[str], *, required: bool
    ) -> tuple[str, ...]:
        """Return the expressions."""
        del coordinators
        expressions = table.elements(key, required=required)
        for index, expression in expressions:
            try:
                re.compile(expression)
            except re.error as error:
                table.wrong(key, f"the regular expression `{expression}` is none: {error}", index)
        return tuple(expression for _, expression in expressions)


@dataclass(frozen=True, slots=True)
class CoordinatorNames(Texts):
    """An array of names of coordinators that the policy has."""

    shape: str = "array of coordinators' names"

    def read(
        self, table: Table, key: str, coordinators: Collection[str], *, required: bool
    ) -> tuple[str, ...]:
        """Return the names."""
        names = table.elements(key, required=required)
        for index, name in names:
            if name not in coordinators:
                _note_unknown(table, key, name, coordinators, index)
        return tuple(name for _, name in names)


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of at least 1; None where it is left out."""

    shape: str = "number"
    empty: None = None

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> int | None:
        """Return the number; None when it is missing or wrong."""
        del coordinators, required
        return table.positive(key)

    def write(self, value: int) -> str:
        """Return the number."""
        return str(value)

    def schema(self) -> Schema:
        """Return the schema of the number."""
        return {"type": "integer", "minimum": 1}


@dataclass(frozen=True, slots=True)
class FormatVersion(Count):
    """The one version of the format that this program reads."""

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> int | None:
        """Return the version; None when it is missing."""
        del coordinators, required
        version = table.positive(key)
        if version is not None and version != 1:
            table.wrong(key, f"{version} is not known to this git-gate, which reads version 1")
        return version

    def schema(self) -> Schema:
        """Return the schema of the one version."""
        return {"const": 1}


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean; `empty` is its default."""

    empty: bool = False
    shape: str = "boolean"

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> bool:
        """Return the boolean."""
        del coordinators, required
        return table.flag(key, default=self.empty)

    def write(self, value: bool) -> str:
        """Return `true` or `false`."""
        return "true" if value else "false"

    def schema(self) -> Schema:
        """Return the schema of a boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Day:
    """A date without a time; None where it is left out."""

    shape: str = "date"
    empty: None = None

    def read(self, table: Table, key: str, coordinators: Collection[str], *, required: bool) -> date | None:
        """Return the date; None when it is missing or wrong."""
        del coordinators, required
        return table.day(key)

    def write(self, value: date) -> str:
        """Return the date as TOML writes it."""
        return value.isoformat()

    def schema(self) -> Schema:
        """Return the schema of a date."""
        return {"type": "string", "format": "date"}


def _note_unknown(table: Table, key: str, name: str, coordinators: Collection[str], *index: int) -> None:
    if not name:
        table.wrong(key, "names no coordinator", *index)
    else:
        table.wrong(key, f"there is no [coordinators.{name}]{did_you_mean(name, coordinators)}", *index)


def severity_mistake(code: str, weight: object, weights: tuple[str, ...]) -> str:
    """Return what is wrong with a line of `[severity]`; "" for nothing."""
    if not re.fullmatch(CODE, code):
        return NO_CODE
    if not isinstance(weight, str) or weight not in weights:
        return f"must be one of {', '.join(weights)}, in quotes{meant(str(weight), weights)}"
    return ""
