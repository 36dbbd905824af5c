"""One walk over a module's syntax tree: definitions, imports, and everything it reads."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from gate.languages.python.reader import declared_types, definitions, digest, fixtures, signatures
from gate.languages.python.reader.bindings import BindingWalk
from gate.languages.python.reader.chains import chain, dotted
from gate.languages.python.reader.frames import PythonFrame
from gate.languages.python.reader.scopes import BlockNames, block_names, parameters
from gate.model.source import ENUMS, Definition, FileFacts, last_name, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.languages.python.reader.reads import ResultUse
    from gate.languages.python.reader.signatures import Function

_EXPECTED_ERRORS = words("ImportError ModuleNotFoundError NameError AttributeError Exception BaseException")
"""What a missing module or name raises, and the classes above."""


class PythonWalk(BindingWalk):
    """A walk over the statements of one module: it knows blocks and conditions."""

    def __init__(self, text: str, *, stub: bool = False) -> None:
        super().__init__(text)
        self._postpones_annotations = stub
        self._walrus = ":=" in text
        self._globals: set[str] = set()
        """Names of the module that functions bind."""

    def module(self, tree: ast.Module) -> FileFacts:
        """Return the facts of the module.

        Raises:
            RecursionError: it is nested too deeply.
        """
        self._postpones_annotations = self._postpones_annotations or any(map(_postpones, tree.body))
        self._reads.frames = [PythonFrame("module", "")]
        self._body(tree.body)
        return FileFacts(
            "full",
            definitions=tuple(self._definitions),
            imports=tuple(self._imports),
            references=self._reads.references(),
            string_references=tuple(self._reads.string_references),
            exports=None if self._exports is None else tuple(self._exports),
            globals=tuple(sorted(self._globals)),
            dynamic=tuple(sorted(self._reads.dynamic)),
            settings=tuple(sorted(self._reads.settings)),
            strings=self._reads.strings.with_lines(),
        )

    def _body(self, nodes: Iterable[ast.stmt]) -> None:
        for node in nodes:
            method = getattr(self, f"_on_{type(node).__name__}", None)
            if method is not None:
                method(node)
            else:
                self._parts(node)

    def _parts(self, node: ast.AST) -> None:
        """Read a statement that means no more than its parts, in order."""
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.stmt):
                self._body((part,))
            elif isinstance(part, ast.expr):
                self._reads.expression(part)
            else:
                self._parts(part)

    def _under(self, *blocks: Sequence[ast.stmt]) -> None:
        """Read blocks that may not run."""
        self._condition_depth += 1
        for block in blocks:
            self._body(block)
        self._condition_depth -= 1

    # Blocks

    def _on_FunctionDef(self, node: Function) -> None:  # noqa: N802
        outer = self._frame
        decorators = definitions.decorators(node.decorator_list)
        for value in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self._reads.expression(value)
        with self._annotations():
            for argument in parameters(node.args):
                self._reads.expression(argument.annotation)
            self._reads.expression(node.returns)
        path = f"{outer.path}.{node.name}" if outer.path else node.name
        self._reads.frames.append(self._function_frame(node, outer, path, decorators))
        if outer.kind != "function":
            self._definitions.append(self._function(node, outer.path, decorators))
            is_method = outer.kind == "class"
            self._reads.string_references += fixtures.requested(node, method=is_method, decorators=decorators)
        conditional, self._condition_depth = self._condition_depth, 0
        self._body(node.body)
        self._condition_depth = conditional
        self._reads.frames.pop()
        if outer.kind == "module" and node.name == "__getattr__":
            self._reads.dynamic.add("getattr")

    _on_AsyncFunctionDef = _on_FunctionDef  # noqa: N815

    def _function(self, node: Function, scope: str, decorators: tuple[str, ...]) -> Definition:
        """Return the definition of a function whose frame is the innermost."""
        signature = signatures.signature(node, self._lines[node.lineno - 1 : node.end_lineno])
        return Definition(
            node.name,
            scope,
            "function",
            node.lineno,
            node.end_lineno or node.lineno,
            signature,
            decorators,
            conditional=bool(self._condition_depth),
            abstract=definitions.is_abstract(decorators),
            fixture=fixtures.fixture_name(node),
            gives=signatures.gives(node, signature),
            digest=digest.of_function(self._lines, node, signature),
            declared_type=declared_types.result(node, self._reads.frames),
        )

    def _function_frame(
        self, node: Function, outer: PythonFrame, path: str, decorators: tuple[str, ...]
    ) -> PythonFrame:
        """Return the block of a function's body."""
        block = block_names(node.body, walrus=self._walrus)
        arguments = [argument.arg for argument in parameters(node.args)]
        self._globals.update(name for name in block.outer if name in block.names)
        static = "staticmethod" in map(last_name, decorators)
        is_method = bool(arguments) and outer.kind == "class" and not static
        me = arguments[0] if is_method and arguments[0] not in block.names else ""
        imports = {name for name in block.imports if block.imports[name] == block.names[name]}
        instances = {
            name: promise
            for name, promise in declared_types.parameters(node).items()
            if name not in block.names
        }
        return PythonFrame(
            "function",
            path,
            local=block.local | set(arguments),
            imports=imports - set(arguments),
            outer=block.outer,
            me=me,
            owner=outer.path if me else "",
            values={**_bound_once(block, arguments), **instances},
            declared=set(instances),
        )

    def _on_ClassDef(self, node: ast.ClassDef) -> None:  # noqa: N802
        outer = self._frame
        for value in (*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)):
            self._reads.expression(value)
        path = f"{outer.path}.{node.name}" if outer.path else node.name
        decorators, bases = definitions.decorators(node.decorator_list), definitions.bases(node)
        enum = any(last_name(base) in ENUMS for base in bases)
        local = block_names(node.body, walrus=self._walrus).local
        self._reads.frames.append(PythonFrame("class", path, local=local, enum=enum))
        before = len(self._definitions)
        conditional, self._condition_depth = self._condition_depth, 0
        self._body(node.body)
        self._condition_depth = conditional
        self._reads.frames.pop()
        if outer.kind == "function":
            del self._definitions[before:]
            return
        definition = Definition(
            node.name,
            outer.path,
            "class",
            node.lineno,
            node.end_lineno or node.lineno,
            decorators=decorators,
            bases=bases,
            conditional=bool(self._condition_depth),
            opaque=path in self._reads.opaque,
            digest=digest.of_text([*decorators, *bases]),
        )
        self._definitions.insert(before, definition)

    # Loops and contexts

    def _on_For(self, node: ast.For | ast.AsyncFor) -> None:  # noqa: N802
        use: ResultUse = "async-iterated" if isinstance(node, ast.AsyncFor) else "iterated"
        self._reads.expression(node.iter, use)
        self._condition_depth += 1
        self._target(node.target, None, node)
        self._condition_depth -= 1
        self._under(node.body, node.orelse)

    _on_AsyncFor = _on_For  # noqa: N815

    def _on_With(self, node: ast.With | ast.AsyncWith) -> None:  # noqa: N802
        use: ResultUse = "async-entered" if isinstance(node, ast.AsyncWith) else "entered"
        expected = any(_suppresses(item.context_expr) for item in node.items)
        for item in node.items:
            self._reads.expression(item.context_expr, use)
            if item.optional_vars is not None:
                self._target(item.optional_vars, None, node)
        self._guard(node.body, expected=expected)

    _on_AsyncWith = _on_With  # noqa: N815

    def _on_Expr(self, node: ast.Expr) -> None:  # noqa: N802
        self._reads.expression(node.value, "dropped")
        if isinstance(node.value, ast.Call) and dotted(node.value.func) in (
            "__all__.extend",
            "__all__.append",
        ):
            self._reads.dynamic.add("exports")

    # Conditions

    def _on_If(self, node: ast.If) -> None:  # noqa: N802
        self._reads.expression(node.test)
        if dotted(node.test).rpartition(".")[2] == "TYPE_CHECKING":
            self._typing_depth += 1
            with self._reads.typing():
                self._under(node.body)
            self._typing_depth -= 1
        else:
            self._under(node.body)
        self._under(node.orelse)

    def _on_While(self, node: ast.While) -> None:  # noqa: N802
        self._reads.expression(node.test)
        self._under(node.body, node.orelse)

    def _on_Try(self, node: Any) -> None:  # noqa: N802
        self._condition_depth += 1
        self._guard(node.body, expected=any(map(_expects, node.handlers)))
        self._condition_depth -= 1
        for handler in node.handlers:
            self._reads.expression(handler.type)
            self._under(handler.body)
        self._under(node.orelse)
        self._body(node.finalbody)

    _on_TryStar = _on_Try  # noqa: N815

    def _guard(self, nodes: Sequence[ast.stmt], *, expected: bool) -> None:
        """Read a block, whose failure may be expected."""
        self._guard_depth += expected
        self._reads.guard_depth += expected
        self._body(nodes)
        self._reads.guard_depth -= expected
        self._guard_depth -= expected


def _bound_once(block: BlockNames, arguments: Sequence[str]) -> dict[str, str]:
    """Return by local name that one plain assignment binds to a chain, and nothing else: that chain."""
    chains = {name: chain(value) for name, value in block.values.items()}
    return {
        name: text
        for name, text in chains.items()
        if text and block.names[name] == 1 and name not in arguments and name not in block.outer
    }


def _postpones(node: ast.stmt) -> bool:
    """Return whether a statement keeps all annotations of the module from being evaluated (PEP 563)."""
    return (
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
    )


def _expects(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler catches what a missing module or name raises."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or _is_expected_error(kind) for kind in kinds)


def _suppresses(node: ast.expr) -> bool:
    """Return whether a context manager catches what a missing module or name raises."""
    if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] not in ("suppress", "raises"):
        return False
    return any(map(_is_expected_error, node.args))


def _is_expected_error(node: ast.expr) -> bool:
    return dotted(node).rpartition(".")[2] in _EXPECTED_ERRORS
