"""What a migration tool answers about itself, so that no other part of the gate compares its name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar, Literal

from gate.model.migrations import Key
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gate.model.migrations import File, Home, Mark, Migration, Node, Store
    from gate.model.operations import Model, Operation

    Span = tuple[int, int]
    """Bytes of a text, from and to."""


class Tool:
    """A migration tool; each has a subclass in its own file or folder, and an instance called `TOOL` there.

    All functions are pure, and nothing is imported or run that a repository holds. What few runs need (configuration,
    operations, models) loads when it is asked for.
    """

    name: ClassVar[str]
    """The name of the tool's file or folder."""
    title: ClassVar[str]
    """The tool's name as people write it."""
    version: ClassVar[int] = 1
    """Raise it whenever `read` answers something else: what is kept of blobs is forgotten then."""
    model: ClassVar[Literal["graph", "ordered"]]
    """Whether migrations name their parents, or the keys of their names sort them."""
    reads_python: ClassVar[bool] = False
    """Whether migrations are Python files, which may lie in any folder that configuration names."""
    runs_sql: ClassVar[bool] = False
    """Whether migrations are SQL, or may be."""
    part: ClassVar[str] = ""
    """The tool's word for one of several migrations of a file; "" where a file is one migration."""
    parent_keyword: ClassVar[str] = "the parent"
    """The part of a migration's text that names its parent."""
    make_command: ClassVar[str] = ""
    """The command that makes a migration of what models have become; "" where there is none."""

    # -- where migrations lie

    @property
    def by_name(self) -> bool:
        """Whether paths say everything, so that `read` needs no content and is given b""."""
        return False

    def folder(self, path: str) -> str | None:
        """Return the folder whose files are read along with this one; None where no migration has such a path."""
        raise NotImplementedError

    def is_file(self, path: str) -> bool:
        """Return whether a migration's file may have this name, in whatever folder: for tools in Python."""
        del path
        return False

    def evidence_paths(self, folder: str) -> tuple[str, ...]:
        """Return other files whose text `stores` wants to see, for a folder of migrations."""
        del folder
        return ()

    def needs_full_scan(self, folders: Mapping[str, Sequence[File]]) -> bool:
        """Return whether these folders belong to others, so that all migrations of the target are needed."""
        del folders
        return False

    # -- what they say

    def read(self, content: bytes) -> Migration | None:
        """Return what a text says of its place; None where it is no migration of this tool."""
        raise NotImplementedError

    def stores(self, folders: Mapping[str, Sequence[File]], evidence: Mapping[str, bytes]) -> Sequence[Store]:
        """Return the stores these folders make up, given every migration of the target and of the streams in them.

        `evidence` are the texts of `evidence_paths`, b"" for files that are absent.
        """
        raise NotImplementedError

    def nodes(self, store: Store, files: Sequence[File]) -> Sequence[Node]:
        """Return the migrations of a store, each in its place; files that say nothing of theirs are left out."""
        raise NotImplementedError

    def named_key(self, store: str, mark: Mark) -> Key:
        """Return the migration that a constant names, in a migration of this store."""
        return Key(store, mark.text)

    def database(self, node: Node) -> tuple[str, str]:
        """Return what tells a migration's database from others: every store has its own, unless the tool says more."""
        return (self.name, node.key.store)

    def always_fails(self, nodes: Mapping[Key, Node], heads: int) -> bool:
        """Return whether squashes of a store leave more than so many heads in whatever order they are met."""
        del nodes, heads
        return True

    # -- where configuration says that they lie

    lone_folder: ClassVar[int] = 0
    """The number of migrations that make a folder a store though nothing names it; 0: no number does."""

    def is_config(self, path: str) -> bool:
        """Return whether a file of that path may say where migrations lie."""
        del path
        return False

    def homes(self, configs: Mapping[str, bytes], folders: Collection[str]) -> Sequence[Home]:
        """Return the folders that configuration files (by path) name, of those `folders` that exist."""
        del configs, folders
        return ()

    def in_homes(self, homes: Sequence[Home]) -> Tool:
        """Return the tool as it is configured with these folders."""
        del homes
        return self

    # -- what migrations do

    operations_version: ClassVar[int] = 2
    """Raise it whenever `operations` answers something else."""

    def reads_operations(self, path: str) -> bool:
        """Return whether what a migration at that path does is read: code of most languages is not."""
        return self.runs_sql and path.endswith(".sql")

    def operations(self, content: bytes) -> tuple[Operation, ...]:
        """Return what a migration does going forward, in the order of its text."""
        from gate.migrations.tools.base import scripts

        return scripts.read(content) if self.runs_sql else ()

    def statements_path(self, path: str, files: Iterable[str]) -> str:
        """Return which of the stream's files has the statements of the migration at `path`; "" for the same file."""
        del path, files
        return ""

    def qualified_table(self, store: str, table: str) -> str:
        """Return a table's whole name, as an operation of a migration of this store calls it."""
        del store
        return table

    def table_words(self, table: str) -> frozenset[str]:
        """Return the words by which code may call a table."""
        return frozenset({table})

    # -- models

    model_hints: ClassVar[tuple[bytes, ...]] = ()
    """A Python file that has none of these bytes has no model of this tool."""

    def model_of(self, definition: ast.ClassDef) -> Model | None:
        """Return a class as a model whose columns this tool migrates; None where it is none."""
        del definition
        return None

    def model_home(self, path: str, folders: frozenset[str]) -> str | None:
        """Return which of the folders of migrations migrates the models of a file: "" for any, None for none."""
        del path, folders
        return None

    # -- how to make one follow another

    def follow(self, node: Node, parent: Key, old: str = "") -> str:
        """Return what to do so that a migration follows `parent`; `old` is the parent that is replaced."""
        where = f"of `{node.id}` ({node.place('parent', old)})"
        return f"set {self.parent_keyword} {where} to {self.parent_text(parent)}"

    def parent_text(self, parent: Key) -> str:
        """Return a parent as a migration's text names it."""
        return f"'{parent.id}'"

    def immovable(self, node: Node) -> str:
        """Return why a migration cannot follow another parent by a change of its text; "" where it can."""
        del node
        return ""

    def is_numbered(self, node: Node) -> bool:
        """Return whether the number at the start of a migration's name counts on from its parent's."""
        del node
        return False

    def number(self, name: str) -> int | None:
        """Return the number that others count on from; None where a name has none."""
        from gate.migrations.tools.base.numbers import leading_number

        return leading_number(name)

    def free_name(self, node: Node, taken: Collection[str]) -> str:
        """Return another name for a migration whose name is among those `taken`."""
        del taken
        raise CannotRepair(f"the name of `{node.id}` is taken")

    def renamed_path(self, node: Node, name: str) -> str:
        """Return the path of a migration that gets another name."""
        del name
        return node.path

    def repetitions(self, content: bytes, name: str) -> Iterator[Span]:
        """Yield where a migration's text repeats its own name, besides the constants that are its marks."""
        del content, name
        yield from ()

    def mentions(self, tree: ast.Module, key: Key) -> Iterator[ast.Constant]:
        """Yield the constants of other Python files that end with the name of a migration."""
        del tree, key
        yield from ()

    def fixed_statements(self, tree: ast.Module) -> Iterator[ast.stmt]:
        """Yield the statements whose bytes no repair may change."""
        yield from (statement for statement in tree.body if isinstance(statement, ast.FunctionDef))

    def head_files(self, store: Store) -> tuple[str, ...]:
        """Return the paths where projects keep the head of this store, to be changed with it; few of them exist."""
        del store
        return ()

    def head_line(self, key: Key) -> bytes:
        """Return the pattern of a line of such a file that names this head, as the group `name`."""
        raise CannotRepair(f"nothing is known of files that name `{key.id}`")

    # -- migrations that merge two heads

    def merge(self, store: Store, landed: Key, key: Key) -> tuple[str, str]:
        """Return the file name and the text of a migration that merges two heads: one that landed, and a stream's.

        Raises:
            CannotRepair: a name cannot be written into a file, or the tool has no such migrations.
        """
        del store
        raise CannotRepair(f"{self.title} has no migrations that merge `{landed.id}` and `{key.id}`")

    def only_merges(self, content: bytes) -> bool:
        """Return whether a migration that merges heads does nothing else."""
        del content
        return False

    # -- versions of ordered stores

    class_pattern: ClassVar[bytes] = b""
    """A class or function with the version (`%s`) in its name, which is the group `word`; b"" where none has it."""
    needs_class: ClassVar[bool] = False
    """Whether a migration in code has such a class without fail."""
    own_folders: ClassVar[bool] = False
    """Whether each migration has a folder of its own that is named after it, its files being named alike."""

    def version_of(self, path: str) -> str:
        """Return the version in the path of a migration, as it is written.

        Raises:
            CannotRepair: the tool knows no versions.
        """
        raise CannotRepair(f"{path} has no version that could be raised")

    def renumbered(self, path: str, version: str) -> str:
        """Return the path of a migration with another version.

        Raises:
            CannotRepair: the tool knows no versions.
        """
        raise CannotRepair(f"{path} has no version that could become {version}")

    def companions(self, path: str, version: str, fresh: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the other files of a migration, of those `fresh` in the stream, each with its path under a version."""
        del path, version, fresh
        yield from ()

    def derived_files(self, store: Store) -> tuple[str, ...]:
        """Return the files that the tool writes again after each migration; few of them exist."""
        del store
        return ()

    # -- sums of folders

    sum_file: ClassVar[str] = ""
    """A file with the sum of all migrations of its folder, whatever tool wrote them; "" where there is none."""

    sum_command: ClassVar[str] = ""
    """The command that writes that file."""

    def is_summed(self, name: str) -> bool:
        """Return whether a file of that name may count for the sum, or is the sum."""
        del name
        return False

    def summed(self, files: Mapping[str, bytes], example: Mapping[str, bytes]) -> bytes | None:
        """Return the sum of a folder's files, by name, made in the way of `example`, which has its own sum.

        None where the sum of `example` is not that of its files, so that nobody knows how it is made.
        """
        del files, example
        return None
