"""Names are nouns: what nobody should have to look up stands in the name itself."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import gate

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(gate.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
BANNED = frozenset(
    (
        *("one", "other", "each", "rest", "there", "own"),
        *("found", "said", "told", "listed", "known", "made", "given", "asked", "met"),
        *("came", "goes", "gone", "became", "anew"),
    )
)
"""Pronouns and participles without a noun: they say nothing of what is held."""
MOST_LOCAL = 20
"""Bindings of all kinds that may still be called so."""


def bindings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store(), lineno=line):
                yield line, name
            case ast.Attribute(attr=name, ctx=ast.Store(), lineno=line):
                yield line, name
            case ast.arg(arg=name, lineno=line) | ast.alias(asname=str(name), lineno=line):
                yield line, name
            case ast.FunctionDef(name=name, lineno=line) | ast.ClassDef(name=name, lineno=line):
                yield line, name
            case ast.ExceptHandler(name=str(name), lineno=line) | ast.MatchAs(name=str(name), lineno=line):
                yield line, name


def public(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What other modules can see: names of the module, and fields, methods and parameters of what is public."""
    for node in tree.body:
        yield from _public(node)


def _public(node: ast.stmt) -> Iterator[tuple[int, str]]:
    match node:
        case ast.FunctionDef(name=name) if not name.startswith("_"):
            yield node.lineno, name
            parameters = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            yield from ((parameter.lineno, parameter.arg) for parameter in parameters)
        case ast.ClassDef(name=name) if not name.startswith("_"):
            yield node.lineno, name
            for member in node.body:
                yield from _public(member)
        case ast.Assign(targets=targets):
            yield from ((node.lineno, target.id) for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield node.lineno, name


def is_banned(name: str) -> bool:
    return name.strip("_").lower() in BANNED


def test_no_public_name_is_a_pronoun() -> None:
    places = [
        f"{path.relative_to(PACKAGE.parent)}:{line}: {name}"
        for path in FILES
        for line, name in public(ast.parse(path.read_text("utf-8")))
        if is_banned(name)
    ]
    assert places == []


def test_few_names_of_any_kind_are() -> None:
    count = sum(is_banned(name) for path in FILES for _, name in bindings(ast.parse(path.read_text("utf-8"))))
    assert count < MOST_LOCAL


def test_a_class_name_exists_once() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(PACKAGE.parent)}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def one(): ...", ["one"]),
        ("def f(*, told): ...", ["told"]),
        ("class C:\n    found: int\n    def each(self): ...", ["found", "each"]),
        ("def _f(one): ...\none_use = 1", []),
    ],
)
def test_what_is_public(text: str, names: list[str]) -> None:
    assert [name for _, name in public(ast.parse(text)) if is_banned(name)] == names
