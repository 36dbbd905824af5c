"""The models that streams change, and whether the migrations of their stores are changed with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gate.cache import blob_facts
from gate.languages.registry import kept_as
from gate.migrations.operations import model_reader
from gate.migrations.operations.models import StreamModels, unmigrated
from gate.migrations.tools import python_tools
from gate.model.git import FILES
from gate.model.operations import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gate.cache.database import FactsCache
    from gate.git.objects import Objects
    from gate.migrations.gathering.blob_facts import Texts as Migrations
    from gate.migrations.tools.base.tool import Tool
    from gate.model.facts import Stack, StreamFacts
    from gate.model.operations import ModelChange

Models = tuple[Model, ...] | None
_SAMPLE = 3
"""Files of a folder that are read to know that it holds migrations."""


def changed(
    objects: Objects,
    cache: FactsCache,
    jobs: int,
    migrations: Migrations,
    tree: Callable[[], Mapping[str, str]],
    streams: Sequence[StreamFacts],
    stacks: Sequence[Stack],
    tools: Mapping[str, Tool],
) -> tuple[ModelChange, ...]:
    """What the landed streams change in models without a migration. `tree` gives the target's blobs by path.

    `tools` know where migrations lie, by name.
    """
    texts = blob_facts.BlobFacts(objects, cache, _WAY, jobs)
    texts.load_all((blob, "") for one in streams for side in sides(one) for blob in side.values())
    having = [
        one for one in streams if any(texts.get((blob, "")) for side in sides(one) for blob in side.values())
    ]
    texts.save()
    if not having:
        return ()
    stores = _Stores(tree(), migrations, tools)
    return unmigrated([_side(one, texts, stores, _touched(one, streams, stacks)) for one in having])


def may_be(path: str) -> bool:
    """Whether a file of that path may have models."""
    return path.endswith(".py") and all(tool.folder(path) is None for tool in python_tools())


def sides(one: StreamFacts) -> tuple[dict[str, str], dict[str, str]]:
    """The blobs of changed files that may have models, by path: the target's, and the stream's where it has landed."""
    changes = [routed.change for routed in one.changes]
    before = {each.old_path or each.path: each.old_blob for each in changes if each.old_mode in FILES}
    after = {each.path: each.new_blob for each in changes if each.new_mode in FILES}
    return (
        {path: blob for path, blob in before.items() if may_be(path)},
        {path: blob for path, blob in after.items() if may_be(path)},
    )


def _touched(one: StreamFacts, streams: Iterable[StreamFacts], stacks: Iterable[Stack]) -> set[str]:
    """The paths that a stream changes, or one it is built on."""
    below = {stack.lower for stack in stacks if stack.upper == one.name}
    return {path for each in streams if each is one or each.name in below for path in each.files}


def _side(
    one: StreamFacts, texts: blob_facts.BlobFacts[Models], stores: _Stores, touched: set[str]
) -> StreamModels:
    old, new = ({path: texts.get((blob, "")) for path, blob in side.items()} for side in sides(one))
    # A file that cannot be read has lost nothing: neither of its versions counts.
    unread = {path for side in (old, new) for path, there in side.items() if there is None}
    before, after = ({path: side[path] or () for path in side if path not in unread} for side in (old, new))
    homes: dict[tuple[str, str], tuple[str, bool]] = {
        (each.tool, path): home
        for side in (before, after)
        for path, models_there in side.items()
        for each in models_there
        if (home := stores.home(each.tool, path, touched)) is not None
    }
    return StreamModels(one.name, before, after, homes)


class _Stores:
    """The target's folders of migrations by system, found when they are asked for."""

    def __init__(self, tree: Mapping[str, str], migrations: Migrations, tools: Mapping[str, Tool]) -> None:
        self._tree = tree
        self._migrations = migrations
        self._tools = tools
        self._folders: dict[str, frozenset[str]] = {}

    def home(self, name: str, path: str, touched: Iterable[str]) -> tuple[str, bool] | None:
        """What migrates the models of a file, and whether it is touched."""
        folders = self._of(name)
        if not folders:
            return None
        home = self._tools[name].model_home(path, folders)
        if home is None:
            return None
        return (home, self._any_in(name, {home} if home else None, touched))

    def _of(self, name: str) -> frozenset[str]:
        if name not in self._folders:
            files: dict[str, list[str]] = {}
            for path, blob in self._tree.items():
                folder = self._tools[name].folder(path)
                if folder is not None:
                    files.setdefault(folder, []).append(blob)
            self._folders[name] = frozenset(
                folder for folder, within in files.items() if self._is_store(name, within)
            )
        return self._folders[name]

    def _any_in(self, name: str, folders: set[str] | None, touched: Iterable[str]) -> bool:
        places = map(self._tools[name].folder, touched)
        return any(place is not None and (folders is None or place in folders) for place in places)

    def _is_store(self, name: str, within: Sequence[str]) -> bool:
        sample = [(blob, name) for blob in within[:_SAMPLE]]
        self._migrations.load_all(sample)
        return any(self._migrations.get(key) is not None for key in sample)


def _extractor(_: str) -> str:
    return kept_as("models", model_reader.VERSION)


def _read(_: str, content: bytes) -> Models:
    return model_reader.read(content)


def _unreadable(_: str) -> Models:
    return None


def _decode(content: bytes) -> Models:
    return _DECODER.decode(content)


_DECODER: msgspec.msgpack.Decoder[Models] = msgspec.msgpack.Decoder(Models)
_WAY: blob_facts.BlobReader[Models] = blob_facts.BlobReader(_decode, _extractor, _read, _unreadable)
