"""Java, through its tree-sitter grammar."""

from __future__ import annotations

import tree_sitter_java

from gate.languages.base.treesitter import parse, parser_of
from gate.languages.java.reader.file import JavaFile
from gate.model.source import FileFacts

NAME = "java"
VERSION = 1

_PARSER = parser_of(tree_sitter_java.language)


def read(content: bytes, _ending: str = ".java") -> FileFacts:
    """Return the facts of a Java file."""
    root = parse(content, _PARSER)
    return root if isinstance(root, FileFacts) else JavaFile().facts(root)
