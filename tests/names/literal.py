"""Names without a repository: files are literal texts, and the id of a blob is its text.

A removed file has the text "". Commits and trees are named after the sides that are merged in them: `a+b`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal

from gate.languages import registry
from gate.languages.base.uses import SILENT, uses
from gate.languages.state import State
from gate.model.git import Clean, Conflicted
from gate.model.source import Definition, FileFacts, Import, Reference, StringReference
from gate.names.compared_pair import ComparedPair
from gate.names.pairs import analyse_pairs
from gate.names.source import SideFiles
from gate.names.states import MergedFiles, States
from gate.names.stream_changes import ComparedSide, StreamChanges, compare_sides

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from gate.languages.base.changes import FileChanges
    from gate.languages.base.uses import Answer, Use
    from gate.model.facts import NotChecked, PairFacts
    from gate.model.git import Merge
    from gate.names.analysis import NameAnalysis

Kind = Literal["function", "class", "variable", "attribute", "key", "type", "enum", "namespace"]
Files = dict[str, str]
"""By path: texts, "" for a removed file."""
Renames = Mapping[str, Mapping[str, str]]
"""By side: new paths with their old ones."""


@dataclass
class LiteralBlobs:
    """Facts of texts, read on demand; `facts_of` has literal ones instead, by text."""

    facts_of: dict[str, FileFacts] = field(default_factory=dict)
    loaded: list[tuple[str, str]] = field(default_factory=list)

    def facts(self, blob: str, path: str) -> FileFacts:
        return self._read(blob, registry.ending(path))

    def data(self, blob: str, path: str) -> FileFacts:
        return self._read(blob, registry.form(path))

    def imports(self, blob: str, form: str) -> FileFacts:
        return self._read(blob, form)

    def load(self, versions: Iterable[tuple[str, str]]) -> None:
        self.loaded += versions

    def load_imports(self, forms: Iterable[tuple[str, str]]) -> None:
        self.loaded += forms

    def text(self, blob: str) -> bytes:
        return blob.encode()

    def lines(self, blob: str) -> list[str]:
        return blob.splitlines(keepends=True)

    def added_lines(self, old: str, new: str) -> Mapping[int, str]:
        before, after = self.lines(old), self.lines(new)
        spans = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        changed = (span for span in spans if span[0] != "equal")
        return {at + 1: after[at] for _, _, _, start, end in changed for at in range(start, end)}

    def _read(self, blob: str, form: str) -> FileFacts:
        assert blob, "no file is read where there is none"
        if blob not in self.facts_of:
            return registry.reader(form).read(blob.encode(), form)
        return self.facts_of[blob]


@dataclass
class LiteralSource:
    """A base of literal files, and merges of the sides over it; `conflicts` has paths in conflict, by tree."""

    base: Files
    commits: dict[str, Files] = field(default_factory=dict)
    blobs: LiteralBlobs = field(default_factory=LiteralBlobs)
    conflicts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    partial: bool = False
    merges: list[str] = field(default_factory=list)
    searched: list[set[str]] = field(default_factory=list)

    def paths(self) -> Mapping[str, str]:
        return self.base

    def changed_blobs(self, trees: Sequence[str]) -> list[dict[str, str]]:
        return [self._files(tree) for tree in trees]

    def merge(self, ours: str, theirs: str) -> Merge:
        tree = f"{ours}+{theirs}"
        self.merges.append(tree)
        if tree in self.conflicts:
            return Conflicted(tree, self.conflicts[tree], ())
        return Clean(tree, tree)

    def files_holding(self, words: Collection[str], endings: Collection[str]) -> Mapping[str, set[str]]:
        self.searched.append({*words})
        texts = {path: text for path, text in self.base.items() if path.endswith(tuple(endings))}
        return {
            word: {path for path, text in texts.items() if re.search(rf"\b{word}\b", text)} for word in words
        }

    def is_partial(self) -> bool:
        return self.partial

    def _files(self, tree: str) -> Files:
        if tree in self.commits:
            return dict(self.commits[tree])
        files: Files = {}
        for commit in filter(None, tree.split("+")):
            for path, text in self.commits[commit].items():
                ours = files.get(path)
                files[path] = text if ours is None else merged(self.base.get(path, ""), ours, text)
        return files


def merged(base: str, ours: str, theirs: str) -> str:
    """Merge three texts by lines, as if edits that touch did not conflict."""
    lines = base.splitlines(keepends=True)
    edits: list[tuple[int, int, list[str]]] = []
    for side in (ours, theirs):
        new = side.splitlines(keepends=True)
        spans = SequenceMatcher(None, lines, new, autojunk=False).get_opcodes()
        side_edits = [(start, end, new[at:to]) for kind, start, end, at, to in spans if kind != "equal"]
        edits += [edit for edit in side_edits if edit not in edits]
    for start, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        lines[start:end] = new
    return "".join(lines)


@dataclass
class World:
    """What the sides of a source do, and every state of it."""

    source: LiteralSource
    sides: dict[str, SideFiles]
    states: States = field(init=False)
    changes: dict[str, StreamChanges] = field(init=False)

    def __post_init__(self) -> None:
        self.states = States(self.source)
        self.changes = compare_sides(self.states, list(self.sides.values()))

    def state(self, tree: str, unsettled: Collection[str] = ()) -> State:
        """Return the state of a tree: `a`, `a+b`, "" for the base."""
        return self.states.state(self.files(tree, unsettled))

    def files(self, tree: str, unsettled: Collection[str] = ()) -> MergedFiles:
        [blobs] = self.source.changed_blobs([tree])
        return MergedFiles(blobs, unsettled)

    def side(self, name: str) -> ComparedSide:
        return ComparedSide(self.changes[name], self.state(name))

    def pair(self, first: str = "a", second: str = "b", unsettled: Collection[str] = ()) -> ComparedPair:
        """Return two sides, and their merge."""
        merge = self.state(f"{first}+{second}", unsettled)
        return ComparedPair(self.side(first), self.side(second), merge)


def world(base: Files, renames: Renames | None = None, /, **sides: Files) -> World:
    """Return sides over a base, by name; `renames` has by side the new paths with their old ones."""
    by_side = renames or {}
    files = {name: side(name, changed, by_side.get(name)) for name, changed in sides.items()}
    commits = {name: dict(side_edits.changed_blobs) for name, side_edits in files.items()}
    return World(LiteralSource(base, commits), files)


def side(
    name: str, files: Files, renames: Mapping[str, str] | None = None, *, judged: bool = True
) -> SideFiles:
    """Return a side whose commit has its name; a renamed file's old path is removed."""
    removed = dict.fromkeys((renames or {}).values(), "")
    return SideFiles(name, {**removed, **files}, renames or {}, name, judged)


