"""Small trees, linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.link.linker import Linker
from gate.link.modules import Modules, roots
from gate.link.tree import Tree
from gate.link.uses import Answer, answer, uses
from gate.source import python

if TYPE_CHECKING:
    from collections.abc import Mapping


def linked(files: Mapping[str, str]) -> Linker:
    """Names of these files."""
    tree = Tree({path: path for path in files})
    facts = {path: python.read(text.encode()) for path, text in files.items()}
    return Linker(Modules(tree, roots(tree)), facts.get)


def answers(files: Mapping[str, str], path: str) -> dict[str, Answer]:
    """What the tree says to each name and import a file needs."""
    linker = linked(files)
    return {use.text: answer(linker, path, use) for use in uses(linker.facts(path)) if use.kind != "call"}


def says(files: Mapping[str, str], path: str, text: str) -> str:
    """`fine`, `fails` or `silent`."""
    said = answers(files, path)[text]
    return "fails" if said.fails else "fine" if said.fine else "silent"


def call(files: Mapping[str, str], path: str = "use.py") -> str:
    """Why the last call of a file does not fit, "" when it does or cannot be told."""
    linker = linked(files)
    last = [use for use in uses(linker.facts(path)) if use.kind == "call"][-1]
    return answer(linker, path, last).why
