"""What expressions read: chains of names with the shape of their calls, and strings that frameworks resolve."""

from __future__ import annotations

import ast
import contextlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, cast

from gate.languages.python.reader import define, strings
from gate.languages.python.reader.constants import Strings
from gate.languages.python.reader.frames import Frame, Root, root
from gate.languages.python.reader.scopes import bound, children, parameters
from gate.model.source import Call, Reference, Text, last_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Use = Literal[
    "", "awaited", "iterated", "unpacked", "async-iterated", "entered", "async-entered", "read", "dropped"
]
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_AT_TOP = {"vars", "locals", "exec"}
"""What binds names of the module when it is called there, and only there."""
_ON_MEMBERS = ("patch.object", "patch.setattr", "patch.delattr")
_OF_COROUTINES = {"send", "throw", "close"}
"""What a coroutine itself has, so that reading it of a result may be meant."""


class Reads:
    """Everything read so far, and the blocks we are in."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.texts: list[Text] = []
        self.settings: set[tuple[str, str]] = set()
        self.strings = Strings()
        self.dynamic: set[str] = set()
        self.opaque: set[str] = set()
        self.guarded = 0
        self._typing = 0
        self._annotated = 0
        self._found: dict[Reference, set[int]] = defaultdict(set)

    def references(self) -> tuple[Reference, ...]:
        """Each with all its lines, in the order they were first met."""
        return tuple(
            Reference(one.chain, tuple(sorted(lines)), one.via, one.owner, one.guard, one.call, one.declared)
            for one, lines in self._found.items()
        )

    @contextlib.contextmanager
    def typing(self) -> Iterator[None]:
        """What is read here matters to type checkers only."""
        self._typing += 1
        yield
        self._typing -= 1

    @contextlib.contextmanager
    def annotations(self) -> Iterator[None]:
        """What is read here stands in annotations that older interpreters evaluate."""
        self._annotated += 1
        yield
        self._annotated -= 1

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
        elif isinstance(node, ast.Subscript):
            self.expression(node.value, "read" if isinstance(node.ctx, ast.Load) else "")
            self.expression(node.slice)
        else:
            if isinstance(node, ast.Dict):
                self._texts(strings.of_dictionary(node))
            for part in children(node):
                self.expression(part)

    def exported(self, listed: Iterable[tuple[str, int]]) -> None:
        """Names in `__all__`, with their lines; missing ones are noticed by star imports."""
        self.texts += (Text(name, "export", line, sure=False) for name, line in listed)

    def setting(self, name: str, value: ast.expr) -> None:
        """A name bound in a module or class, which a framework may load things by."""
        self._texts(strings.of_setting(name, value))

    def _texts(self, found: Iterable[Text]) -> None:
        for one in found:
            sure = one.sure and not self.guarded
            self.texts.append(Text(one.text, one.kind, one.line, sure))

    def _annotation(self, node: ast.Constant) -> None:
        """A name written as a string where a type is meant."""
        if not (self._typing or self._annotated) or not isinstance(node.value, str) or len(node.value) > 200:
            return
        with self.typing(), contextlib.suppress(SyntaxError, ValueError):
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
                self._add(".".join(parts), inner.end_lineno or node.lineno, Root("value"), call)

    def _of_call(self, inner: ast.Call, parts: list[str], node: ast.expr, call: Call | None) -> None:
        """A member of what a call gives."""
        self.expression(inner, "" if parts[0] in _OF_COROUTINES else "read")
        line = node.end_lineno or node.lineno
        if isinstance(inner.func, ast.Name) and inner.func.id == "super" and not inner.args:
            owner = next((one.owner for one in reversed(self.frames) if one.owner), "")
            if owner:
                self._add(".".join(parts), line, Root("super", owner), call)
            return
        chain = define.dotted(inner.func)
        if not chain:
            self._add(".".join(parts), line, Root("value"), call)
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
                self._add(".".join(parts), line, Root("value"), call)
            return
        if called and found.declared and found.chain.endswith("()"):
            return  # a value that is called
        start = f"{found.chain}()" if called and found.chain else found.chain
        chain = ".".join(filter(None, (start, *parts)))
        if chain and (parts or not found.declared) and not (called and not found.chain):
            self._add(chain, line, found, call)

    def _add(self, chain: str, line: int, found: Root, call: Call | None) -> None:
        self._found[Reference(chain, (), found.via, found.owner, self._guard(), call, found.declared)].add(
            line
        )

    def _guard(self) -> Literal["", "guarded", "typing", "annotation"]:
        if self.guarded:
            return "guarded"
        return "typing" if self._typing else "annotation" if self._annotated else ""

    # Calls

    def _call(self, node: ast.Call, use: Use) -> None:
        shape = _shape(node.args, node.keywords, use)
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
        if name == "globals" or (name in _AT_TOP and self.frames[-1].kind == "module"):
            self.dynamic.add(name)
        elif name == "setattr":
            self._makes_members(node)
        elif (name == "getattr" and len(node.args) == 2) or name.endswith(_ON_MEMBERS):
            self._literal_member(node)
        elif name in ("partial", "functools.partial"):
            self._partial(node)
        self._texts(strings.mocked(node))
        self._texts(strings.of_call(node))
        self.settings.update(("root", one) for one in strings.roots(node))
        self.settings.update(("dependency python", one) for one in strings.pythons(node))

    def _makes_members(self, node: ast.Call) -> None:
        owner = next((one.owner for one in reversed(self.frames) if one.owner), "")
        if owner:
            self.opaque.add(owner)
        if node.args and "modules" in ast.dump(node.args[0]):
            self.dynamic.add("globals")

    def _literal_member(self, node: ast.Call) -> None:
        """`getattr(x, "name")` reads `x.name`; so does what patches it, unless it may create it."""
        if len(node.args) < 2 or any(one.arg in ("create", "raising") for one in node.keywords):
            return
        chain, name = define.dotted(node.args[0]), node.args[1]
        if chain and isinstance(name, ast.Constant) and isinstance(name.value, str):
            first, *rest = chain.split(".")
            self._named(first, [*rest, name.value], node.lineno, None)

    def _partial(self, node: ast.Call) -> None:
        """`partial(f, 1, x=2)` calls `f` with these, and whatever is given later."""
        if node.args and isinstance(node.args[0], (ast.Name, ast.Attribute)):
            later = _shape(node.args[1:], node.keywords, "")
            self._chain(node.args[0], Call(later.positional, later.keywords, star=True, stars=True))

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


def _shape(given: Sequence[ast.expr], keywords: Sequence[ast.keyword], use: Use) -> Call:
    return Call(
        sum(not isinstance(one, ast.Starred) for one in given),
        tuple(sorted(one.arg for one in keywords if one.arg)),
        any(isinstance(one, ast.Starred) for one in given),
        any(one.arg is None for one in keywords),
        use,
    )
