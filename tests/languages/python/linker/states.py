"""States of a repository, as literal facts of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from gate.languages.base.symbols import Bound
from gate.languages.base.tree import Tree
from gate.languages.python.linker import roots
from gate.languages.python.linker.answers import PythonLinker
from gate.languages.python.linker.modules import Modules
from gate.model.source import Definition, FileFacts, Import, Parameter, Signature

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["function", "class", "variable", "attribute", "key"]


def defined(path: str, kind: Kind, **fields: Any) -> Definition:
    """A definition by its dotted path, on line 1."""
    scope, _, name = path.rpartition(".")
    return Definition(name, scope, kind, 1, 1, **fields)


def imported(module: str, name: str = "", **fields: Any) -> Import:
    """`from module import name`, or `import module`; dots before the module make it relative."""
    level = len(module) - len(module.lstrip("."))
    alias = "" if name == "*" else name or module.partition(".")[0]
    return Import(module.lstrip("."), name, fields.pop("alias", alias), level, 1, **fields)


def module(*parts: Definition | Import, **fields: Any) -> FileFacts:
    """A file that holds these definitions and imports."""
    definitions = tuple(part for part in parts if isinstance(part, Definition))
    imports = tuple(part for part in parts if isinstance(part, Import))
    return FileFacts("full", definitions=definitions, imports=imports, **fields)


def signature(*names: str, **fields: Any) -> Signature:
    """Parameters in short: `*r` and `**k` swallow, `a=` has a default, `a/` is given by position only, `:a` by name."""
    return Signature(tuple(map(_parameter, names)), **fields)


def _parameter(text: str) -> Parameter:
    name = text.strip("*/:=")
    if text.startswith("*"):
        return Parameter(name, "keywords" if text.startswith("**") else "rest", required=False)
    kind: Literal["positional", "keyword", "either"] = (
        "positional" if "/" in text else "keyword" if text.startswith(":") else "either"
    )
    return Parameter(name, kind, required="=" not in text)


def linker(files: Mapping[str, FileFacts]) -> PythonLinker:
    """The names of these files."""
    tree = Tree({path: path for path in files})
    return PythonLinker(Modules(tree, roots.survey(tree, files.get)), files.get)


def bound(names: PythonLinker, path: str, dotted: str, **fields: Any) -> Bound:
    """The definition at a dotted path of a file."""
    definitions = names.facts(path).definitions
    return Bound(path, next(part for part in definitions if part.path == dotted), **fields)
