"""States of a repository, as literal facts of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from gate.languages.base.tree import Tree
from gate.languages.javascript.linker.manifests import Manifests
from gate.languages.javascript.linker.resolve import JavaScriptLinker
from gate.model.source import Definition, Export, FileFacts, Import, Parameter, Signature

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["function", "class", "variable", "attribute", "key", "type", "enum", "namespace"]


def defined(path: str, kind: Kind, **fields: Any) -> Definition:
    """A definition by its dotted path, on line 1."""
    scope, _, name = path.rpartition(".")
    return Definition(name, scope, kind, 1, 1, **fields)


def exporting(*definitions: Definition) -> FileFacts:
    """A module that exports what it defines at its top."""
    exports = tuple(Export(top.name, top.name, "", 1) for top in definitions if not top.scope)
    return FileFacts("full", definitions=definitions, exported=exports)


def imported(name: str, module: str) -> Import:
    """An import of a name under that name."""
    return Import(module, name, name, 0, 1, style="specifier")


def settings(*pairs: tuple[str, str]) -> FileFacts:
    """A manifest."""
    return FileFacts("full", settings=pairs)


def signature(*names: str) -> Signature:
    """Parameters without which a call does not fit."""
    return Signature(tuple(Parameter(name, "positional") for name in names))


def manifests(files: Mapping[str, FileFacts]) -> Manifests:
    """The manifests among these files."""
    return Manifests(Tree({path: path for path in files}), files.get)


def linker(files: Mapping[str, FileFacts]) -> JavaScriptLinker:
    """The names of these files."""
    tree = Tree({path: path for path in files})
    return JavaScriptLinker(tree, Manifests(tree, files.get), files.get)
