"""Names that the merge of a Python file binds twice: the last definition wins, and nothing warns of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.duplicate_lines import added_line
from gate.model.names import DuplicateDefinition
from gate.model.source import ENUMS, last_name, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gate.languages.base.merged_file import MergedFile
    from gate.model.names import DuplicateKind
    from gate.model.source import Definition, FileFacts

Binding = tuple[str, str, str]
"""(scope, name, number of the literal): which bindings replace one another; the number is "" but for keys."""
_REDEFINING_DECORATORS = words(
    "overload setter getter deleter register singledispatch dispatch validator typing"
)
"""Decorators under which a name is defined again on purpose."""
_TRACELESS_DECORATORS = words("""
    staticmethod classmethod property cached_property abstractmethod override final
    dataclass fixture patch cache lru_cache wraps contextmanager asynccontextmanager
    deprecated usefixtures override_settings
    skip skipif skipIf skipUnless expectedFailure xfail parametrize
""")
"""Decorators that put a function to no use of their own."""
_TRACELESS_TEST_DECORATORS = words("given settings example")
"""The same on tests alone: pytest-bdd registers steps by one of these names."""


def find_duplicates(file: MergedFile) -> Iterator[DuplicateDefinition]:
    """Yield what a module or a class of the merged file binds more often than either side's version."""
    yield from _outermost(list(_definitions(file)))
    yield from _imports(file)


def _definitions(file: MergedFile) -> Iterator[DuplicateDefinition]:
    """Yield the definitions that both sides add, nested ones included."""
    bindings_of_sides = [_bindings(side) for side in file.sides]
    enums = _enums(file.merged)
    for binding, definitions in _bindings(file.merged).items():
        # Most are bound no more often than by a side; only of the others are conditional definitions counted too.
        most = max(len(bindings.get(binding, ())) for bindings in bindings_of_sides)
        if len(definitions) <= most or _redefines(definitions):
            continue
        scope, name, _ = binding
        first, second = (_with_name(side, scope, name) for side in file.sides)
        if not first or not second or len(definitions) <= max(len(first), len(second)):
            continue
        kind = _kind(definitions[-1], file.path, enums)
        alike = _are_alike(definitions, (first, second), file.sides)
        if kind in ("field", "constant") and alike:
            continue
        yield DuplicateDefinition(
            file.first,
            file.second,
            file.path,
            scope,
            name,
            kind,
            (added_line(first, second), added_line(second, first)),
            registered=not all(map(_is_traceless, definitions)),
            alike=alike,
        )


def _with_name(facts: FileFacts, scope: str, name: str) -> list[Definition]:
    """Return the definitions of a name in a scope, conditional ones included."""
    return [
        definition for definition in facts.definitions if (definition.scope, definition.name) == (scope, name)
    ]


def _outermost(duplicates: Sequence[DuplicateDefinition]) -> Iterator[DuplicateDefinition]:
    """Yield the duplicates that lie in no duplicate class, without the values of duplicate members of enums."""
    classes = {
        f"{duplicate.scope}.{duplicate.name}" if duplicate.scope else duplicate.name
        for duplicate in duplicates
        if duplicate.kind == "class"
    }
    values = {f"{duplicate.scope}()" for duplicate in duplicates if duplicate.kind == "member"}
    for duplicate in duplicates:
        if duplicate.scope not in values and not any(_is_inside(duplicate.scope, path) for path in classes):
            yield duplicate


def _is_inside(scope: str, path: str) -> bool:
    """Return whether a scope is the class at a dotted path, or lies in it."""
    return scope == path or scope.startswith(f"{path}.")