def analysed(
    base: Files, renames: Renames | None = None, /, **sides: Files
) -> tuple[NameAnalysis, tuple[PairFacts, ...], tuple[NotChecked, ...]]:
    """Return the whole comparison of these sides."""
    scene = world(base, renames, **sides)
    return analyse_pairs(scene.source, list(scene.sides.values()), [])


# Literal facts


@dataclass
class LiteralLinker:
    """Answers by path and text of a use, and what they depend on; SILENT for every other use."""

    answers: Mapping[tuple[str, str], Answer]
    used: Mapping[tuple[str, str], Sequence[tuple[str, str]]]
    dependencies: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, path: str, use: Use) -> Answer:
        self.dependencies += self.used.get((path, use.text), ())
        return self.answers.get((path, use.text), SILENT)


def state(
    facts: Mapping[str, FileFacts] | None = None,
    answers: Mapping[tuple[str, str], Answer] | None = None,
    used: Mapping[tuple[str, str], Sequence[tuple[str, str]]] | None = None,
) -> State:
    """Return a state of literal facts and answers."""
    linker = LiteralLinker(answers or {}, used or {})
    return State((facts or {}).get, lambda _: linker)


def definition(path: str, kind: Kind = "function", line: int = 1, **more: Any) -> Definition:
    """Return a definition of one line by its dotted path."""
    scope, _, name = path.rpartition(".")
    return Definition(name, scope, kind, line, more.pop("end_line", line), **more)


def of_uses(*facts: Reference | Import | StringReference | Definition, **more: Any) -> FileFacts:
    """Return the facts of a file with these facts."""
    return FileFacts(
        "full",
        definitions=tuple(fact for fact in facts if isinstance(fact, Definition)),
        imports=tuple(fact for fact in facts if isinstance(fact, Import)),
        references=tuple(fact for fact in facts if isinstance(fact, Reference)),
        string_references=tuple(fact for fact in facts if isinstance(fact, StringReference)),
        **more,
    )


def use_of(fact: Reference | Import | StringReference | Definition, kind: str = "") -> Use:
    """Return the use that a file with only this fact makes, the last one of its kind."""
    return [use for use in uses(of_uses(fact)) if use.kind == (kind or use.kind)][-1 if kind else 0]


def binding(module: str, name: str = "", **more: Any) -> Import:
    """Return the import of a module or of a name in it."""
    alias = more.pop("alias", name or module.partition(".")[0])
    return Import(module, name, alias, more.pop("level", 0), more.pop("line", 1), **more)


def changes(name: str, files: Mapping[str, FileChanges] | None = None, **more: Any) -> StreamChanges:
    """Return what a side does; its changed files have their paths for blobs."""
    blobs = {path: path for path in files or {}} | more.pop("changed_blobs", {})
    return StreamChanges(name, blobs, file_changes=files or {}, **more)
