"""Where Django's settings say an app's migrations lie: `MIGRATION_MODULES`, where it is a dict of constants.

An app whose module is None has no migrations under those settings. That takes nothing away here: such settings are
those of tests as a rule, and what is deployed migrates. Settings in folders of tests do not count at all.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.migrations.tools.base import named_folders, syntax
from gate.model.migrations import Home

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.model.migrations import Store

_SETTINGS = re.compile(r"(^|/)(settings[^/]*|settings/[^/]+)\.py$")
_TESTS = re.compile(r"(^|[/_.])(test|tests|testing)([/_.]|$)")
_NAME = "MIGRATION_MODULES"


def is_config(path: str) -> bool:
    """Return whether a file of that path may hold the settings of a project."""
    return "settings" in path and _SETTINGS.search(path) is not None and _TESTS.search(path) is None


def homes(configs: Mapping[str, bytes], folders: Collection[str]) -> tuple[Home, ...]:
    """Return the folders that settings name for apps, of those that exist; the topmost settings that name one count."""
    by_folder: dict[str, Home] = {}
    for path, content in named_folders.topmost(configs, _matters):
        for label, module in _modules(content):
            folder = named_folders.package(module, "", path.rpartition("/")[0], folders)
            if folder:
                by_folder.setdefault(folder, Home(folder, label))
    return tuple(by_folder.values())


def _matters(_: str, content: bytes) -> bool:
    return _NAME.encode() in content


def _modules(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield apps and the modules of their migrations; nothing of a dict that is put together at run time."""
    tree = syntax.parsed(content)
    value = syntax.assigned(tree.body).get(_NAME) if tree else None
    if not isinstance(value, ast.Dict):
        return
    items = zip(value.keys, value.values, strict=True)
    pairs = [(getattr(label, "value", None), getattr(module, "value", None)) for label, module in items]
    if all(isinstance(label, str) for label, _ in pairs):
        yield from ((str(label), module) for label, module in pairs if isinstance(module, str))


def placed(stores: Sequence[Store], homes: Sequence[Home]) -> Sequence[Store]:
    """Return the stores, those of folders that settings name with the app's label; another folder gives way to them."""
    labels = {home.folder: home.store for home in homes}
    named = Counter(labels[store.folders[0]] for store in stores if store.folders[0] in labels)

    def labelled(store: Store) -> Store:
        folder = store.folders[0]
        label = labels.get(folder, store.name)
        shared = named[label] > (folder in labels)
        return replace(store, name=f"{label}@{folder}" if shared else label)

    return list(map(labelled, stores))
