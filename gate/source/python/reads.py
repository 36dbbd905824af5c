"""What expressions read: chains of names with the shape of their calls, and strings that frameworks resolve."""

from __future__ import annotations

import ast
import contextlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, cast

from gate.model.source import Call, Reference, Text, last_name
from gate.source.python import define
from gate.source.python.frames import Frame, Root, root
from gate.source.python.scopes import bound, parameters
from gate.source.python.strings import Strings

if TYPE_CHECKING:
    from collections.abc import Iterator

Use = Literal["", "awaited", "iterated", "async-iterated", "entered", "async-entered", "dropped"]
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_AT_TOP = {"vars", "locals"}


class Reads:
    """Everything read so far, and the blocks we are in."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.texts: list[Text] = []
        self.strings = Strings()
        self.dynamic: set[str] = set()
        self.opaque: set[str] = set()
        self.guarded = 0
        self._typing = 0
        self._found: dict[Reference, set[int]] = defaultdict(set)

    def references(self) -> tuple[Reference, ...]:
        """Each with all its lines, in the order they were first met."""
        return tuple(
            Reference(one.chain, tuple(sorted(lines)), one.via, one.owner, one.guard, one.call)
            for one, lines in self._found.items()
        )

    @contextlib.contextmanager
    def typing(self) -> Iterator[None]:
        """What is read here matters to type checkers only."""
        self._typing += 1
        yield
        self._typing -= 1

    def expression(self, node: ast.AST | None, use: Use = "") -> None:
        """Read an expression; `use` is what becomes of its value."""
        if node is None:
            return
        if isinstance(node, (ast.Name, ast.Attribute)):
            self._chain(node, None)
        elif isinstance(node, ast.Call):
            self._call(node, use)
        elif isinstance(node, ast.Await):
            self.expression(node.value, "awaited")
        elif isinstance(node, ast.Lambda):
            self._lambda(node)
        elif isinstance(node, _COMPREHENSIONS):
            self._comprehension(node)
        elif isinstance(node, ast.Constant):
            if use != "dropped":
                self.strings.add(node.value, node.lineno)
            self._annotation(node)
        else:
            for part in ast.iter_child_nodes(node):
                self.expression(part)

    def _annotation(self, node: ast.Constant) -> None:
        """A name written as a string where a type is meant."""
        if not self._typing or not isinstance(node.value, str) or len(node.value) > 200:
            return
        with contextlib.suppress(SyntaxError, ValueError):
            parsed = ast.parse(node.value.strip(), mode="eval").body
            for one in ast.walk(parsed):
                if hasattr(one, "lineno"):
                    cast("Any", one).lineno = node.lineno
            self.expression(parsed)

    def _lambda(self, node: ast.Lambda) -> None:
        for one in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.expression(one)
        self._within({one.arg for one in parameters(node.args)}, [node.body])

    def _comprehension(self, node: Any) -> None:
        names = {name for part in node.generators for name in bound([part.target]).names}
        self.expression(
            node.generators[0].iter, "async-iterated" if node.generators[0].is_async else "iterated"
        )
        inner = [part.iter for part in node.generators[1:]]
        tests = [test for part in node.generators for test in part.ifs]
        targets = [part.target for part in node.generators if not isinstance(part.target, ast.Name)]
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._within(names, [*inner, *targets, *tests, *results])

    def _within(self, names: set[str], nodes: list[ast.expr]) -> None:
        path = self.frames[-1].path
        self.frames.append(Frame("function", path, local=names))
        for one in nodes:
            self.expression(one)
        self.frames.pop()

    # Chains

    def _chain(self, node: ast.expr, call: Call | None) -> None:
        parts: list[str] = []
        inner = node
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            inner = inner.value
        parts.reverse()
        if isinstance(inner, ast.Name):
            if not isinstance(inner.ctx, ast.Load) and not parts:
                return
            self._named(inner.id, parts, node.lineno, call)
        elif isinstance(inner, ast.Call) and parts:
            self._of_call(inner, parts, node, call)
        else:
            self.expression(inner)
            if parts:
                self._add(
                    parts[0],
                    inner.end_lineno or node.lineno,
                    Root("value"),
                    call if len(parts) == 1 else None,
                )

    def _of_call(self, inner: ast.Call, parts: list[str], node: ast.expr, call: Call | None) -> None:
        """A member of what a call gives."""
        self.expression(inner)
        line = node.end_lineno or node.lineno
        if isinstance(inner.func, ast.Name) and inner.func.id == "super" and not inner.args:
            owner = next((one.owner for one in reversed(self.frames) if one.owner), "")
            if owner:
                self._add(".".join(parts), line, Root("super", owner), call)
            return
        chain = define.dotted(inner.func)
        if not chain:
            self._add(parts[0], line, Root("value"), call if len(parts) == 1 else None)
            return
        first, *rest = chain.split(".")
        whole = [*rest, *parts]
        if rest:
            whole[len(rest) - 1] += "()"
        else:
            first += "()"
        self._named(first, whole, line, call)

    def _named(self, name: str, parts: list[str], line: int, call: Call | None) -> None:
        called = name.endswith("()")
        found = root(self.frames, name.removesuffix("()"))
        if found is None:
            if parts:
                self._add(parts[0], line, Root("value"), call if len(parts) == 1 else None)
            return
        start = f"{found.chain}()" if called and found.chain else found.chain
        chain = ".".join(filter(None, (start, *parts)))
        if chain and not (called and not found.chain):
            self._add(chain, line, found, call)

    def _add(self, chain: str, line: int, found: Root, call: Call | None) -> None:
        guard: Literal["", "guarded", "typing"] = (
            "guarded" if self.guarded else "typing" if self._typing else ""
        )
        self._found[Reference(chain, (), found.via, found.owner, guard, call)].add(line)

    # Calls

    def _call(self, node: ast.Call, use: Use) -> None:
        shape = Call(
            sum(not isinstance(one, ast.Starred) for one in node.args),
            tuple(sorted(one.arg for one in node.keywords if one.arg)),
            any(isinstance(one, ast.Starred) for one in node.args),
            any(one.arg is None for one in node.keywords),
            use,
        )
        if isinstance(node.func, (ast.Name, ast.Attribute)):
            self._chain(node.func, shape)
        else:
            self.expression(node.func)
        for argument in node.args:
            self.expression(argument)
        for key in node.keywords:
            self.expression(key.value)
        self._special(node)

    def _special(self, node: ast.Call) -> None:
        name = define.dotted(node.func)
        final = name.rpartition(".")[2]
        if name in ("globals", "exec") or (name in _AT_TOP and self.frames[-1].kind == "module"):
            self.dynamic.add(name)
        elif name == "setattr":
            self._makes_members(node)
        elif name == "getattr" and len(node.args) == 2:
            self._literal_member(node)
        elif final in ("patch", "dict", "setattr", "delattr") and ("patch" in name or "monkeypatch" in name):
            self._patched(node, final)
        elif final == "usefixtures":
            for one in node.args:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    self.texts.append(Text(one.value, "fixture", node.lineno))
        elif final == "object" and "patch" in name:
            self._literal_member(node)

    def _makes_members(self, node: ast.Call) -> None:
        owner = next((one.owner for one in reversed(self.frames) if one.owner), "")
        if owner:
            self.opaque.add(owner)
        if node.args and "modules" in ast.dump(node.args[0]):
            self.dynamic.add("globals")

    def _literal_member(self, node: ast.Call) -> None:
        """`getattr(x, "name")` reads `x.name`."""
        if len(node.args) < 2 or any(one.arg == "create" for one in node.keywords):
            return
        chain, name = define.dotted(node.args[0]), node.args[1]
        if chain and isinstance(name, ast.Constant) and isinstance(name.value, str):
            first, *rest = chain.split(".")
            self._named(first, [*rest, name.value], node.lineno, None)

    def _patched(self, node: ast.Call, final: str) -> None:
        first = node.args[0] if node.args else None
        if any(one.arg in ("create", "raising") for one in node.keywords):
            return
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and "." in first.value:
            if all(part.isidentifier() for part in first.value.split(".")):
                self.texts.append(Text(first.value, "patch", node.lineno))
        elif final in ("setattr", "delattr"):
            self._literal_member(node)

    def asks_for(self, node: define.Function, *, method: bool, decorators: tuple[str, ...]) -> None:
        """The fixtures a test or a fixture asks for by its parameters."""
        if not node.name.startswith("test") and not define.fixture(node):
            return
        given = [*node.args.posonlyargs, *node.args.args]
        plain = given[method : len(given) - len(node.args.defaults)] if node.args.defaults else given[method:]
        patched = sum(last_name(one) in ("patch", "object") for one in decorators)
        own = define.parametrized(node)
        for one in (*plain[patched:], *node.args.kwonlyargs):
            if one.arg not in own:
                self.texts.append(Text(one.arg, "fixture", one.lineno))
