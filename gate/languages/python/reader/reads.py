"""What expressions read: chains of names with the shape of their calls, and strings that frameworks resolve."""

from __future__ import annotations

import ast
import contextlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, cast

from gate.languages.python.reader import strings
from gate.languages.python.reader.chains import dotted
from gate.languages.python.reader.constants import ConstantStrings
from gate.languages.python.reader.frames import NameRoot, PythonFrame, find_root
from gate.languages.python.reader.scopes import block_names, children, parameters
from gate.model.source import Call, Reference, StringReference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ResultUse = Literal[
    "", "awaited", "iterated", "unpacked", "async-iterated", "entered", "async-entered", "read", "dropped"
]
"""See `Call.use`."""
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_TOP_LEVEL_BINDERS = {"vars", "locals", "exec"}
"""What binds names of the module when it is called there, and only there."""
_MEMBER_PATCHES = ("patch.object", "patch.setattr", "patch.delattr")
_COROUTINE_METHODS = {"send", "throw", "close"}
"""What a coroutine itself has, so that reading it of a result may be meant."""
_LONGEST_ANNOTATION = 200
"""Characters of a quoted annotation; longer ones are not read."""


class PythonReads:
    """What the expressions of a module read, and the blocks that the walk is in."""

    def __init__(self) -> None:
        self.frames: list[PythonFrame] = []
        self.string_references: list[StringReference] = []
        self.settings: set[tuple[str, str]] = set()
        self.strings = ConstantStrings()
        self.dynamic: set[str] = set()
        self.opaque: set[str] = set()
        """Dotted paths of classes that make members at run time."""
        self.guard_depth = 0
        """In how many blocks the walk is whose failure is expected."""
        self._typing_depth = 0
        self._annotation_depth = 0
        self._lines: dict[Reference, set[int]] = defaultdict(set)
        """By reference without lines: the lines it is read on."""

    def references(self) -> tuple[Reference, ...]:
        """Return each reference with all its lines, in the order they were first met."""
        return tuple(
            Reference(
                reference.chain,
                tuple(sorted(lines)),
                reference.via,
                reference.owner,
                reference.guard,
                reference.call,
                reference.declared,
            )
            for reference, lines in self._lines.items()
        )

    @contextlib.contextmanager
    def typing(self) -> Iterator[None]:
        """Take what is read in this context to matter to type checkers only."""
        self._typing_depth += 1
        yield
        self._typing_depth -= 1

    @contextlib.contextmanager
    def annotations(self) -> Iterator[None]:
        """Take what is read in this context to stand in annotations that older interpreters evaluate."""
        self._annotation_depth += 1
        yield
        self._annotation_depth -= 1

    def expression(self, node: ast.AST | None, use: ResultUse = "") -> None:
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
            self._quoted_annotation(node)
        elif isinstance(node, ast.Subscript):
            self.expression(node.value, "read" if isinstance(node.ctx, ast.Load) else "")
            self.expression(node.slice)
        else:
            if isinstance(node, ast.Dict):
                self._add_texts(strings.of_dictionary(node))
            for part in children(node):
                self.expression(part)

    def exports(self, names: Iterable[tuple[str, int]]) -> None:
        """Add the names in `__all__`, with their lines; only star imports fail of missing ones."""
        self.string_references += (StringReference(name, "export", line, sure=False) for name, line in names)

    def setting(self, name: str, value: ast.expr) -> None:
        """Read a name bound in a module or class, which a framework may load things by."""
        self._add_texts(strings.of_setting(name, value))

    def _add_texts(self, texts: Iterable[StringReference]) -> None:
        for text in texts:
            sure = text.sure and not self.guard_depth
            self.string_references.append(StringReference(text.text, text.kind, text.line, sure))

    def _quoted_annotation(self, node: ast.Constant) -> None:
        """Read a name written as a string where a type is meant."""
        text = node.value
        if (
            not (self._typing_depth or self._annotation_depth)
            or not isinstance(text, str)
            or len(text) > _LONGEST_ANNOTATION
        ):
            return
        with self.typing(), contextlib.suppress(SyntaxError, ValueError):
            expression = ast.parse(text.strip(), mode="eval").body
            for part in ast.walk(expression):
                if hasattr(part, "lineno"):
                    cast("Any", part).lineno = node.lineno
            self.expression(expression)

    def _lambda(self, node: ast.Lambda) -> None:
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.expression(default)
        self._within({argument.arg for argument in parameters(node.args)}, [node.body])

    def _comprehension(self, node: Any) -> None:
        names = {name for part in node.generators for name in block_names([part.target]).names}
        self.expression(
            node.generators[0].iter, "async-iterated" if node.generators[0].is_async else "iterated"
        )
        inner = [part.iter for part in node.generators[1:]]
        tests = [test for part in node.generators for test in part.ifs]
        targets = [part.target for part in node.generators if not isinstance(part.target, ast.Name)]
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._within(names, [*inner, *targets, *tests, *results])

    def _within(self, names: set[str], nodes: list[ast.expr]) -> None:
        """Read expressions in a block of their own that binds these names."""
        path = self.frames[-1].path
        self.frames.append(PythonFrame("function", path, local=names))
        for node in nodes:
            self.expression(node)
        self.frames.pop()

    # Chains

    def _chain(self, node: ast.expr, call: Call | None) -> None:
        """Read a chain of attributes; `call` is the shape of the call where it is called."""
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
            self._result_member(inner, parts, node, call)
        else:
            self.expression(inner)
            if parts:
                self._add(".".join(parts), inner.end_lineno or node.lineno, NameRoot("value"), call)

    def _result_member(self, inner: ast.Call, parts: list[str], node: ast.expr, call: Call | None) -> None:
        """Read a member of what a call gives."""
        self.expression(inner, "" if parts[0] in _COROUTINE_METHODS else "read")
        line = node.end_lineno or node.lineno
        if isinstance(inner.func, ast.Name) and inner.func.id == "super" and not inner.args:
            owner = self._owner()
            if owner:
                self._add(".".join(parts), line, NameRoot("super", owner), call)
            return
        chain = dotted(inner.func)
        if not chain:
            self._add(".".join(parts), line, NameRoot("value"), call)
            return
        first, *members = chain.split(".")
        whole = [*members, *parts]
        if members:
            whole[len(members) - 1] += "()"
        else:
            first += "()"
        self._named(first, whole, line, call)

    def _owner(self) -> str:
        """Return the class whose method the walk is in, "" outside of methods."""
        return next((frame.owner for frame in reversed(self.frames) if frame.owner), "")

    def _named(self, name: str, parts: list[str], line: int, call: Call | None) -> None:
        """Add a chain that begins with a name, `()` behind it when it is called."""
        is_call = name.endswith("()")
        root = find_root(self.frames, name.removesuffix("()"))
        if root is None:
            if parts:
                self._add(".".join(parts), line, NameRoot("value"), call)
            return
        if is_call and root.declared and root.chain.endswith("()"):
            return  # a value that is called
        start = f"{root.chain}()" if is_call and root.chain else root.chain
        chain = ".".join(filter(None, (start, *parts)))
        if chain and (parts or not root.declared) and not (is_call and not root.chain):
            self._add(chain, line, root, call)

    def _add(self, chain: str, line: int, root: NameRoot, call: Call | None) -> None:
        reference = Reference(chain, (), root.via, root.owner, self._guard(), call, root.declared)
        self._lines[reference].add(line)

    def _guard(self) -> Literal["", "guarded", "typing", "annotation"]:
        if self.guard_depth:
            return "guarded"
        return "typing" if self._typing_depth else "annotation" if self._annotation_depth else ""

    # Calls

    def _call(self, node: ast.Call, use: ResultUse) -> None:
        shape = _shape(node.args, node.keywords, use)
        if isinstance(node.func, (ast.Name, ast.Attribute)):
            self._chain(node.func, shape)
        else:
            self.expression(node.func)
        for argument in node.args:
            self.expression(argument)
        for keyword in node.keywords:
            self.expression(keyword.value)
        self._special_call(node)

    def _special_call(self, node: ast.Call) -> None:
        """Read what a call means beyond its expressions, by the name of what is called."""
        name = dotted(node.func)
        if name == "globals" or (name in _TOP_LEVEL_BINDERS and self.frames[-1].kind == "module"):
            self.dynamic.add(name)
        elif name == "setattr":
            self._setattr(node)
        elif (name == "getattr" and len(node.args) == 2) or name.endswith(_MEMBER_PATCHES):
            self._literal_member(node)
        elif name in ("partial", "functools.partial"):
            self._partial(node)
        self._add_texts(strings.of_mock(node))
        self._add_texts(strings.of_call(node))
        self.settings.update(("root", folder) for folder in strings.roots(node))
        self.settings.update(("dependency python", specifier) for specifier in strings.pythons(node))

    def _setattr(self, node: ast.Call) -> None:
        """Note that members of the class, or names of a module, may be made at run time."""
        owner = self._owner()
        if owner:
            self.opaque.add(owner)
        if node.args and "modules" in ast.dump(node.args[0]):
            self.dynamic.add("globals")

    def _literal_member(self, node: ast.Call) -> None:
        """Read `x.name` for `getattr(x, "name")`, and for what patches it unless it may create it."""
        if len(node.args) < 2 or any(keyword.arg in ("create", "raising") for keyword in node.keywords):
            return
        chain, name = dotted(node.args[0]), node.args[1]
        if chain and isinstance(name, ast.Constant) and isinstance(name.value, str):
            first, *members = chain.split(".")
            self._named(first, [*members, name.value], node.lineno, None)

    def _partial(self, node: ast.Call) -> None:
        """Read `partial(f, 1, x=2)` as a call of `f` with these arguments, and any others."""
        if node.args and isinstance(node.args[0], (ast.Name, ast.Attribute)):
            later = _shape(node.args[1:], node.keywords, "")
            self._chain(node.args[0], Call(later.positional, later.keywords, star=True, stars=True))


def _shape(arguments: Sequence[ast.expr], keywords: Sequence[ast.keyword], use: ResultUse) -> Call:
    """Return the shape of a call with these arguments."""
    return Call(
        sum(not isinstance(argument, ast.Starred) for argument in arguments),
        tuple(sorted(keyword.arg for keyword in keywords if keyword.arg)),
        any(isinstance(argument, ast.Starred) for argument in arguments),
        any(keyword.arg is None for keyword in keywords),
        use,
    )
