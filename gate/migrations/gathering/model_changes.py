"""The models that streams change, and whether the migrations of their stores are changed with them."""

from __future__ import annotations

from functools import cached_property
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
    from collections.abc import Callable, Iterable, Sequence

    from gate.cache.database import FactsCache
    from gate.git.objects import Objects
    from gate.migrations.gathering.blob_facts import MigrationTexts
    from gate.migrations.gathering.target_tree import TargetTree
    from gate.migrations.tools.base.tool import Tool
    from gate.model.facts import Stack, StreamFacts
    from gate.model.operations import ModelChange

Models = tuple[Model, ...] | None
"""The models of a file; None where it cannot be read."""
_SAMPLE = 3
"""Files of a folder that are read to know that it holds migrations."""


class ModelReader:
    """Reads models. `tree` gives the target's tree; `tools` know where migrations lie, `migrations` what they are."""

    def __init__(
        self,
        objects: Objects,
        cache: FactsCache,
        jobs: int,
        migrations: MigrationTexts,
        tools: Iterable[Tool],
        tree: Callable[[], TargetTree],
    ) -> None:
        self._texts = blob_facts.BlobFacts(objects, cache, _READER, jobs)
        self._migrations = migrations
        self._tools = {tool.name: tool for tool in tools}
        self._tree = tree

    @cached_property
    def _folders(self) -> _MigrationFolders:
        return _MigrationFolders(self._tree(), self._migrations, self._tools)

    def changes(self, streams: Sequence[StreamFacts], stacks: Sequence[Stack]) -> tuple[ModelChange, ...]:
        """Return what the landed streams change in models without a migration."""
        self._texts.load_all((blob, "") for stream in streams for blob in _blobs(stream))
        changing = [stream for stream in streams if any(map(self._models, _blobs(stream)))]
        self._texts.save()
        return unmigrated([self._of(stream, _touched(stream, streams, stacks)) for stream in changing])

    def _models(self, blob: str) -> Models:
        return self._texts.get((blob, ""))

    def _of(self, stream: StreamFacts, touched: set[str]) -> StreamModels:
        """Return the models of the files that a stream changes; `touched` are paths, also of streams below it."""
        old, new = (
            {path: self._models(blob) for path, blob in side.items()} for side in changed_files(stream)
        )
        # A file that cannot be read has lost nothing: neither of its versions counts.
        unread = {path for side in (old, new) for path, models in side.items() if models is None}
        before, after = (
            {path: side[path] or () for path in side if path not in unread} for side in (old, new)
        )
        homes: dict[tuple[str, str], tuple[str, bool]] = {
            (model.tool, path): home
            for side in (before, after)
            for path, models in side.items()
            for model in models
            if (home := self._folders.home(model.tool, path, touched)) is not None
        }
        return StreamModels(stream.name, before, after, homes)


def changed_files(stream: StreamFacts) -> tuple[dict[str, str], dict[str, str]]:
    """Return the blobs of changed files that may have models, by path: the target's, and the landed stream's."""
    changes = [routed.change for routed in stream.changes]
    before = {
        change.old_path or change.path: change.old_blob for change in changes if change.old_mode in FILES
    }
    after = {change.path: change.new_blob for change in changes if change.new_mode in FILES}
    return (
        {path: blob for path, blob in before.items() if _may_have_models(path)},
        {path: blob for path, blob in after.items() if _may_have_models(path)},
    )


def _may_have_models(path: str) -> bool:
    return path.endswith(".py") and all(tool.folder(path) is None for tool in python_tools())


def _blobs(stream: StreamFacts) -> list[str]:
    return [blob for side in changed_files(stream) for blob in side.values()]


def _touched(stream: StreamFacts, streams: Iterable[StreamFacts], stacks: Iterable[Stack]) -> set[str]:
    """Return the paths that a stream changes, or one it is built on."""
    below = {stack.lower for stack in stacks if stack.upper == stream.name}
    together = (member for member in streams if member is stream or member.name in below)
    return {path for member in together for path in member.files}


class _MigrationFolders:
    """The target's folders of migrations by tool, read when they are asked for."""

    def __init__(self, tree: TargetTree, migrations: MigrationTexts, tools: dict[str, Tool]) -> None:
        self._tree = tree
        self._migrations = migrations
        self._tools = tools
        self._by_tool: dict[str, frozenset[str]] = {}

    def home(self, name: str, path: str, touched: Iterable[str]) -> tuple[str, bool] | None:
        """Return what migrates the models of a file, and whether it is among the `touched` paths; None for nothing.

        What migrates them is a folder, or "" for all of the tool `name`.
        """
        folders = self._folders(name)
        folder = self._tools[name].model_home(path, folders) if folders else None
        if folder is None:
            return None
        places = map(self._tools[name].folder, touched)
        return (folder, any(place is not None and folder in ("", place) for place in places))

    def _folders(self, name: str) -> frozenset[str]:
        if name not in self._by_tool:
            files: dict[str, list[str]] = {}
            for path, blob in self._tree.blobs.items():
                folder = self._tools[name].folder(path)
                if folder is not None:
                    files.setdefault(folder, []).append(blob)
            self._by_tool[name] = frozenset(
                folder for folder, blobs in files.items() if self._holds_migrations(name, blobs)
            )
        return self._by_tool[name]

    def _holds_migrations(self, name: str, blobs: Sequence[str]) -> bool:
        sample = [(blob, name) for blob in blobs[:_SAMPLE]]
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
_READER: blob_facts.BlobReader[Models] = blob_facts.BlobReader(_decode, _extractor, _read, _unreadable)
