"""What the names of a class body are to a constructor that is made from fields."""

from __future__ import annotations

import ast
import re
from typing import Literal

from gate.languages.python.reader.chains import dotted

Field = Literal["", "required", "nullable", "optional", "excluded", "unknown"]
"""See `Definition.field`."""
_FIELD_FUNCTIONS = ("field", "Field", "ib", "attrib")
"""The functions that describe a field, by their last names."""
_TYPE_WORDS = re.compile(r"\b(?:ClassVar|KW_ONLY|InitVar|Annotated|Optional|Any|None)\b")


def annotated_field(node: ast.AnnAssign) -> Field:
    """Return what an annotated name is to the constructor."""
    match = _TYPE_WORDS.search(ast.unparse(node.annotation))
    word = match[0] if match else ""
    if word == "ClassVar":
        return "excluded"
    if word in ("KW_ONLY", "InitVar", "Annotated"):
        return "unknown"
    if node.value is not None:
        return _described_field(node.value) or "optional"
    return "nullable" if word else "required"


def bare_field(node: ast.expr | None) -> Field:
    """Return what a name without annotation is to the constructor: attrs alone makes fields of such."""
    if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] not in _FIELD_FUNCTIONS:
        return ""
    is_attrs = dotted(node.func) in ("attr.ib", "attr.attrib", "attrib", "ib")
    return _described_field(node) if is_attrs else "unknown"


def _described_field(node: ast.expr) -> Field:
    """Return what a call such as `field(default=1)` makes of a field; "" when it describes none."""
    if not isinstance(node, ast.Call):
        return ""
    keywords = {keyword.arg: keyword.value for keyword in node.keywords}
    if {"kw_only", "alias", "validation_alias", None} & keywords.keys():
        return "unknown"
    init = keywords.get("init")
    if isinstance(init, ast.Constant) and init.value is False:
        return "excluded"
    if dotted(node.func).rpartition(".")[2] not in _FIELD_FUNCTIONS:
        return ""
    first = node.args[0] if node.args else None
    if isinstance(first, ast.Constant) and first.value is ...:
        return "required"
    has_default = first is not None or {"default", "default_factory", "factory"} & keywords.keys()
    return "optional" if has_default else "required"
