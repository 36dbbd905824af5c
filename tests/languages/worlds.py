"""Small trees, linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.tree import Tree
from gate.languages.base.uses import Answer, Use, uses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.languages.base.language import Linker
    from gate.model.source import FileFacts


def linked(files: Mapping[str, str], family: str = "python") -> tuple[Linker, Mapping[str, FileFacts]]:
    """Names of these files, and their facts."""
    own = registry.catalog()[family]
    tree = Tree({path: path for path in files if own.accepts(path)})
    facts = {path: read(text, path) for path, text in files.items() if registry.is_read(path)}
    return own.linker(tree, own.survey(tree, facts.get), facts.get), facts


def read(text: str, path: str) -> FileFacts:
    """The facts of one file."""
    ending = registry.ending(path)
    return registry.reader(ending).read(text.encode(), ending)


def listed(files: Mapping[str, str], path: str, family: str = "python") -> list[tuple[Use, Answer]]:
    """What the tree says to each thing a file needs."""
    linker, facts = linked(files, family)
    return [(use, linker.answer(path, use)) for use in uses(facts[path])]


def says(files: Mapping[str, str], path: str, text: str, family: str = "python") -> str:
    """`fine`, `fails` or `silent`."""
    said = {use.text: one for use, one in listed(files, path, family) if use.kind != "call"}[text]
    return "fails" if said.fails else "fine" if said.fine else "silent"


def call(files: Mapping[str, str], path: str = "use.py", family: str = "python") -> str:
    """Why the last call of a file does not fit, "" when it does or cannot be told."""
    return [one for use, one in listed(files, path, family) if use.kind == "call"][-1].why
