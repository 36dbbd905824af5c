"""TOML, whose own rules forbid that a key comes twice."""

from __future__ import annotations

import tomllib

from gate.model.source import FileFacts

NAME = "toml"
VERSION = 1

_LONGEST_LINE = 20_000
"""The parser's time grows with the square of a dotted key's length."""


def read(content: bytes, _ending: str) -> FileFacts:
    """Whether it parses; keys are not told."""
    if max(map(len, content.split(b"\n"))) > _LONGEST_LINE:
        return FileFacts("none", "it has lines of more than 20,000 characters")
    try:
        tomllib.loads(content.decode("utf-8"), parse_float=str)
    except tomllib.TOMLDecodeError as error:
        return FileFacts("none", f"it is no TOML: {_lower(str(error))}")
    except RecursionError:
        return FileFacts("none", "it is nested too deeply")
    except ValueError:
        return FileFacts("none", "it is no TOML")
    return FileFacts("full")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
