"""JSON with comments and trailing commas, as some tools read their settings."""

from __future__ import annotations

from itertools import pairwise

from gate.documents import json
from gate.documents.paths import FormatPaths
from gate.model.source import FileFacts

NAME = "jsonc"
VERSION = 1

_STARTS = (
    "tsconfig",
    "jsconfig",
    "devcontainer",
    ".eslintrc",
    "babel.config",
    "api-extractor",
    "deno",
    "turbo",
)
"""How the names of JSON files begin in which their tools allow comments."""


def allows_comments(path: str) -> bool:
    """Return whether the tool that reads a JSON file allows comments in it."""
    return path.rpartition("/")[2].startswith(_STARTS) or "/.vscode/" in f"/{path}"


PATHS = FormatPaths(
    (".jsonc",), (".babelrc", ".eslintrc", "bun.lock"), instead_of="json", where=allows_comments
)


def read(content: bytes, _ending: str) -> FileFacts:
    """Return the facts of a file."""
    try:
        return json.of_text(_plain(content.decode("utf-8-sig")))
    except UnicodeError:
        return FileFacts("none", "its encoding is unknown")


def _plain(text: str) -> str:
    """Return strict JSON with the same meaning, on the same lines."""
    tokens = [
        "\n" * token.count("\n") if token.startswith(("//", "/*")) else token for token in json.tokens(text)
    ]
    marks = [index for index, token in enumerate(tokens) if token and not token.isspace()]
    for index, following in pairwise(marks):
        if tokens[index] == "," and tokens[following] in ("}", "]"):
            tokens[index] = ""
    return "".join(tokens)
