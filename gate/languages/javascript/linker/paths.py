"""Which files a path without its ending may mean, as TypeScript's compiler, Node and bundlers have it."""

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
"""The endings of sources, by the ending a specifier is written with."""
_PLATFORMS = (".native", ".web", ".ios", ".android", ".client", ".server", ".node", ".browser")
_INDEX = tuple(f"index{end}" for end in (*SOURCE, ".json", ".vue", ".svelte"))


def joined(folder: str, path: str) -> str | None:
    """Return a path as seen from a folder; None when it leads out of the repository."""
    whole = normpath(f"{folder}/{path}" if folder else path)
    if whole.startswith(("../", "/")) or whole == "..":
        return None
    return "" if whole == "." else whole


def is_source(path: str) -> bool:
    """Return whether the names of a module may be known."""
    return path.endswith(SOURCE)


def is_typed(path: str) -> bool:
    """Return whether a compiler checks what a file calls."""
    return path.endswith((".ts", ".tsx", ".mts", ".cts"))


def files(tree: Tree, stem: str) -> list[str]:
    """Return the files that a specifier leading to `stem` may mean, the most likely first; folders are left aside."""
    return [path for path in dict.fromkeys(_candidates(stem)) if path in tree]


def _candidates(stem: str) -> Iterator[str]:
    if stem:
        yield from (
            stem[: -len(end)] + source for end in _WRITTEN if stem.endswith(end) for source in _WRITTEN[end]
        )
        yield stem
        yield from (stem + end for end in _ENDINGS)


def platforms(tree: Tree, stem: str) -> list[str]:
    """Return the variants of a module for different platforms, of which a build takes one."""
    return [path for platform in _PLATFORMS for end in SOURCE if (path := stem + platform + end) in tree]


def index(tree: Tree, folder: str) -> str:
    """Return the file that stands for a folder, "" when there is none."""
    start = f"{folder}/" if folder else ""
    return next((path for name in _INDEX if (path := start + name) in tree), "")


def specifier(importer: str, path: str, like: str) -> str:
    """Return how a file imports the module at `path`, with an ending where the specifier `like` has one."""
    folder = importer.rpartition("/")[0]
    relative = relpath(path, folder or ".")
    ending = next((end for end in (*_WRITTEN, ".ts", ".tsx", ".mts", ".cts") if like.endswith(end)), "")
    for end in sorted(SOURCE, key=len, reverse=True):
        if relative.endswith(end):
            relative = relative[: -len(end)] + ending
            break
    if not ending:
        relative = relative.removesuffix("/index")
    return relative if relative.startswith(".") else f"./{relative}"
