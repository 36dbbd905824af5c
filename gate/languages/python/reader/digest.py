"""What makes two functions the same: what they do when they run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.languages.python.reader import define

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.source import Signature


def of_function(lines: Sequence[str], node: define.Function, signature: Signature) -> str:
    """Of its parameters, their defaults and its body: not of its name, annotations, docstring, comments or layout."""
    given = node.args
    defaults = [ast.unparse(one) if one is not None else "" for one in (*given.defaults, *given.kw_defaults)]
    return define.digest([repr(signature), *defaults, *_body(lines, node)], "")


def _body(lines: Sequence[str], node: define.Function) -> Sequence[str]:
    statements = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    if not statements:
        return ()
    first = statements[0]
    starts = [first, *getattr(first, "decorator_list", ())]
    line = min(one.lineno for one in starts)
    text = lines[line - 1 : node.end_lineno]
    if line == node.lineno:  # all on one line
        return (text[0].encode()[first.col_offset :].decode("utf-8", "replace"), *text[1:])
    return text
