"""Which file a path without its ending is: as TypeScript's compiler, Node and bundlers would have it."""

from __future__ import annotations

from posixpath import normpath, relpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.tree import Tree

SOURCE = (".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
"""Endings of modules whose names are known."""
_ENDINGS = (*SOURCE, ".json", ".vue", ".svelte", ".d.mts", ".d.cts", ".node", ".wasm", ".css", ".scss")
_WRITTEN = {
    ".js": (".ts", ".tsx", ".d.ts"), ".jsx": (".tsx", ".d.ts"), ".mjs": (".mts", ".d.mts"),
    ".cjs": (".cts", ".d.cts"),
}  # fmt: skip
"""What an ending in a specifier may be compiled from."""
_PLATFORMS = (".native", ".web", ".ios", ".android", ".client", ".server", ".node", ".browser")
_INDEX = tuple(f"index{end}" for end in (*SOURCE, ".json", ".vue", ".svelte"))


def joined(folder: str, path: str) -> str | None:
    """A path as seen from a folder; None when it leads out of the repository."""
    found = normpath(f"{folder}/{path}" if folder else path)
    if found.startswith(("../", "/")) or found == "..":
        return None
    return "" if found == "." else found


def is_source(path: str) -> bool:
    """Whether the names of this module may be known."""
    return path.endswith(SOURCE)


def is_typed(path: str) -> bool:
    """Whether a compiler checks what this file calls."""
    return path.endswith((".ts", ".tsx", ".mts", ".cts"))


def files(tree: Tree, stem: str) -> list[str]:
    """The files that a specifier leading to `stem` may mean, the most likely first; its folder left aside."""
    return [path for path in dict.fromkeys(_candidates(stem)) if path in tree]


def _candidates(stem: str) -> Iterator[str]:
    if stem:
        yield from (
            stem[: -len(end)] + one for end in _WRITTEN if stem.endswith(end) for one in _WRITTEN[end]
        )
        yield stem
        yield from (stem + end for end in _ENDINGS)


def platforms(tree: Tree, stem: str) -> list[str]:
    """The variants of a module for different platforms, of which a build takes one."""
    return [path for one in _PLATFORMS for end in SOURCE if (path := stem + one + end) in tree]


def index(tree: Tree, folder: str) -> str:
    """The file that stands for a folder, "" when there is none."""
    start = f"{folder}/" if folder else ""
    return next((path for name in _INDEX if (path := start + name) in tree), "")


def specifier(importer: str, path: str, like: str) -> str:
    """How a file imports the module at `path`, written as the specifier it had."""
    folder = importer.rpartition("/")[0]
    found = relpath(path, folder or ".")
    ending = next((end for end in (*_WRITTEN, ".ts", ".tsx", ".mts", ".cts") if like.endswith(end)), "")
    for end in sorted(SOURCE, key=len, reverse=True):
        if found.endswith(end):
            found = found[: -len(end)] + ending
            break
    if not ending:
        found = found.removesuffix("/index")
    return found if found.startswith(".") else f"./{found}"
