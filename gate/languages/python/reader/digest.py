"""Digests of definitions: the same for two that do the same when they run."""

from __future__ import annotations

import ast
import re
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.languages.python.reader.signatures import Function
    from gate.model.source import Signature

_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_LAYOUT = str.maketrans("", "", " \t\r\n\f\\")
_CLOSING = re.compile(r",([)\]}])")


def of_text(lines: Sequence[str]) -> str:
    """Return a digest of a text that its layout, quotes and comments do not change."""
    text = _COMMENT.sub("", "\n".join(lines))
    plain = _CLOSING.sub(r"\1", text.translate(_LAYOUT).replace("'", '"'))
    return blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def of_function(lines: Sequence[str], node: Function, signature: Signature) -> str:
    """Return a digest of a function's parameters, their defaults and its body.

    Its name, annotations and docstring do not change it.
    """
    values = (*node.args.defaults, *node.args.kw_defaults)
    defaults = [ast.unparse(value) if value is not None else "" for value in values]
    return of_text([repr(signature), *defaults, *_body(lines, node)])


def _body(lines: Sequence[str], node: Function) -> Sequence[str]:
    """Return the lines of a function's body, docstring aside."""
    statements = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    if not statements:
        return ()
    first = statements[0]
    starts = [first, *getattr(first, "decorator_list", ())]
    line = min(start.lineno for start in starts)
    text = lines[line - 1 : node.end_lineno]
    if line == node.lineno:  # all on one line
        return (text[0].encode()[first.col_offset :].decode("utf-8", "replace"), *text[1:])
    return text
