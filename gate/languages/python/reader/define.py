"""Definitions from syntax: signatures, decorators, bases, and what makes two of them the same."""

from __future__ import annotations

import ast
import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from gate.languages.python.reader.scopes import children
from gate.model.source import Definition, Parameter, Signature, last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_LAYOUT = str.maketrans("", "", " \t\r\n\f\\")
_CLOSING = re.compile(r",([)\]}])")
_BUILT_IN = {"str", "bytes", "int", "float", "bool", "list", "dict", "tuple", "set", "frozenset"}
_LITERALS = (
    *(ast.Constant, ast.JoinedStr, ast.List, ast.Dict, ast.Set, ast.Tuple),
    *(ast.ListComp, ast.DictComp, ast.SetComp),
)
_SUITES = ("body", "orelse", "finalbody", "handlers", "cases")
_BLOCKS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def dotted(node: ast.expr) -> str:
    """`a.b.c` for a chain of names, else ""."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join((node.id, *reversed(parts)))


def value(node: ast.expr | None) -> str:
    """The chain an expression is, `()` behind it when it is a call of one; else ""."""
    if isinstance(node, ast.Call):
        name = dotted(node.func)
        return f"{name}()" if name else ""
    return dotted(node) if node is not None else ""


def signature(node: Function, lines: Sequence[str]) -> Signature:
    """The parameters of a function whose text is `lines`, and what calling it gives."""
    given = node.args
    found = []
    plain = [*((one, "positional") for one in given.posonlyargs), *((one, "either") for one in given.args)]
    needed = len(plain) - len(given.defaults)
    for at, (one, kind) in enumerate(plain):
        found.append(Parameter(one.arg, kind, at < needed))  # type: ignore[arg-type]
    if given.vararg is not None:
        found.append(Parameter(given.vararg.arg, "rest", required=False))
    for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        found.append(Parameter(one.arg, "keyword", default is None))
    if given.kwarg is not None:
        found.append(Parameter(given.kwarg.arg, "keywords", required=False))
    generator = any("yield" in line for line in lines) and _yields(node)
    return Signature(tuple(found), isinstance(node, ast.AsyncFunctionDef), generator)


def _yields(node: Function) -> bool:
    queue: list[ast.AST] = list(node.body)
    while queue:
        one = queue.pop()
        if isinstance(one, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(one, _BLOCKS):
            queue += children(one)
    return False


def gives(node: Function, made: Signature) -> Literal["", "nothing", "value", "never"]:
    """See `Definition.gives`; a function that only raises stands in for others and tells nothing."""
    if node.name == "__getattr__" and _only_raises(node):
        return "never"
    if made.asynchronous or made.generator or _stands_in(node.body[-1]):
        return ""
    if node.returns is not None:
        return _annotated(node.returns)
    given: Literal["", "nothing", "value"] = "nothing"
    for one in returned(node):
        found = _literal(one.value)
        if not found:
            return ""
        given = "value" if "value" in (found, given) else "nothing"
    return given


def _only_raises(node: Function) -> bool:
    said = ast.get_docstring(node, clean=False) is not None
    return len(node.body) == 1 + said and isinstance(node.body[-1], ast.Raise)


def returned(node: Function) -> Iterator[ast.Return]:
    """The returns of a function itself."""
    stack: list[ast.AST] = list(node.body)
    while stack:
        one = stack.pop()
        if isinstance(one, ast.Return):
            yield one
        elif not isinstance(one, _BLOCKS):
            for name in _SUITES:
                stack += getattr(one, name, ())


def _stands_in(last: ast.stmt) -> bool:
    said = isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant)
    return said or isinstance(last, (ast.Raise, ast.Pass))


def _annotated(node: ast.expr) -> Literal["", "nothing", "value"]:
    if isinstance(node, ast.Constant):
        return "nothing" if node.value is None else ""
    return "value" if dotted(node.value if isinstance(node, ast.Subscript) else node) in _BUILT_IN else ""


def _literal(node: ast.expr | None) -> Literal["", "nothing", "value"]:
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return "nothing"
    return "value" if isinstance(node, _LITERALS) else ""


def decorators(nodes: Sequence[ast.expr]) -> tuple[str, ...]:
    """Each as text; see `Definition.decorators`."""
    return tuple(map(_decorator, nodes))


def _decorator(node: ast.expr) -> str:
    if not isinstance(node, ast.Call):
        return dotted(node) or "?"
    name = dotted(node.func)
    given = [
        f"{one.arg}={one.value.value!r}"
        for one in node.keywords
        if one.arg and isinstance(one.value, ast.Constant)
    ]
    return f"{name or '?'}({', '.join(given)})"


def bases(node: ast.ClassDef) -> tuple[str, ...]:
    """What a class is made from; a subscript (`Generic[T]`) counts as what is subscripted."""
    found = [dotted(one.value if isinstance(one, ast.Subscript) else one) or "?" for one in node.bases]
    for one in node.keywords:
        found.append(
            f"metaclass={dotted(one.value) or '?'}" if one.arg == "metaclass" else "?" * (one.arg is None)
        )
    return tuple(filter(None, found))


def fixture(node: Function) -> str:
    """The name a pytest fixture goes by, "" for all other functions."""
    for one in node.decorator_list:
        called = isinstance(one, ast.Call)
        name = dotted(one.func if isinstance(one, ast.Call) else one)
        if name in ("pytest.fixture", "fixture", "pytest_asyncio.fixture", "pytest.yield_fixture"):
            given = one.keywords if called and isinstance(one, ast.Call) else []
            own = next((key.value for key in given if key.arg == "name"), None)
            return str(own.value) if isinstance(own, ast.Constant) else node.name
    return ""


def parametrized(node: Function | ast.ClassDef) -> set[str]:
    """Parameters that `pytest.mark.parametrize` provides by itself; an `indirect` one is a fixture."""
    found: set[str] = set()
    for one in node.decorator_list:
        if isinstance(one, ast.Call) and dotted(one.func).endswith("parametrize") and one.args:
            found.update(set(_strings(one.args[0])) - _indirect(one))
    return found


def _indirect(node: ast.Call) -> set[str]:
    for one in node.keywords:
        if one.arg == "indirect" and isinstance(one.value, ast.Constant):
            return set(_strings(node.args[0])) if one.value.value is True else set()
        if one.arg == "indirect":
            return set(_strings(one.value))
    return set()


def _strings(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from (name.strip() for name in node.value.split(","))
    elif isinstance(node, (ast.Tuple, ast.List)):
        for one in node.elts:
            yield from _strings(one)


Field = Literal["", "required", "nullable", "optional", "excluded", "unknown"]
_FIELDS = ("field", "Field", "ib", "attrib")
_TYPE_WORDS = re.compile(r"\b(?:ClassVar|KW_ONLY|InitVar|Annotated|Optional|Any|None)\b")


def field(node: ast.AnnAssign) -> Field:
    """What an annotated name of a class body is to a generated constructor."""
    said = _TYPE_WORDS.search(ast.unparse(node.annotation))
    word = said[0] if said else ""
    if word == "ClassVar":
        return "excluded"
    if word in ("KW_ONLY", "InitVar", "Annotated"):
        return "unknown"
    if node.value is not None:
        return _described(node.value) or "optional"
    return "nullable" if word else "required"


def bare_field(node: ast.expr | None) -> Field:
    """The same of a name that is not annotated: attrs alone makes fields of such."""
    if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] not in _FIELDS:
        return ""
    known = dotted(node.func) in ("attr.ib", "attr.attrib", "attrib", "ib")
    return _described(node) if known else "unknown"


def _described(node: ast.expr) -> Field:
    """What a call such as `field(default=1)` makes of a field; "" when it is none."""
    if not isinstance(node, ast.Call):
        return ""
    keys = {one.arg: one.value for one in node.keywords}
    if {"kw_only", "alias", "validation_alias", None} & keys.keys():
        return "unknown"
    init = keys.get("init")
    if isinstance(init, ast.Constant) and init.value is False:
        return "excluded"
    if dotted(node.func).rpartition(".")[2] not in _FIELDS:
        return ""
    first = node.args[0] if node.args else None
    if isinstance(first, ast.Constant) and first.value is ...:
        return "required"
    return (
        "optional"
        if first is not None or {"default", "default_factory", "factory"} & keys.keys()
        else "required"
    )


def digest(lines: Sequence[str], name: str) -> str:
    """Of a definition's text: without its name where it is defined, its layout and its comments."""
    text = _COMMENT.sub("", "\n".join(lines)).replace(f" {name}", " ", 1)
    plain = _CLOSING.sub(r"\1", text.translate(_LAYOUT).replace("'", '"'))
    return blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def is_abstract(found: tuple[str, ...]) -> bool:
    """Whether its decorators leave it to subclasses."""
    return any(last_name(one) in ("abstractmethod", "abstractproperty") for one in found)


def variable(name: str, scope: str, node: ast.stmt | ast.expr, **more: object) -> Definition:
    """A bound name that is no function and no class."""
    return Definition(name, scope, "variable", node.lineno, node.end_lineno or node.lineno, **more)  # type: ignore[arg-type]
