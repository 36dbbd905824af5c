"""Expressions that are chains of names."""

from __future__ import annotations

import ast


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a chain of names, else ""."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join((node.id, *reversed(parts)))


def chain(node: ast.expr | None) -> str:
    """Return the chain an expression is, `()` behind it when it is a call of one; else ""."""
    if isinstance(node, ast.Call):
        name = dotted(node.func)
        return f"{name}()" if name else ""
    return dotted(node) if node is not None else ""
