"""The imports that begin lines of a Python file, read off its text: quick, and rather too many than too few.

They say which files may be loaded with it, which is all that many files are needed for.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from gate.languages.python.reader import decoded
from gate.model.source import FileFacts, Import

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "python-imports"
VERSION = 1

_MOST = 2000
"""Names imported by one file; what has more is generated."""
_AT_TOP = re.compile(
    r"^(?:from[ \t]++([\w.]++)[ \t]++import[ \t]*+(?:\(([^()]*+)\)|([^\n;(]++))|import[ \t]++([^\n;]++))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#[^\n]*")


def read(content: bytes, _ending: str = "imports:") -> FileFacts:
    """The imports, without lines and without what they are called."""
    return FileFacts("partial", imports=tuple(islice(_imports(decoded(content) or ""), _MOST)))


def _imports(text: str) -> Iterator[Import]:
    for found in _AT_TOP.finditer(text):
        dotted_name, inside, plain, whole = found.groups()
        if whole is not None:
            yield from (Import(name, "", "", 0, 0) for name in _first_words(whole))
            continue
        module = dotted_name.lstrip(".")
        for name in _first_words(inside or plain or ""):
            yield Import(module, name, "", len(dotted_name) - len(module), 0)


def _first_words(listed: str) -> Iterator[str]:
    """The names of a list of imports, without what they are called from there on."""
    for part in _COMMENT.sub("", listed).split(","):
        yield from part.split()[:1]
