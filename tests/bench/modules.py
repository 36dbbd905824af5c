"""A repository of modules that use one another, with streams that rename, extend and call: what names cost."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from gate.demo import repository_builder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.generate import Sizes

FUNCTIONS = 8
PER_PACKAGE = 50
POLICY = 'version = 1\nbranches = ["agent/*"]\n'


def write(folder: Path, sizes: Sizes) -> tuple[str, ...]:
    """Write the repository and return the names of its streams; each changes as many modules as `sizes` says."""
    chance = random.Random(sizes.seed)
    with repository_builder.repository(folder) as repo:
        packages = {f"{path(number).rpartition('/')[0]}/__init__.py": "" for number in range(sizes.files)}
        modules = {path(number): text(number, sizes) for number in range(sizes.files)}
        base = repo.commit("main", {"gate.toml": POLICY, **packages, **modules}, message="Begin\n")
        names = tuple(f"agent/{number:03}" for number in range(sizes.streams))
        for name in names:
            repo.commit(name, dict(_changes(chance, sizes)), parents=[base], message=f"Work of {name}\n")
    return names


def path(number: int) -> str:
    """Where a module lies."""
    return f"src/app/package_{number // PER_PACKAGE:03}/module_{number:05}.py"


def dotted(number: int) -> str:
    """What others import it as."""
    return path(number).removeprefix("src/").removesuffix(".py").replace("/", ".")


def text(number: int, sizes: Sizes, *, renamed: int = -1, uses: int = -1) -> str:
    """A module of about 110 lines, with one function `renamed`, or one more that `uses` another module."""
    others = [(number * 7 + step * 31) % sizes.files for step in range(1, 4)]
    lines = ["import json", "from dataclasses import dataclass", ""]
    lines += [f"from {dotted(other)} import work_{other}_{at}" for at, other in enumerate(others)]
    if uses >= 0:
        lines.append(f"from {dotted(uses)} import work_{uses}_5")
    lines += ["", "", "@dataclass", f"class Item{number}:", "    name: str", "    size: int = 0", ""]
    lines += ["    def total(self, factor):", "        return self.size * factor", ""]
    for at in range(FUNCTIONS):
        name = f"work_{number}_{at}" + ("_now" if at == renamed else "")
        lines += ["", f"def {name}(value, *, strict=False, limit={at}):", f'    """Do step {at}."""']
        lines += [f"    item = Item{number}(str(value), size=limit)", "    if strict and value is None:"]
        lines += ["        raise ValueError(json.dumps({'name': item.name, 'limit': limit}))"]
        lines += [
            f"    found = work_{other}_{step}(value, strict=strict)" for step, other in enumerate(others)
        ]
        lines += ["    return item.total(limit), found", ""]
    if uses >= 0:
        lines += ["", f"def more_{number}(value):", f"    return work_{uses}_5(value, strict=True)", ""]
    return "\n".join(lines)


def _changes(chance: random.Random, sizes: Sizes) -> Iterator[tuple[str, str]]:
    for number in chance.sample(range(sizes.files), sizes.changes):
        if chance.random() < 0.1:
            yield path(number), text(number, sizes, renamed=5)
        else:
            yield path(number), text(number, sizes, uses=chance.randrange(sizes.files))
