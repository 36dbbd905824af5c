"""JavaScript and TypeScript, through tree-sitter: ES modules and CommonJS, JSX, declaration files."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Language, Parser

from gate.languages.base.text import has_endless_comments, unreadable
from gate.languages.javascript.reader.walk import facts
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from tree_sitter import Node

NAME = "javascript"
VERSION = 2

_TYPED = {".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx"}


def read(content: bytes, ending: str) -> FileFacts:
    """The facts of a JavaScript or TypeScript file.

    Where the grammar does not know the syntax (Flow, the newest proposals) the facts are partial: what stands around
    the error is kept, and nothing is absent from such a file.
    """
    why = unreadable(content) or ("its comments never end" if has_endless_comments(content) else "")
    if why:
        return FileFacts("none", why)
    dialect = _TYPED.get(ending, "javascript")
    root = _parser(dialect).parse(content.removeprefix(b"\xef\xbb\xbf")).root_node
    try:
        found = facts(root, typed=ending in _TYPED, commonjs=b"exports" in content)
    except RecursionError:
        return FileFacts("none", "it is nested too deeply")
    if root.has_error:
        return _partial(found, root)
    return found


def _partial(found: FileFacts, root: Node) -> FileFacts:
    if root.type == "ERROR":
        return FileFacts("none", "it does not parse")
    return FileFacts(
        "partial",
        "its syntax is not wholly known; read in part",
        found.definitions,
        found.imports,
        found.references,
        exported=found.exported,
        dynamic=tuple(sorted({*found.dynamic, "exports"})),
        settings=found.settings,
    )


@cache
def _parser(dialect: str) -> Parser:
    if dialect == "javascript":
        import tree_sitter_javascript

        return Parser(Language(tree_sitter_javascript.language()))
    import tree_sitter_typescript

    made = (
        tree_sitter_typescript.language_tsx
        if dialect == "tsx"
        else tree_sitter_typescript.language_typescript
    )
    return Parser(Language(made()))
