"""Alembic, and Flask-Migrate, which is Alembic: revisions that name one another by ids."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from gate.migrations.tools.alembic import environments, header
from gate.migrations.tools.base.numbers import NUMBERED
from gate.migrations.tools.base.python_tool import PythonTool, require_plain

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.migrations.tools.base.tool import Span
    from gate.model.migrations import File, Home, Key, Migration, Node, Store
    from gate.model.operations import Model, Operation

_HEAD_FILES = (
    ".current-alembic-head",
    "alembic_version_conflict_detection.txt",
    "HEAD",
    "HEADS",
    "EXPAND_HEAD",
    "CONTRACT_HEAD",
)
_TITLE = rb"^[ \t]*Revision ID[ \t]*:[ \t]*(?P<id>%s)[ \t]*\r?$"
"""The line of the docstring that repeats the id."""
_SEQUENCE = 5
"""An id of more digits is a date or made up."""
_TESTS = ("test", "tests", "testing", "examples", "docs")
"""Folders whose models no migration of the project is for."""
_MERGE = '''"""Merge {first} and {second}

Revision ID: {id}
Revises: {first}, {second}

"""

revision = "{id}"
down_revision = ("{first}", "{second}")
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
'''


class Alembic(PythonTool):
    """Folders are known by names such as `versions`, or by a configuration that names them."""

    name = "alembic"
    title = "Alembic"
    version = 2
    parent_keyword = "down_revision"
    make_command = "alembic revision --autogenerate"
    folder_pattern = re.compile(
        r"(^|/)([^/]*versions?|[^/]*alembic[^/]*|[^/]*migrat[^/]*|[^/]*revisions?)(/|$)", re.IGNORECASE
    )
    file_pattern = re.compile(r"(?!\.#|__init__)[^/]*\.py$")
    """The files Alembic takes for revisions (`script/base.py`)."""
    lone_folder = 2
    model_hints = (b"__tablename__",)

    def read(self, content: bytes) -> Migration | None:
        """Return what the header of a revision says; what follows the first function is not even parsed."""
        return header.read(content)

    def needs_full_scan(self, folders: Mapping[str, Sequence[File]]) -> bool:
        """Return whether other version locations may have what these folders name."""
        return super().needs_full_scan(folders) or environments.lacks_parents(folders)

    def stores(self, folders: Mapping[str, Sequence[File]], evidence: Mapping[str, bytes]) -> Sequence[Store]:
        """Return the environments, as configuration sets folders together, or as revisions name one another."""
        del evidence
        stores = environments.stores(self.name, folders)
        if not self.configured_homes:
            return stores
        from gate.migrations.tools.alembic import configuration

        return configuration.placed(stores, self.configured_homes)

    def nodes(self, store: Store, files: Sequence[File]) -> Sequence[Node]:
        """Return the revisions of an environment."""
        return environments.nodes(store, files)

    def is_config(self, path: str) -> bool:
        """Return whether a file of that path may be Alembic's configuration."""
        from gate.migrations.tools.alembic import configuration

        return configuration.is_config(path)

    def homes(self, configs: Mapping[str, bytes], folders: Collection[str]) -> Sequence[Home]:
        """Return the version locations that configurations name."""
        from gate.migrations.tools.alembic import configuration

        return configuration.homes(configs, folders)

    def operations(self, content: bytes) -> tuple[Operation, ...]:
        """Return what `upgrade()` does."""
        from gate.migrations.tools.alembic import operations

        return operations.read(content)

    def model_of(self, definition: ast.ClassDef) -> Model | None:
        """Return a class of SQLAlchemy with a `__tablename__`."""
        from gate.migrations.tools.alembic import models

        return models.model(definition, self.name)

    def model_home(self, path: str, folders: frozenset[str]) -> str | None:
        """Return "": any environment may migrate a model, but for those of tests and examples."""
        del folders
        return None if set(path.lower().split("/")[:-1]) & set(_TESTS) else ""

    def immovable(self, node: Node) -> str:
        """Return why a revision without a parent cannot follow another: somebody has to say where it belongs."""
        if not node.sure or node.own_parents:
            return ""
        return f"`{node.id}` starts from nothing: give it a parent, or a branch label"

    def is_numbered(self, node: Node) -> bool:
        """Return whether an id counts on from its parent's, as a few projects write them."""
        match = NUMBERED.fullmatch(node.id)
        if match is None or len(match["number"]) > _SEQUENCE:
            return False
        width, number = len(match["number"]), int(match["number"])
        parents = (NUMBERED.fullmatch(key.id) for key in node.own_parents)
        return any(
            parent and len(parent["number"]) == width and int(parent["number"]) + 1 == number
            for parent in parents
        )

    def free_name(self, node: Node, taken: Collection[str]) -> str:
        """Return an id of the usual form, made of what the migration is."""
        del taken
        words = f"{node.id} {node.path} {node.blob}"
        return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:12]

    def renamed_path(self, node: Node, name: str) -> str:
        """Return the path of a revision with another id: the file's name follows where it begins with the id."""
        folder, slash, base = node.path.rpartition("/")
        stem = base.removesuffix(".py")
        number, new_number = node.id.partition("_")[0], name.partition("_")[0]
        if stem.startswith(node.id):
            return f"{folder}{slash}{name}{stem.removeprefix(node.id)}.py"
        if number.isdigit() and re.match(rf"{number}(?!\d)", stem):
            return f"{folder}{slash}{new_number}{stem.removeprefix(number)}.py"
        return node.path

    def repetitions(self, content: bytes, name: str) -> Iterator[Span]:
        """Yield where the docstring repeats the id."""
        title = re.search(_TITLE % re.escape(name.encode()), content, re.MULTILINE)
        if title:
            yield title.span("id")

    def head_files(self, store: Store) -> tuple[str, ...]:
        """Return the files in the environment's folders and above them that projects keep the head's id in."""
        places = dict.fromkeys(
            place for folder in store.folders for place in (folder, folder.rpartition("/")[0], "")
        )
        return tuple(f"{place}/{name}".lstrip("/") for place in places for name in _HEAD_FILES)

    def head_line(self, key: Key) -> bytes:
        """Return the pattern of a line with the id, alone or as `alembic heads` prints it."""
        return rb"^[ \t]*(?P<name>%s)[ \t]*(?:\r?$|\(head\))" % re.escape(key.id.encode("utf-8", "replace"))

    def merge(self, store: Store, landed: Key, key: Key) -> tuple[str, str]:
        """Return the file name and the text of a revision that merges two heads."""
        del store
        require_plain(landed.id, key.id)
        revision = hashlib.sha256(f"{landed.id} {key.id}".encode()).hexdigest()[:12]
        return f"{revision}_merge.py", _MERGE.format(first=landed.id, second=key.id, id=revision)


TOOL = Alembic()
