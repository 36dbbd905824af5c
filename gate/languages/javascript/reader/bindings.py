"""Variables, and assignments that define something: to `this.x`, to `exports.x`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader import define, modules
from gate.languages.javascript.reader.patterns import bound_names, parts_read
from gate.languages.javascript.reader.scopes import class_of_this
from gate.languages.javascript.reader.syntax import (
    CLASSES,
    FUNCTIONS,
    chain_text,
    required_module,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import FileWalk


def variables(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `const`, `let` or `var`."""
    var = node.type == "variable_declaration"
    for declarator in node.named_children:
        if declarator.type != "variable_declarator":
            continue
        pattern, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
        specifier = required_module(value)
        if specifier and pattern is not None:
            for name, alias in _required_names(pattern):
                walk.add_import(specifier, name, alias, declarator, redeclarable=var)
        elif walk.block.kind == "module" and pattern is not None:
            _define(walk, declarator, pattern, value, overload="var" if var else "")
        walk.visit(_parts_read(declarator, pattern, value))
    return None


def _define(walk: FileWalk, node: Node, pattern: Node, value: Node | None, *, overload: str) -> None:
    """Define the names of a declarator: functions and classes where they are bound to such."""
    scope, conditional = walk.block.path, bool(walk.conditional)
    if pattern.type != "identifier":
        for bound in bound_names(pattern):
            walk.define(define.definition(
                node, text(bound), scope, "variable", conditional=conditional, overload=overload
            ))  # fmt: skip
        return
    name = text(pattern)
    if value is not None and value.type in FUNCTIONS:
        signature = None if _has_type(node) else define.signature(value, typed=walk.typed)
        walk.define(define.definition(
            node, name, scope, "function", signature=signature, conditional=conditional, overload=overload
        ))  # fmt: skip
    elif value is not None and value.type in CLASSES:
        walk.define(define.definition(
            node, name, scope, "class", bases=define.bases(value), conditional=conditional, opaque=True,
            overload=overload,
        ))  # fmt: skip
    else:
        _define_variable(walk, node, name, value, overload)


def _define_variable(walk: FileWalk, node: Node, name: str, value: Node | None, overload: str) -> None:
    """Define a variable, with the keys of the object it is bound to."""
    scope = walk.block.path
    literal, own_type = define.literal_object(value)
    closed = literal is None or (own_type and not _has_type(node) and modules.is_closed(literal))
    walk.define(define.definition(
        node, name, scope, "variable", conditional=bool(walk.conditional), value=value_text(value),
        overload=overload, opaque=not closed,
    ))  # fmt: skip
    if literal is not None and not walk.conditional:
        walk.define_all(define.object_keys(literal, f"{scope}.{name}[]" if scope else f"{name}[]"))


def _required_names(pattern: Node) -> list[tuple[str, str]]:
    """Return (name of the module, alias) of what is bound to a `require`: `x`, `{a: b}`.

    The name is "" for the whole module, and where it is not known.
    """
    if pattern.type == "identifier":
        return [("", text(pattern))]
    names: list[tuple[str, str]] = []
    for part in pattern.named_children:
        if part.type == "shorthand_property_identifier_pattern":
            names.append((text(part), text(part)))
        elif part.type == "pair_pattern":
            target = part.child_by_field_name("value")
            if target is not None and target.type == "identifier":
                names.append((text(part.child_by_field_name("key")), text(target)))
        else:
            names += [("", text(bound)) for bound in bound_names(part)]
    return names


def alias(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `import x = A.B`."""
    name, *targets = node.named_children
    if walk.block.kind == "module":
        chain = chain_text(targets[0]) if targets else ""
        walk.define(define.definition(
            node, text(name), walk.block.path, "variable", conditional=bool(walk.conditional), value=chain, opaque=True
        ))  # fmt: skip
    return targets


def assignment(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `a = b`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return node.named_children
    if left.type in ("object_pattern", "array_pattern"):
        return [*parts_read(left), right]
    if walk.commonjs and left.type == "member_expression":
        _export(walk, left, right)
    if left.type == "member_expression":
        target = left.child_by_field_name("object")
        is_this = target is not None and target.type == "this"
        owner = class_of_this(walk.chains.blocks) if is_this else ""
        if owner:
            name = text(left.child_by_field_name("property"))
            if not walk.is_defined(owner, name):
                value = value_text(right)
                walk.define(define.definition(node, name, owner, "attribute", value=value, overload="this"))
            return [right]
    return [left, right]


def _export(walk: FileWalk, left: Node, right: Node) -> None:
    """Add what an assignment to `exports` or `module.exports` exports."""
    exports = modules.commonjs_exports(left, right)
    if exports is None:
        return
    walk.settings.append(("module", "commonjs"))
    walk.exports += exports
    if chain_text(left) == "module.exports" and not modules.is_closed(right):
        walk.dynamic.add("exports")


def _has_type(declarator: Node) -> bool:
    """Return whether a declarator has a type, as in `const f: T = ...`; what T says of calls is not in this text."""
    return declarator.child_by_field_name("type") is not None


def _parts_read(declarator: Node, pattern: Node | None, value: Node | None) -> list[Node]:
    """Return what a declarator reads: defaults and computed keys of its pattern, its type, its value."""
    annotation = declarator.child_by_field_name("type")
    parts = list(parts_read(pattern)) if pattern is not None and pattern.type != "identifier" else []
    return [*parts, *(node for node in (annotation, value) if node is not None)]
