"""Rust, through its tree-sitter grammar. Paths are kept with dots: `crate.a.b` is `crate::a::b`."""

from __future__ import annotations

import tree_sitter_rust

from gate.languages.base.treesitter import parse, parser_of
from gate.languages.rust.reader.file import RustFile
from gate.model.source import FileFacts

NAME = "rust"
VERSION = 1

_PARSER = parser_of(tree_sitter_rust.language)


def read(content: bytes, _ending: str = ".rs") -> FileFacts:
    """Return the facts of a Rust file."""
    root = parse(content, _PARSER)
    return root if isinstance(root, FileFacts) else RustFile().facts(root)
