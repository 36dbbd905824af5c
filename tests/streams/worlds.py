"""Random repositories, made to collide: few paths, few lines, and every move git's merge has an opinion on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from gate.demo.repository_builder import Content, Executable, Submodule, SymbolicLink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gate.demo import repository_builder

Tree = dict[str, Content]
Move = tuple[str, int, int, int]
"""What an agent does to a tree: a verb, and three numbers the verb makes of what it likes."""

_FOLDERS = ("", "a/", "b/", "a/x/", "b/x/", "c/")
_NAMES = ("f", "g", "h")
_PATHS = tuple(folder + name for folder in _FOLDERS for name in _NAMES)
_LINES = 6


@dataclass(frozen=True)
class Commit:
    """One commit to be made: on which branch, its tree, and what its parents are (places in the list of commits)."""

    branch: str
    tree: Tree
    parents: tuple[int, ...]


@dataclass(frozen=True)
class World:
    """A repository to be: `streams` are the branches that are no target."""

    commits: tuple[Commit, ...]
    streams: tuple[str, ...] = field(default=())

    def build(self, repo: repository_builder.RepositoryBuilder) -> None:
        """Make it."""
        oids: list[str] = []
        for commit in self.commits:
            parents = [oids[at] for at in commit.parents]
            oids.append(repo.commit(commit.branch, commit.tree, parents=parents, fresh=True))
        repo.write()


@st.composite
def worlds(draw: st.DrawFn, most: int = 6) -> World:
    """A target that moves on, and three to `most` streams: from the target, from one another, merging one another."""
    start: Tree = {}
    for at, body in draw(st.lists(st.tuples(_small, _small), min_size=3, max_size=8)):
        _put(start, _PATHS[at % len(_PATHS)], _text(body))
    commits = [Commit("main", start, ())]
    tips: dict[str, int] = {}
    on_main = [0]
    moves: list[Move] = []
    for number in range(draw(st.integers(3, most))):
        name = f"s{number}"
        places = [0, *on_main, *tips.values()]
        at = draw(st.sampled_from(places))
        for step in range(draw(st.sampled_from([1, 1, 1, 2]))):
            others = sorted(set(tips.values()) | set(on_main)) if step or draw(_small) % 4 == 3 else []
            merged = [draw(st.sampled_from(others))] if others and draw(_small) % 3 == 2 else []
            tree = dict(commits[at].tree)
            for place in merged:
                for path, content in commits[place].tree.items():
                    if path not in tree:
                        _put(tree, path, content)
            for move in draw(_moves(moves)):
                moves.append(move)
                _act(tree, move)
            commits.append(Commit(name, tree, (at, *(place for place in merged if place != at))))
            at = len(commits) - 1
        tips[name] = at
        if draw(_small) % 9 == 8:
            tree = dict(commits[on_main[-1]].tree)
            for move in draw(_moves(moves)):
                _act(tree, move)
            commits.append(Commit("main", tree, (on_main[-1],)))
            on_main.append(len(commits) - 1)
    return World(tuple(commits), tuple(tips))


_small = st.integers(0, 35)


def _moves(moves: list[Move]) -> st.SearchStrategy[list[Move]]:
    """One to three moves; what somebody did before is often done again."""
    fresh = st.tuples(st.sampled_from(sorted(_VERBS)), _small, _small, _small)
    return st.lists(
        st.one_of(fresh, fresh, st.sampled_from(moves)) if moves else fresh, min_size=1, max_size=3
    )


def _act(tree: Tree, move: Move) -> None:
    verb, *numbers = move
    _VERBS[verb](tree, *numbers)


def _text(body: int) -> str:
    return "".join(f"{body % 4} {line}\n" for line in range(_LINES))


def _put(tree: Tree, path: str, content: Content) -> None:
    """Write a file where it may be a folder's place, or lie below a file."""
    for second in list(tree):
        if second.startswith(f"{path}/") or path.startswith(f"{second}/"):
            del tree[second]
    tree[path] = content


def _pick(tree: Tree, number: int) -> str | None:
    paths = sorted(tree)
    return paths[number % len(paths)] if paths else None


def _folders(tree: Tree) -> list[str]:
    return sorted({path[: at + 1] for path in tree for at, letter in enumerate(path) if letter == "/"})


def _edit(tree: Tree, which: int, line: int, word: int) -> None:
    path = _pick(tree, which)
    content = tree[path] if path else None
    if path and isinstance(content, str):
        lines = content.splitlines(keepends=True)
        lines[line % len(lines) : line % len(lines) + 1] = [f"edited {word % 3}\n"]
        tree[path] = "".join(lines)


def _grow(tree: Tree, which: int, word: int, _: int) -> None:
    path = _pick(tree, which)
    content = tree[path] if path else None
    if path and isinstance(content, str):
        tree[path] = content + f"grown {word % 2}\n"


def _add(tree: Tree, where: int, body: int, _: int) -> None:
    _put(tree, _PATHS[where % len(_PATHS)], _text(body))


def _delete(tree: Tree, which: int, _: int, __: int) -> None:
    path = _pick(tree, which)
    if path:
        del tree[path]


def _move(tree: Tree, which: int, where: int, _: int) -> None:
    path = _pick(tree, which)
    if path:
        _put(tree, _PATHS[where % len(_PATHS)], tree.pop(path))


def _move_folder(tree: Tree, which: int, where: int, _: int) -> None:
    folders = _folders(tree)
    if folders:
        old, new = folders[which % len(folders)], _FOLDERS[where % len(_FOLDERS)]
        moved = {path: tree.pop(path) for path in sorted(tree) if path.startswith(old)}
        for path, content in moved.items():
            _put(tree, new + path.removeprefix(old), content)


def _empty_folder(tree: Tree, which: int, _: int, __: int) -> None:
    folders = _folders(tree)
    for path in list(tree):
        if folders and path.startswith(folders[which % len(folders)]):
            del tree[path]


def _to_folder(tree: Tree, which: int, name: int, _: int) -> None:
    path = _pick(tree, which)
    if path:
        tree[f"{path}/{_NAMES[name % len(_NAMES)]}"] = tree.pop(path)


def _to_file(tree: Tree, which: int, body: int, _: int) -> None:
    folders = _folders(tree)
    if folders:
        _put(tree, folders[which % len(folders)].removesuffix("/"), _text(body))


def _retype(tree: Tree, which: int, kind: int, word: int) -> None:
    path = _pick(tree, which)
    content = tree[path] if path else None
    if path and isinstance(content, str):
        kinds: tuple[Content, ...] = (
            Executable(content),
            SymbolicLink(f"to{word % 2}"),
            Submodule(str(1 + word % 2) * 40),
            f"\0{word % 3}".encode(),
        )
        tree[path] = kinds[kind % len(kinds)]


_VERBS: dict[str, Callable[[Tree, int, int, int], None]] = {
    "add": _add,
    "delete": _delete,
    "edit": _edit,
    "empty folder": _empty_folder,
    "grow": _grow,
    "move": _move,
    "move folder": _move_folder,
    "retype": _retype,
    "to file": _to_file,
    "to folder": _to_folder,
}


def pairs(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every pair of names, each in order."""
    ordered = sorted(names)
    return ((first, second) for at, first in enumerate(ordered) for second in ordered[at + 1 :])
