"""Systems whose folders configuration may name, besides those that are known by their names."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from gate.migrations.tools import alembic, django

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gate.migrations.tools import System
    from gate.model.migrations import File, Home, Migration, Node, Store

_FILES = {"alembic": alembic.is_file, "django": django.is_file}
_CONFIGURED = {"alembic": "alembic_config", "django": "django_settings"}


class Configuration(Protocol):
    """What the gate has to know of a tool's configuration. All functions are pure."""

    def is_config(self, path: str, /) -> bool:
        """Whether a file of that path may be configuration."""
        ...

    def homes(self, configs: Mapping[str, bytes], folders: Collection[str], /) -> Sequence[Home]:
        """The folders that configuration files name, of those there are."""
        ...

    def placed(self, stores: Sequence[Store], homes: Sequence[Home], /) -> Sequence[Store]:
        """The stores as configuration sets them together or names them."""
        ...


@cache
def configuration(name: str) -> Configuration:
    """How a system is configured.

    Raises:
        KeyError: nothing configures where its migrations lie.
    """
    return cast("Configuration", import_module(f"{__name__}.{_CONFIGURED[name]}"))


def is_file(name: str, path: str) -> bool:
    """Whether the name of a file is one of this system's, wherever it lies.

    Raises:
        KeyError: as `configuration`.
    """
    return _FILES[name](path)


class Configured:
    """A system with the folders that configuration names. It answers `System`."""

    def __init__(self, system: System, homes: Sequence[Home]) -> None:
        self._system = system
        self._homes = homes
        self.NAME = system.NAME
        self.VERSION = system.VERSION
        self.MODEL = system.MODEL
        self.BY_NAME = system.BY_NAME

    def folder(self, path: str) -> str | None:
        """Its folder, where that is one of migrations by its name or by configuration."""
        found = self._system.folder(path)
        if found is None and is_file(self.NAME, path):
            parent = path.rpartition("/")[0]
            return parent if any(home.holds(parent) for home in self._homes) else None
        return found

    def read(self, content: bytes) -> Migration | None:
        """What a text says."""
        return self._system.read(content)

    def elsewhere(self, folders: Mapping[str, Sequence[File]]) -> bool:
        """Whether other folders are needed too: those that configuration sets together with these are."""
        touched = {home.store for home in self._homes if any(map(home.holds, folders))}
        more = any(home.store in touched and home.folder not in folders for home in self._homes)
        return more or self._system.elsewhere(folders)

    def beside(self, folder: str) -> tuple[str, ...]:
        """Other files that `stores` wants to see."""
        return self._system.beside(folder)

    def stores(self, folders: Mapping[str, Sequence[File]], beside: Mapping[str, bytes]) -> Sequence[Store]:
        """The stores as configuration has them."""
        return configuration(self.NAME).placed(self._system.stores(folders, beside), self._homes)

    def nodes(self, store: Store, files: Sequence[File]) -> Sequence[Node]:
        """The migrations of a store, each in its place."""
        return self._system.nodes(store, files)

    def head_files(self, store: Store) -> tuple[str, ...]:
        """Paths where projects keep the head of this store."""
        return self._system.head_files(store)
