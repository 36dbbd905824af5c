"""Fixtures of pytest's: which functions are one, and which a test or a fixture asks for by its parameters."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gate.languages.python.reader.chains import dotted
from gate.model.source import StringReference, last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.languages.python.reader.signatures import Function

_FIXTURE_DECORATORS = ("pytest.fixture", "fixture", "pytest_asyncio.fixture", "pytest.yield_fixture")


def fixture_name(node: Function) -> str:
    """Return the name by which tests ask for a fixture, "" for all other functions."""
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        if dotted(decorator if call is None else call.func) in _FIXTURE_DECORATORS:
            keywords = [] if call is None else call.keywords
            name = next((keyword.value for keyword in keywords if keyword.arg == "name"), None)
            return str(name.value) if isinstance(name, ast.Constant) else node.name
    return ""


def requested(node: Function, *, method: bool, decorators: Sequence[str]) -> Iterator[StringReference]:
    """Yield the fixtures that a test or a fixture asks for by its parameters; `method` when it gets an instance."""
    if not node.name.startswith("test") and not fixture_name(node):
        return
    arguments = [*node.args.posonlyargs, *node.args.args]
    without_default = arguments[method : len(arguments) - len(node.args.defaults)]
    mocks = sum(last_name(decorator) in ("patch", "object") for decorator in decorators)
    provided = _parametrized(node)
    for argument in (*without_default[mocks:], *node.args.kwonlyargs):
        if argument.arg not in provided:
            yield StringReference(argument.arg, "fixture", argument.lineno)


def _parametrized(node: Function) -> set[str]:
    """Return the parameters that `pytest.mark.parametrize` provides by itself; an `indirect` one is a fixture."""
    names: set[str] = set()
    for decorator in node.decorator_list:
        if (
            isinstance(decorator, ast.Call)
            and dotted(decorator.func).endswith("parametrize")
            and decorator.args
        ):
            names.update(set(_argument_names(decorator.args[0])) - _indirect(decorator))
    return names


def _indirect(node: ast.Call) -> set[str]:
    """Return the parameters of a `parametrize` that are fixtures."""
    for keyword in node.keywords:
        if keyword.arg == "indirect" and isinstance(keyword.value, ast.Constant):
            return set(_argument_names(node.args[0])) if keyword.value.value is True else set()
        if keyword.arg == "indirect":
            return set(_argument_names(keyword.value))
    return set()


def _argument_names(node: ast.expr) -> Iterator[str]:
    """Yield the names in a string separated by commas, or in a list of such."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from (name.strip() for name in node.value.split(","))
    elif isinstance(node, (ast.Tuple, ast.List)):
        for element in node.elts:
            yield from _argument_names(element)
