"""SQL in ordinary code that inserts rows: `INSERT INTO t`, with what it names and what it expects to be unique.

Only what is written out counts: the table's name, and after it a list of columns, values, or a query. Any language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.migrations.tools.base.calls import clipped, words_of
from gate.model.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = (
    *(".py", ".pyx", ".go", ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".rb", ".rs"),
    *(".java", ".kt", ".scala", ".cs", ".php", ".ex", ".exs", ".sql", ".swift", ".c", ".cc", ".cpp"),
)
_HINT = re.compile(rb"insert\s", re.IGNORECASE)
_NAME = r'[\w.\\"`\[\]]{1,200}'
_INSERT = re.compile(
    rf"\binsert\s+(?:ignore\s+|or\s+\w+\s+)?into\s+({_NAME})\s*(?=\(|values\b|select\b|default\s+values\b)",
    re.IGNORECASE,
)
_CONFLICT = re.compile(r"\bon\s+conflict\s*\(([^()]{1,500})\)", re.IGNORECASE)
_END = re.compile(r";|\"\"\"|'''|`\s*[,;)]|\n\s*\n|\binsert\s+(?:\w+\s+){0,2}into\b", re.IGNORECASE)
"""Where such a text is over at the latest: the end of the statement, of the text it stands in, or of the paragraph."""
_LONGEST = 3000


def may_have(path: str) -> bool:
    """Return whether a file of that path may hold code with SQL."""
    return path.lower().endswith(_ENDINGS)


def read(content: bytes) -> tuple[Operation, ...]:
    """Return what a file inserts, as operations on data; `columns` are those that `ON CONFLICT` names."""
    if not _HINT.search(content) or b"\0" in content:
        return ()
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    return tuple(_inserts(text))


def _inserts(text: str) -> Iterator[Operation]:
    line, counted = 1, 0
    for match in _INSERT.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        name = re.sub(r'[\\"`\[\]]', "", match[1]).lower().strip(".").removeprefix("public.")
        if name:
            end = _END.search(text, match.end(), match.end() + _LONGEST)
            statement = text[match.start() : end.start() if end else match.end() + _LONGEST].rstrip()
            conflict = _CONFLICT.search(statement)
            yield Operation(
                "change data",
                name,
                columns=_columns(conflict[1]) if conflict else (),
                tables=(name,),
                words=words_of(statement),
                effect="inserts",
                sure=False,
                line=line,
                text=clipped(statement),
            )


def _columns(text: str) -> tuple[str, ...]:
    """Return the columns of a list; nothing where it holds expressions."""
    columns = [re.sub(r'[\s\\"`]', "", part).lower() for part in text.split(",")]
    return tuple(columns) if all(re.fullmatch(r"\w+", column) for column in columns) else ()
