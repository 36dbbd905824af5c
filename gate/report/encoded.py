"""Values as JSON that may be printed to a terminal and to the log of a build server."""

from __future__ import annotations

import json
import re

import msgspec

from gate.report.text import UNSEEN, valid

# Both stand only within strings, where a reference means the same: what steers the terminal it is printed to, and `##`,
# which begins a command to the log of a build server anywhere in a line.
_STEERING = re.compile(rf"(?!\n)(?:{UNSEEN.pattern}|#(?=#))")


def encoded(value: object, indent: int = 2) -> str:
    """The value as JSON, two spaces deep, with a newline at its end; bytes that are not UTF-8 stand as `\\xHH`.

    A negative `indent` writes it on one line without blanks.
    """
    plain = _valid(msgspec.to_builtins(value))
    text = msgspec.json.format(msgspec.json.encode(plain), indent=indent).decode()
    return _STEERING.sub(_reference, text) + "\n"


def _valid(value: object) -> object:
    match value:
        case str():
            return valid(value)
        case list() | tuple():
            return [_valid(item) for item in value]
        case dict():
            return {_valid(key): _valid(item) for key, item in value.items()}
    return value


def _reference(match: re.Match[str]) -> str:
    return r"\u0023" if match[0] == "#" else json.dumps(match[0])[1:-1]
