"""Go, through its tree-sitter grammar."""

from __future__ import annotations

import tree_sitter_go

from gate.languages.base.treesitter import parse, parser_of
from gate.languages.go.reader.file import GoFile
from gate.model.source import FileFacts

NAME = "go"
VERSION = 1

_PARSER = parser_of(tree_sitter_go.language)


def read(content: bytes, _ending: str = ".go") -> FileFacts:
    """Return the facts of a Go file."""
    root = parse(content, _PARSER)
    return root if isinstance(root, FileFacts) else GoFile(content).facts(root)
