"""Migration systems: one file a system, each a module that answers `System`. Nothing is imported or run."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gate.model.migrations import File, Migration, Node, Store


class System(Protocol):
    """What the gate has to know of a migration tool. All functions are pure.

    To add a system: a file here that has these names, or a `SYSTEM` that has, and its line in `_SYSTEMS`. Where the
    tool's configuration names folders, a file that answers `configured.Configuration` too.
    """

    NAME: str
    VERSION: int
    """Raise it whenever `read` answers something else: what is kept of blobs is forgotten then."""
    MODEL: Literal["graph", "ordered"]
    BY_NAME: bool
    """Paths say everything: `read` needs no content and is given b""."""

    def folder(self, path: str, /) -> str | None:
        """The folder whose files are read along with this one; None when no migration would be at such a path."""
        ...

    def read(self, content: bytes, /) -> Migration | None:
        """What a text says; None when it is no migration of this system."""
        ...

    def elsewhere(self, folders: Mapping[str, Sequence[File]], /) -> bool:
        """Whether these folders name migrations that none of them has, so that all others of the target are needed."""
        ...

    def beside(self, folder: str, /) -> tuple[str, ...]:
        """Other files whose text `stores` wants to see, for a folder of migrations."""
        ...

    def stores(
        self, folders: Mapping[str, Sequence[File]], beside: Mapping[str, bytes], /
    ) -> Sequence[Store]:
        """The stores these folders make up, given every migration of the target and of the streams in them."""
        ...

    def nodes(self, store: Store, files: Sequence[File], /) -> Sequence[Node]:
        """The migrations of a store, each in its place. Files that say nothing of their place are left out."""
        ...

    def head_files(self, store: Store, /) -> tuple[str, ...]:
        """Paths where projects keep the head of this store, to be changed with it; few of them exist."""
        ...


_SYSTEMS = (
    "alembic",
    "django",
    "flyway",
    "liquibase",
    "rails",
    "golang_migrate",
    "goose",
    "dbmate",
    "sqlx",
    "ecto",
    "prisma",
    "atlas",
    "knex",
    "sequelize",
    "typeorm",
    "node_pg_migrate",
    "drizzle",
)


def dumps(store: Store, *changed: Collection[str]) -> list[str]:
    """What the tool of an ordered store writes anew after each migration, of the files that all of these change."""
    paths = system(store.system).head_files(store) if store.model == "ordered" else ()
    return [path for path in paths if all(path in one for one in changed)]


@cache
def systems() -> tuple[System, ...]:
    """Every system there is."""
    return tuple(system(name) for name in _SYSTEMS)


@cache
def system(name: str) -> System:
    """The system of that name.

    Raises:
        ModuleNotFoundError: there is none.
    """
    module = import_module(f"{__name__}.{name}")
    return cast("System", getattr(module, "SYSTEM", module))
