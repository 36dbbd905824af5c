"""JSON with comments and trailing commas, as some tools read their settings."""

from __future__ import annotations

from itertools import pairwise

from gate.documents import json
from gate.model.source import FileFacts

NAME = "jsonc"
VERSION = 1


def read(content: bytes, _ending: str) -> FileFacts:
    """The facts of a file."""
    try:
        return json.of_text(_plain(content.decode("utf-8-sig")))
    except UnicodeError:
        return FileFacts("none", "its encoding is unknown")


def _plain(text: str) -> str:
    """Strict JSON that means the same, on the same lines."""
    found = ["\n" * one.count("\n") if one.startswith(("//", "/*")) else one for one in json.tokens(text)]
    marks = [index for index, one in enumerate(found) if one and not one.isspace()]
    for index, then in pairwise(marks):
        if found[index] == "," and found[then] in ("}", "]"):
            found[index] = ""
    return "".join(found)
