"""One walk over a module's syntax tree: definitions, imports, and everything it reads."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from gate.languages.python.reader import declared, define, digest
from gate.languages.python.reader.frames import Frame
from gate.languages.python.reader.names import Names
from gate.languages.python.reader.scopes import Bound, bound, parameters
from gate.model.source import ENUMS, Definition, FileFacts, Import, last_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.languages.python.reader.reads import Use

_EXPECTED = {
    "ImportError",
    "ModuleNotFoundError",
    "NameError",
    "AttributeError",
    "Exception",
    "BaseException",
}


class Walk(Names):
    """The state of one walk."""

    def __init__(self, text: str, *, stub: bool = False) -> None:
        super().__init__(text)
        self._lazy = stub
        self._walrus = ":=" in text
        self._globals: set[str] = set()
        self._guarded = 0
        self._typing = 0

    def module(self, tree: ast.Module) -> FileFacts:
        """The facts of the module.

        Raises:
            RecursionError: it is nested too deeply.
        """
        self._lazy = self._lazy or any(map(_postpones, tree.body))
        self._reads.frames = [Frame("module", "")]
        self._body(tree.body)
        return FileFacts(
            "full",
            definitions=tuple(self._definitions),
            imports=tuple(self._imports),
            references=self._reads.references(),
            texts=tuple(self._reads.texts),
            exports=None if self._exports is None else tuple(self._exports),
            globals=tuple(sorted(self._globals)),
            dynamic=tuple(sorted(self._reads.dynamic)),
            settings=tuple(sorted(self._reads.settings)),
            strings=self._reads.strings.listed(),
        )

    def _body(self, nodes: Iterable[ast.stmt]) -> None:
        for node in nodes:
            method = getattr(self, f"_on_{type(node).__name__}", None)
            if method is not None:
                method(node)
            else:
                self._parts(node)

    def _parts(self, node: ast.AST) -> None:
        """A statement that needs no more than its parts, in order."""
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.stmt):
                self._body((part,))
            elif isinstance(part, ast.expr):
                self._reads.expression(part)
            else:
                self._parts(part)

    def _under(self, *blocks: Sequence[ast.stmt]) -> None:
        self._conditional += 1
        for block in blocks:
            self._body(block)
        self._conditional -= 1

    # Blocks

    def _on_FunctionDef(self, node: define.Function) -> None:  # noqa: N802
        outer = self._frame
        made = define.decorators(node.decorator_list)
        for one in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self._reads.expression(one)
        with self._annotations():
            for argument in parameters(node.args):
                self._reads.expression(argument.annotation)
            self._reads.expression(node.returns)
        path = f"{outer.path}.{node.name}" if outer.path else node.name
        self._reads.frames.append(self._entered(node, outer, path, made))
        if outer.kind != "function":
            self._definitions.append(self._function(node, outer.path, made))
            self._reads.asks_for(node, method=outer.kind == "class", decorators=made)
        conditional, self._conditional = self._conditional, 0
        self._body(node.body)
        self._conditional = conditional
        self._reads.frames.pop()
        if outer.kind == "module" and node.name == "__getattr__":
            self._reads.dynamic.add("getattr")

    _on_AsyncFunctionDef = _on_FunctionDef  # noqa: N815

    def _function(self, node: define.Function, scope: str, made: tuple[str, ...]) -> Definition:
        lines = self._lines[node.lineno - 1 : node.end_lineno]
        signature = define.signature(node, lines)
        return Definition(
            node.name, scope, "function", node.lineno, node.end_lineno or node.lineno, signature, made,
            conditional=bool(self._conditional), abstract=define.is_abstract(made), fixture=define.fixture(node),
            gives=define.gives(node, signature), digest=digest.of_function(self._lines, node, signature),
            declared_type=declared.result(node, self._reads.frames),
        )  # fmt: skip

    def _entered(self, node: define.Function, outer: Frame, path: str, made: tuple[str, ...]) -> Frame:
        inside = bound(node.body, walrus=self._walrus)
        given = [one.arg for one in parameters(node.args)]
        self._globals.update(name for name in inside.outer if name in inside.names)
        static = any(last_name(one) == "staticmethod" for one in made)
        me = (
            given[0]
            if given and outer.kind == "class" and not static and given[0] not in inside.names
            else ""
        )
        promised = {
            name: chain for name, chain in declared.parameters(node).items() if name not in inside.names
        }
        return Frame(
            "function",
            path,
            local=inside.local | set(given),
            imports={name for name in inside.imports if inside.imports[name] == inside.names[name]}
            - set(given),
            outer=inside.outer,
            me=me,
            owner=outer.path if me else "",
            values={**_once(inside, given), **promised},
            declared=set(promised),
        )

    def _on_ClassDef(self, node: ast.ClassDef) -> None:  # noqa: N802
        outer = self._frame
        for one in (*node.decorator_list, *node.bases, *(key.value for key in node.keywords)):
            self._reads.expression(one)
        path = f"{outer.path}.{node.name}" if outer.path else node.name
        made, parents = define.decorators(node.decorator_list), define.bases(node)
        enum = any(last_name(one) in ENUMS for one in parents)
        local = bound(node.body, walrus=self._walrus).local
        self._reads.frames.append(Frame("class", path, local=local, enum=enum))
        before = len(self._definitions)
        conditional, self._conditional = self._conditional, 0
        self._body(node.body)
        self._conditional = conditional
        self._reads.frames.pop()
        if outer.kind == "function":
            del self._definitions[before:]
            return
        self._definitions.insert(before, Definition(
            node.name, outer.path, "class", node.lineno, node.end_lineno or node.lineno, None, made, parents,
            bool(self._conditional), opaque=path in self._reads.opaque,
            digest=define.digest([*made, *parents], ""),
        ))  # fmt: skip

    # Loops and contexts

    def _on_For(self, node: ast.For | ast.AsyncFor) -> None:  # noqa: N802
        use: Use = "async-iterated" if isinstance(node, ast.AsyncFor) else "iterated"
        self._reads.expression(node.iter, use)
        self._conditional += 1
        self._target(node.target, None, node)
        self._conditional -= 1
        self._under(node.body, node.orelse)

    _on_AsyncFor = _on_For  # noqa: N815

    def _on_With(self, node: ast.With | ast.AsyncWith) -> None:  # noqa: N802
        use: Use = "async-entered" if isinstance(node, ast.AsyncWith) else "entered"
        expected = any(_suppresses(item.context_expr) for item in node.items)
        for item in node.items:
            self._reads.expression(item.context_expr, use)
            if item.optional_vars is not None:
                self._target(item.optional_vars, None, node)
        self._guard(node.body, expected=expected)

    _on_AsyncWith = _on_With  # noqa: N815

    def _on_Expr(self, node: ast.Expr) -> None:  # noqa: N802
        self._reads.expression(node.value, "dropped")
        if isinstance(node.value, ast.Call) and define.dotted(node.value.func) in (
            "__all__.extend",
            "__all__.append",
        ):
            self._reads.dynamic.add("exports")

    # Conditions

    def _on_If(self, node: ast.If) -> None:  # noqa: N802
        self._reads.expression(node.test)
        if define.dotted(node.test).rpartition(".")[2] == "TYPE_CHECKING":
            self._typing += 1
            with self._reads.typing():
                self._under(node.body)
            self._typing -= 1
        else:
            self._under(node.body)
        self._under(node.orelse)

    def _on_While(self, node: ast.While) -> None:  # noqa: N802
        self._reads.expression(node.test)
        self._under(node.body, node.orelse)

    def _on_Try(self, node: Any) -> None:  # noqa: N802
        self._conditional += 1
        self._guard(node.body, expected=any(map(_expects, node.handlers)))
        self._conditional -= 1
        for handler in node.handlers:
            self._reads.expression(handler.type)
            self._under(handler.body)
        self._under(node.orelse)
        self._body(node.finalbody)

    _on_TryStar = _on_Try  # noqa: N815

    def _guard(self, nodes: Sequence[ast.stmt], *, expected: bool) -> None:
        self._guarded += expected
        self._reads.guarded += expected
        self._body(nodes)
        self._reads.guarded -= expected
        self._guarded -= expected

    # Imports

    def _on_Import(self, node: ast.Import) -> None:  # noqa: N802
        for one in node.names:
            name = one.asname or one.name.partition(".")[0]
            self._import(one.name, "", name, 0, node, renamed=one.asname is not None)

    def _on_ImportFrom(self, node: ast.ImportFrom) -> None:  # noqa: N802
        for one in node.names:
            alias = "" if one.name == "*" else one.asname or one.name
            self._import(node.module or "", one.name, alias, node.level, node)

    def _import(
        self, module: str, name: str, alias: str, level: int, node: ast.stmt, *, renamed: bool = False
    ) -> None:
        inside = next((frame.path for frame in self._reads.frames[:0:-1] if frame.kind == "function"), "")
        if self._frame.kind == "class" and not inside:
            self._definitions.append(define.variable(alias, self._frame.path, node))
        self._imports.append(Import(
            module, name, alias, level, node.lineno, self._frame.path, bool(self._typing), bool(self._guarded),
            bool(self._conditional), renamed,
        ))  # fmt: skip


def _once(inside: Bound, given: Sequence[str]) -> dict[str, str]:
    """Locals that one plain assignment binds to a chain, and nothing else."""
    found = {name: define.value(node) for name, node in inside.values.items()}
    return {
        name: chain
        for name, chain in found.items()
        if chain and inside.names[name] == 1 and name not in given and name not in inside.outer
    }


def _postpones(node: ast.stmt) -> bool:
    """Whether this keeps all annotations of the module from being evaluated (PEP 563)."""
    return (
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(one.name == "annotations" for one in node.names)
    )


def _expects(handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches what a missing module or name raises."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or define.dotted(kind).rpartition(".")[2] in _EXPECTED for kind in kinds)


def _suppresses(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call) or define.dotted(node.func).rpartition(".")[2] not in (
        "suppress",
        "raises",
    ):
        return False
    return any(define.dotted(one).rpartition(".")[2] in _EXPECTED for one in node.args)
