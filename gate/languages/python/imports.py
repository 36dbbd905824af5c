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

_MOST_NAMES = 2000
"""Names imported by one file; what has more is generated."""
_STATEMENT = re.compile(
    r"^(?:from[ \t]++([\w.]++)[ \t]++import[ \t]*+(?:\(([^()]*+)\)|([^\n;(]++))|import[ \t]++([^\n;]++))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#[^\n]*")


def read(content: bytes, _ending: str = "imports:") -> FileFacts:
    """Return facts with the imports alone, without their lines and aliases."""
    return FileFacts("partial", imports=tuple(islice(_imports(decoded(content) or ""), _MOST_NAMES)))


def _imports(text: str) -> Iterator[Import]:
    for statement in _STATEMENT.finditer(text):
        dotted_name, in_parentheses, plain, modules = statement.groups()
        if modules is not None:
            yield from (Import(name, "", "", 0, 0) for name in _first_words(modules))
            continue
        module = dotted_name.lstrip(".")
        for name in _first_words(in_parentheses or plain or ""):
            yield Import(module, name, "", len(dotted_name) - len(module), 0)


def _first_words(names: str) -> Iterator[str]:
    """Yield the names between commas, without their aliases."""
    for part in _COMMENT.sub("", names).split(","):
        yield from part.split()[:1]
