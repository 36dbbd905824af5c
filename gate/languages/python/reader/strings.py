"""Strings that are resolved at run time: dotted paths, Django models, pytest's fixtures, entry points."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from gate.languages.python.reader.chains import dotted
from gate.model.source import StringReference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PATH = re.compile(r"[^\W\d]\w*(?:[.:][^\W\d]\w*)*\Z")
_MOCK_FUNCTIONS = ("patch", "dict", "setattr", "delattr", "multiple")
_LOADERS = {
    **dict.fromkeys(
        ("import_module", "__import__", "import_string", "import_from_string", "run_module"), True
    ),
    **dict.fromkeys(("symbol_by_name", "load_object", "resolve_name", "include", "send_task"), False),
}
"""By name of a function whose first argument is loaded: whether at once."""
_RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "ParentalKey", "ParentalManyToManyField"}
_SETTINGS = {
    *("INSTALLED_APPS", "MIDDLEWARE", "MIDDLEWARE_CLASSES", "ROOT_URLCONF", "AUTHENTICATION_BACKENDS"),
    *("WSGI_APPLICATION", "ASGI_APPLICATION", "pytest_plugins"),
}
"""What Django and pytest load as they start."""
_MORE_SETTINGS = re.compile(
    r"[A-Z][A-Z0-9_]*_(?:APPS|BACKENDS?|CLASS|CLASSES|ENGINE|HANDLERS?|IMPORTS|MIDDLEWARE|MODULES?|PLUGINS|RUNNER"
    r"|SERIALIZER|STORAGE|URLCONF|VALIDATORS?)\Z"
)
_KEYS = {"class", "()", "BACKEND", "ENGINE", "task"}
"""Keys of logging's, Django's and Celery's settings whose values are dotted paths."""


def of_call(node: ast.Call) -> Iterator[StringReference]:
    """Yield the strings that a call has resolved, those of mocks aside."""
    name = dotted(node.func)
    final = name.rpartition(".")[2]
    if final in _LOADERS and not (final == "include" and "." in name):
        yield from _objects(node.args[:1], sure=_LOADERS[final])
    elif name == "uvicorn.run":
        yield from _objects(node.args[:1], sure=True)
    elif final == "Celery":
        yield from _objects(_keyword(node, "include"), sure=False)
    elif final == "setup":
        for value in _keyword(node, "entry_points"):
            yield from _entry_points(value)
    elif final in _RELATIONS:
        for value in (*node.args[:1], *_keyword(node, "to"), *_keyword(node, "through")):
            yield from _model(value)
    elif final == "get_model":
        yield from _looked_up_model(node)
    elif final == "getfixturevalue":
        yield from (StringReference(text, "fixture", line) for text, line in literals(node.args[:1]))
    elif final == "usefixtures":
        yield from (StringReference(text, "fixture", line) for text, line in literals(node.args))


def of_mock(node: ast.Call) -> Iterator[StringReference]:
    """Yield what `mock.patch("a.b.c")` and its like replace, which must exist; nothing when it may be created."""
    name = dotted(node.func)
    if "patch" not in name or name.rpartition(".")[2] not in _MOCK_FUNCTIONS:
        return
    keywords = {keyword.arg for keyword in node.keywords}
    if {"create", "raising"} & keywords:
        return
    for text, line in literals(node.args[:1]):
        if "." not in text or not _PATH.match(text) or ":" in text:
            continue
        yield StringReference(text, "patch", line)
        if name.endswith(".multiple"):
            members = keywords - {None, "spec", "spec_set", "autospec", "new_callable"}
            yield from (
                StringReference(f"{text}.{member}", "patch", line) for member in sorted(filter(None, members))
            )


def of_setting(name: str, value: ast.expr) -> Iterator[StringReference]:
    """Yield the dotted paths in a module's or class's setting of that name."""
    if name == "AUTH_USER_MODEL":
        yield from _model(value)
    elif name in _SETTINGS or _MORE_SETTINGS.match(name):
        yield from _objects([value], sure=name in _SETTINGS)


def of_dictionary(node: ast.Dict) -> Iterator[StringReference]:
    """Yield the dotted paths under keys that logging, Django and Celery know."""
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and key.value in _KEYS and isinstance(value, ast.Constant):
            yield from (text for text in _objects([value], sure=False) if "." in text.text)


def roots(node: ast.Call) -> Iterator[str]:
    """Yield the folders from which modules are imported, as `setup.py` says it."""
    final = dotted(node.func).rpartition(".")[2]
    if final in ("find_packages", "find_namespace_packages"):
        yield from (text for text, _ in literals([*node.args[:1], *_keyword(node, "where")]))
    elif final == "setup":
        for folders in _keyword(node, "package_dir"):
            if isinstance(folders, ast.Dict):
                pairs = zip(folders.keys, folders.values, strict=True)
                values = [value for key, value in pairs if isinstance(key, ast.Constant) and key.value == ""]
                yield from (text for text, _ in literals(values))


def pythons(node: ast.Call) -> Iterator[str]:
    """Yield the specifiers of the interpreters a project needs, as `setup.py` says it."""
    if dotted(node.func).rpartition(".")[2] == "setup":
        yield from (text for text, _ in literals(_keyword(node, "python_requires")))


def literals(nodes: Iterable[ast.expr]) -> Iterator[tuple[str, int]]:
    """Yield the strings among expressions, and in the lists and sums of lists among them, each with its line."""
    stack = [*nodes][::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            stack += reversed(node.elts)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            stack += (node.right, node.left)
        elif isinstance(node, ast.Starred):
            stack.append(node.value)


def of_entry_point(text: str, line: int, *, sure: bool = True) -> Iterator[StringReference]:
    """Yield what an entry point such as `name = a.b:func [extra]` loads."""
    path = text.rpartition("=")[2].partition("[")[0].strip()
    if _PATH.match(path):
        yield StringReference(path, "object", line, sure)


def _entry_points(node: ast.expr) -> Iterator[StringReference]:
    """Yield what the entry points load that `setup()` is given: a mapping of lists, or the text of a file."""
    values = node.values if isinstance(node, ast.Dict) else [node]
    for text, line in literals(values):
        for entry_point in text.splitlines():
            if "=" in entry_point:
                yield from of_entry_point(entry_point, line)


def _objects(nodes: Iterable[ast.expr], *, sure: bool) -> Iterator[StringReference]:
    """Yield the strings that are dotted paths."""
    for text, line in literals(nodes):
        if _PATH.match(text):
            yield StringReference(text, "object", line, sure)


def _model(node: ast.expr) -> Iterator[StringReference]:
    """Yield the Django model a relation names: `app.Model` or `Model`."""
    for text, line in literals([node]):
        if text.count(".") <= 1 and _PATH.match(text) and text != "self":
            yield StringReference(text, "model", line, sure=False)


def _looked_up_model(node: ast.Call) -> Iterator[StringReference]:
    """Yield the model of `get_model("app.Model")` or `get_model("app", "Model")`."""
    strings = list(literals(node.args[:2]))
    if strings and len(strings) == len(node.args):
        path = ".".join(text for text, _ in strings)
        if path.count(".") == 1 and _PATH.match(path):
            yield StringReference(path, "model", strings[0][1], sure=False)


def _keyword(node: ast.Call, name: str) -> list[ast.expr]:
    """Return the value of a keyword argument as a list; [] when it is not given."""
    return [keyword.value for keyword in node.keywords if keyword.arg == name]
