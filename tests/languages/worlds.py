"""Small trees, linked, and what stands in the facts of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.tree import Tree
from gate.languages.base.uses import Answer, Use, uses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.languages.base.language import Linker
    from gate.model.source import FileFacts


def linked(files: Mapping[str, str], name: str = "python") -> tuple[Linker, Mapping[str, FileFacts]]:
    """The linker of a language for these files, and their facts."""
    language = registry.catalog()[name]
    tree = Tree({path: path for path in files if language.accepts(path)})
    facts = {path: read(text, path) for path, text in files.items() if registry.is_read(path)}
    return language.linker(tree, language.survey(tree, facts.get), facts.get), facts


def read(text: str, path: str) -> FileFacts:
    """The facts of one file."""
    ending = registry.ending(path)
    return registry.reader(ending).read(text.encode(), ending)


def answered_uses(files: Mapping[str, str], path: str, language: str = "python") -> list[tuple[Use, Answer]]:
    """The uses of a file, each with what the tree says to it."""
    linker, facts = linked(files, language)
    return [(use, linker.answer(path, use)) for use in uses(facts[path])]


def says(files: Mapping[str, str], path: str, text: str, language: str = "python") -> str:
    """`fine`, `fails` or `silent`."""
    answers = {use.text: answer for use, answer in answered_uses(files, path, language) if use.kind != "call"}
    return "fails" if answers[text].fails else "fine" if answers[text].fine else "silent"


def call(files: Mapping[str, str], path: str = "use.py", language: str = "python") -> str:
    """Why the last call of a file does not fit, "" when it does or nobody can tell."""
    return [answer for use, answer in answered_uses(files, path, language) if use.kind == "call"][-1].why


def misfits(files: Mapping[str, str], path: str, language: str = "python") -> set[str]:
    """Why calls of a file do not fit."""
    return {answer.why for use, answer in answered_uses(files, path, language) if use.kind == "call"} - {""}


def shown_chains(facts: FileFacts) -> dict[str, int]:
    """What is read, with the count of arguments where it is called, -1 where they may be many, -2 where it is not."""
    return {
        use.chain: -2 if use.call is None else -1 if use.call.star else use.call.positional
        for use in facts.references
    }


def shown_definitions(facts: FileFacts) -> dict[str, str]:
    """Paths of definitions, with what each holds or gives, else its kind."""
    return {definition.path: definition.value or definition.kind for definition in facts.definitions}
