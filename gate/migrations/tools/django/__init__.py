"""Django: `class Migration` with `dependencies`, `run_before` and `replaces`.

How Django reads them: `db/migrations/loader.py` and `graph.py`. Migrations are known by (app label, name). The label is
no part of the file, and the folder need not be called after it: it is what most dependencies on files of the same
folder call it, else what the app's `AppConfig` says, else the folder's name. Settings may name both.
"""

from __future__ import annotations

import ast
import hashlib
import re
from itertools import chain
from typing import TYPE_CHECKING

from gate.migrations.tools.base.numbers import NUMBERED, leading_number
from gate.migrations.tools.base.python_tool import PythonTool, require_plain
from gate.migrations.tools.django import apps, header

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.model.migrations import File, Home, Key, Mark, Migration, Node, Store
    from gate.model.operations import Model, Operation

_SQUASHED = re.compile(r"\d+_squashed_(?P<number>\d{1,8})")
"""Django reads the second number of a squash (`Migration.parse_number`)."""
_PLACE = ("dependencies", "initial", "atomic")
"""Attributes of a migration that do nothing."""
_MERGE = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("{app}", "{first}"),
        ("{app}", "{second}"),
    ]

    operations = []
"""


class Django(PythonTool):
    """An app's migrations lie in one folder, and all apps share one database."""

    name = "django"
    title = "Django"
    version = 2
    parent_keyword = "the dependency"
    make_command = "manage.py makemigrations"
    folder_pattern = re.compile(r"(^|/)[^/]*migrat[^/]*$", re.IGNORECASE)
    file_pattern = re.compile(r"[^_~./][^./]*\.py$")
    model_hints = (b"Field(", b"ForeignKey(")

    def read(self, content: bytes) -> Migration | None:
        """Return what a migration says of its place."""
        return header.read(content)

    def evidence_paths(self, folder: str) -> tuple[str, ...]:
        """Return the path of the app's configuration."""
        return (apps.config_path(folder),)

    def stores(self, folders: Mapping[str, Sequence[File]], evidence: Mapping[str, bytes]) -> Sequence[Store]:
        """Return the apps; settings name those of some folders."""
        stores = apps.stores(self.name, folders, evidence)
        if not self.configured_homes:
            return stores
        from gate.migrations.tools.django import configuration

        return configuration.placed(stores, self.configured_homes)

    def nodes(self, store: Store, files: Sequence[File]) -> Sequence[Node]:
        """Return the migrations of an app."""
        return apps.nodes(store, files)

    def named_key(self, store: str, mark: Mark) -> Key:
        """Return the migration that a pair (app, name) names."""
        return apps.named_key(store, mark)

    def database(self, node: Node) -> tuple[str, str]:
        """Return what tells a migration's database from others: all apps share one."""
        del node
        return (self.name, "")

    def always_fails(self, nodes: Mapping[Key, Node], heads: int) -> bool:
        """Return whether the migrations of one app leave more heads, or cannot be loaded, in whatever order."""
        from gate.migrations.tools.django.squashes import always_fails

        return always_fails(nodes, heads)

    def is_config(self, path: str) -> bool:
        """Return whether a file of that path may hold the settings of a project."""
        from gate.migrations.tools.django import configuration

        return configuration.is_config(path)

    def homes(self, configs: Mapping[str, bytes], folders: Collection[str]) -> Sequence[Home]:
        """Return the folders that settings name for apps."""
        from gate.migrations.tools.django import configuration

        return configuration.homes(configs, folders)

    def operations(self, content: bytes) -> tuple[Operation, ...]:
        """Return what the list `operations` does forwards."""
        from gate.migrations.tools.django import operations

        return operations.read(content)

    def qualified_table(self, store: str, table: str) -> str:
        """Return a model with its app: a model of the migration's own app is written `.model`."""
        return f"{store}{table}" if table.startswith(".") else table

    def table_words(self, table: str) -> frozenset[str]:
        """Return the table's name and the model's, `app_model` being both."""
        return frozenset({table, table.rpartition("_")[2]})

    def model_of(self, definition: ast.ClassDef) -> Model | None:
        """Return a class with Django's fields."""
        from gate.migrations.tools.django import models

        return models.model(definition, self.name)

    def model_home(self, path: str, folders: frozenset[str]) -> str | None:
        """Return the folder of migrations beside a model's file, or beside the nearest folder above it."""
        beside = {folder.rpartition("/")[0]: folder for folder in sorted(folders, reverse=True)}
        place = path.rpartition("/")[0]
        while place:
            if place in beside:
                return beside[place]
            place = place.rpartition("/")[0]
        return None

    def parent_text(self, parent: Key) -> str:
        """Return a parent as the pair (app, name)."""
        return f"('{apps.label_of(parent.store)}', '{parent.id}')"

    def is_numbered(self, node: Node) -> bool:
        """Return whether the name begins with a number: it is given by counting."""
        return NUMBERED.fullmatch(node.id) is not None

    def number(self, name: str) -> int | None:
        """Return the number that others count on from: the second one of a squash."""
        squashed = _SQUASHED.match(name)
        return int(squashed["number"]) if squashed else leading_number(name)

    def free_name(self, node: Node, taken: Collection[str]) -> str:
        """Return the name with the first free number at its end."""
        count = 2
        while f"{node.id}_{count}" in taken:
            count += 1
        return f"{node.id}_{count}"

    def renamed_path(self, node: Node, name: str) -> str:
        """Return the path of a migration that gets another name: its file has it."""
        folder, slash, _ = node.path.rpartition("/")
        return f"{folder}{slash}{name}.py"

    def mentions(self, tree: ast.Module, key: Key) -> Iterator[ast.Constant]:
        """Yield the names of a migration in pairs (app, name), in module paths, and in variables for them."""
        app = apps.label_of(key.store)
        yield from super().mentions(tree, key)
        for node in ast.walk(tree):
            match node:
                case (
                    ast.Tuple(elts=[ast.Constant(value=str(label)), ast.Constant(value=str(name)) as value])
                    | ast.List(elts=[ast.Constant(value=str(label)), ast.Constant(value=str(name)) as value])
                ) if label == app and name == key.id:
                    yield value
                case ast.Constant(value=str(name)) if name.endswith(f".{app}.migrations.{key.id}"):
                    yield node

    def fixed_statements(self, tree: ast.Module) -> Iterator[ast.stmt]:
        """Yield the functions, and the operations of `class Migration`."""
        migrations = (
            statement.body
            for statement in tree.body
            if isinstance(statement, ast.ClassDef) and statement.name == "Migration"
        )
        yield from super().fixed_statements(tree)
        for statement in chain.from_iterable(migrations):
            match statement:
                case ast.Assign(targets=targets) if "operations" in (
                    getattr(target, "id", "") for target in targets
                ):
                    yield statement

    def head_files(self, store: Store) -> tuple[str, ...]:
        """Return what django-linear-migrations and sentry keep the last migration's name in."""
        return (*(f"{folder}/max_migration.txt" for folder in store.folders), "migrations_lockfile.txt")

    def head_line(self, key: Key) -> bytes:
        """Return the pattern of a line with the name, alone or after `app: ` where one file has all apps."""
        app, name = (
            re.escape(word.encode("utf-8", "replace")) for word in (apps.label_of(key.store), key.id)
        )
        return rb"^(?:%s:)?[ \t]*(?P<name>%s)[ \t]*\r?$" % (app, name)

    def merge(self, store: Store, landed: Key, key: Key) -> tuple[str, str]:
        """Return the file name and the text of a migration that merges two heads of an app."""
        app = apps.label_of(store.name)
        require_plain(landed.id, key.id, app)
        digest = hashlib.sha256(f"{landed.id} {key.id}".encode()).hexdigest()[:8]
        numbers = [int(match[0]) for name in (landed.id, key.id) if (match := re.match(r"\d{1,8}", name))]
        name = f"{max(numbers, default=0) + 1:04}_merge_{digest}.py"
        return name, _MERGE.format(app=app, first=landed.id, second=key.id)

    def says_place(self, statement: ast.stmt) -> bool:
        """Return whether a statement of `class Migration` says its place, or that it has no operations."""
        match statement:
            case ast.Assign(targets=[ast.Name(id="operations")], value=value):
                return isinstance(value, ast.List | ast.Tuple) and not value.elts
            case ast.Assign(targets=[ast.Name(id=name)]):
                return name in _PLACE
        return False


TOOL = Django()
