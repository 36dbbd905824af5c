"""JavaScript and TypeScript, through tree-sitter: ES modules and CommonJS, JSX, declaration files."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Language, Parser

from gate.languages.base.text import has_endless_comments, unreadable
from gate.languages.javascript.reader.walk import facts_of
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from tree_sitter import Node

NAME = "javascript"
VERSION = 2

_TYPED = {".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx"}


def read(content: bytes, ending: str) -> FileFacts:
    """Return the facts of a JavaScript or TypeScript file.

    Where the grammar does not know the syntax (Flow, the newest proposals) the facts are partial: what stands around
    the error is kept, and nothing is absent from such a file.
    """
    why = unreadable(content) or ("its comments never end" if has_endless_comments(content) else "")
    if why:
        return FileFacts("none", why)
    dialect = _TYPED.get(ending, "javascript")
    root = _parser(dialect).parse(content.removeprefix(b"\xef\xbb\xbf")).root_node
    try:
        facts = facts_of(root, typed=ending in _TYPED, commonjs=b"exports" in content)
    except RecursionError:
        return FileFacts("none", "it is nested too deeply")
    return _partial(facts, root) if root.has_error else facts


def _partial(facts: FileFacts, root: Node) -> FileFacts:
    """Return what is kept of a file with syntax errors."""
    if root.type == "ERROR":
        return FileFacts("none", "it does not parse")
    return FileFacts(
        "partial",
        "its syntax is not wholly known; read in part",
        facts.definitions,
        facts.imports,
        facts.references,
        exported=facts.exported,
        dynamic=tuple(sorted({*facts.dynamic, "exports"})),
        settings=facts.settings,
    )


@cache
def _parser(dialect: str) -> Parser:
    if dialect == "javascript":
        import tree_sitter_javascript

        return Parser(Language(tree_sitter_javascript.language()))
    import tree_sitter_typescript

    grammar = (
        tree_sitter_typescript.language_tsx
        if dialect == "tsx"
        else tree_sitter_typescript.language_typescript
    )
    return Parser(Language(grammar()))