def _bindings(facts: FileFacts) -> dict[Binding, list[Definition]]:
    """Return the unconditional definitions of functions, classes, keys and some variables.

    Variables count in classes and as constants (all capitals); scripts bind others again as they go on.
    """
    bindings: dict[Binding, list[Definition]] = defaultdict(list)
    literals: Counter[str] = Counter()
    for definition in facts.definitions:
        if definition.kind == "variable":
            literals[f"{definition.path}[]"] += 1
        if definition.conditional or definition.name == "_":
            continue
        if definition.kind in ("function", "class") or (
            definition.kind == "variable" and (definition.scope or definition.name.isupper())
        ):
            bindings[definition.scope, definition.name, ""].append(definition)
        elif definition.kind == "key":
            bindings[definition.scope, definition.name, f"{literals[definition.scope]}"].append(definition)
    return bindings


def _enums(facts: FileFacts) -> set[str]:
    """Return the dotted paths of the enums of a file."""
    return {
        definition.path
        for definition in facts.definitions
        if definition.kind == "class" and any(last_name(base) in ENUMS for base in definition.bases)
    }


def _redefines(definitions: Sequence[Definition]) -> bool:
    """Return whether a decorator shows that a name is defined again on purpose."""
    return any(
        last_name(decorator) in _REDEFINING_DECORATORS
        for definition in definitions
        for decorator in definition.decorators
    )


def _is_traceless(definition: Definition) -> bool:
    """Return whether no decorator of a definition may have put it to use."""
    is_test = definition.name.startswith("test")
    return all(
        last_name(decorator) in _TRACELESS_DECORATORS
        or "mark." in decorator
        or "patch." in decorator
        or (last_name(decorator) in _TRACELESS_TEST_DECORATORS and is_test)
        for decorator in definition.decorators
    )


def _are_alike(
    definitions: Sequence[Definition],
    by_side: tuple[Sequence[Definition], Sequence[Definition]],
    sides: tuple[FileFacts, FileFacts],
) -> bool:
    """Return whether all definitions of a name surely do the same; of a class that includes what it holds."""
    first = definitions[0]
    if any(
        not definition.digest or (definition.kind, definition.digest) != (first.kind, first.digest)
        for definition in definitions
    ):
        return False
    if first.kind != "class":
        return all(definition.decorators == first.decorators for definition in definitions)
    return _inside(sides[0], by_side[0][0].path) == _inside(sides[1], by_side[1][0].path)


def _inside(facts: FileFacts, path: str) -> list[tuple[str, str]]:
    """Return (dotted path, digest) of all that a class holds, sorted."""
    return sorted(
        (definition.path, definition.digest)
        for definition in facts.definitions
        if _is_inside(definition.scope, path)
    )


def _kind(definition: Definition, path: str, enums: Collection[str]) -> DuplicateKind:
    if definition.kind == "key":
        return "value" if definition.scope.endswith("()") else "key"
    if definition.kind == "variable":
        return "member" if definition.scope in enums else "field" if definition.scope else "constant"
    if definition.fixture:
        return "fixture"
    if definition.name.startswith(("test", "Test")) and registry.is_test(path):
        return "test"
    return "function" if definition.kind == "function" else "class"


def _imports(file: MergedFile) -> Iterator[DuplicateDefinition]:
    """Yield the names that an import of each side gives to different things."""
    first_sources, second_sources = (_import_sources(side) for side in file.sides)
    for name, sources in _import_sources(file.merged).items():
        first, second = first_sources.get(name, {}), second_sources.get(name, {})
        if len(sources) > 1 and len(first) == 1 and len(second) == 1 and first.keys() != second.keys():
            lines = (next(iter(first.values())), next(iter(second.values())))
            yield DuplicateDefinition(file.first, file.second, file.path, "", name, "import", lines)


def _import_sources(facts: FileFacts) -> dict[str, dict[tuple[int, str, str], int]]:
    """Return by name that unconditional imports bind: (level, module, name) of what it stands for, with the line."""
    sources: dict[str, dict[tuple[int, str, str], int]] = {}
    for binding in facts.imports:
        at_top = binding.alias and not binding.scope and not binding.conditional
        if at_top and (binding.name or binding.renamed):
            sources.setdefault(binding.alias, {})[binding.level, binding.module, binding.name] = binding.line
    return sources
