"""Python: the standard library's parser first; where this interpreter is too old for the syntax, tree-sitter."""

from __future__ import annotations

import ast
import re
import warnings

from gate.languages.base.text import unreadable
from gate.languages.python.reader.walk import PythonWalk
from gate.model.source import FileFacts

NAME = "python"
VERSION = 5

_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


def read(content: bytes, ending: str = ".py") -> FileFacts:
    """Return the facts of a Python file."""
    why = unreadable(content)
    if why:
        return FileFacts("none", why)
    text = decoded(content)
    if text is None:
        return FileFacts("none", "its encoding is unknown")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        return PythonWalk(text, stub=ending == ".pyi").module(tree)
    except (RecursionError, MemoryError):
        return FileFacts("none", "it is nested too deeply")
    except (SyntaxError, ValueError):
        return _forgiving(text)


def decoded(content: bytes) -> str | None:
    """Return the text, by its byte order mark or its coding line (PEP 263), else as UTF-8; None when it is no text."""
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:].decode("utf-8", "replace")
    coding = next(filter(None, map(_CODING.match, content.split(b"\n", 2)[:2])), None)
    try:
        return content.decode(coding[1].decode() if coding else "utf-8")
    except (LookupError, UnicodeError):
        return None


def _forgiving(text: str) -> FileFacts:
    """Return what tree-sitter reads of a file, where it is installed."""
    try:
        from gate.languages.python.reader.forgiving import read_forgiving
    except ImportError:
        return FileFacts("none", "it does not parse")
    return read_forgiving(text)
