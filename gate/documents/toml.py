"""TOML, whose own rules forbid that a mapping repeats a key."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from gate.documents.keys import TooDeep, limit_depth
from gate.documents.paths import FormatPaths
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "toml"
VERSION = 1
PATHS = FormatPaths((".toml",), ("Cargo.lock", "Pipfile", "pdm.lock", "poetry.lock", "uv.lock"))

_LONGEST_LINE = 20_000
"""The parser's time grows with the square of a dotted key's length."""

# Strings match without their end too, or the text behind them would be scanned again from each quote.
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*(?:"{3,5})?'
    r"|'''(?:[^']|'(?!''))*(?:'{3,5})?"
    r'|"(?:[^"\\\n]|\\.)*"?'
    r"|'[^'\n]*'?"
    r"|\#[^\n]*",
    re.DOTALL,
)


def read(content: bytes, _ending: str) -> FileFacts:
    """Return facts that say whether a file parses; they hold no keys."""
    if max(map(len, content.split(b"\n"))) > _LONGEST_LINE:
        return FileFacts("none", "it has lines of more than 20,000 characters")
    try:
        load(content.decode("utf-8"), parse_float=str)
    except tomllib.TOMLDecodeError as error:
        return FileFacts("none", f"it is no TOML: {_lower(str(error))}")
    except TooDeep:
        return FileFacts("none", "it is nested too deeply")
    except ValueError:
        return FileFacts("none", "it is no TOML")
    return FileFacts("full")


def load(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the tables of a text.

    Raises:
        TooDeep: it is nested too deeply.
        ValueError: it is no TOML.
    """
    limit_depth(text, _QUOTED)
    return tomllib.loads(text, parse_float=parse_float)


def _lower(text: str) -> str:
    """Return a text with its first letter in lower case."""
    return text[:1].lower() + text[1:]
