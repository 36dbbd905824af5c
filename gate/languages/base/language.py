"""What a language answers about itself, so that no other part of the gate compares its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from gate.languages.base.loading import LoadFailure, ProgramOf
    from gate.languages.base.merged_file import MergedFile
    from gate.languages.base.symbols import Dependency
    from gate.languages.base.tree import Tree
    from gate.languages.base.uses import Answer, Use
    from gate.model.loading import LoadProgram
    from gate.model.names import DuplicateDefinition
    from gate.model.source import Call, Definition, FileFacts, Import

    FactsOf = Callable[[str], FileFacts | None]
    """The facts of the file at a path; None where it cannot be read."""


class Linker(Protocol):
    """The names of one state of the tree, in the files of one language."""

    dependencies: list[Dependency]
    """Grows with every file and definition an answer rests on."""

    def answer(self, path: str, use: Use) -> Answer:
        """Return what the state provides for a use in the file at `path`."""


class ModuleLoading(Protocol):
    """Which files a module loads, and how loading fails in a cycle. Linkers are those of the language."""

    imports_form: str
    """The form under which the registry reads the imports of a file and nothing else."""

    def runs(self, path: str) -> bool:
        """Return whether a file is a module that runs as it loads."""

    def program(self, content: bytes) -> LoadProgram | None:
        """Return what a module does as it loads; None when it cannot be read."""

    def package_files(self, path: str) -> Iterable[str]:
        """Return the files that run before the module at `path`, where they exist: those of the packages around it."""

    def is_outside(self, linker: Linker, binding: Import) -> bool:
        """Return whether an import surely names a module from outside the repository."""

    def loaded_files(self, linker: Linker, path: str, binding: Import) -> Iterable[str]:
        """Return the files that an import in the file at `path` loads, less the packages that file lies in."""

    def load(
        self, linker: Linker, program_of: ProgramOf, inside: Collection[str], path: str
    ) -> LoadFailure | None:
        """Load the module at `path` first of all; None when it loads. Modules that are not `inside` load whole.

        Raises:
            LoadingUnsure: the outcome is unknown.
        """


@dataclass(frozen=True, slots=True)
class WordPatterns:
    """Regular expressions for what the text of a file does with a word."""

    other_use: re.Pattern[bytes]
    """Any use but reading a member of that name."""
    definition: re.Pattern[bytes]
    """A definition of a function of that name."""
    binding: re.Pattern[bytes]
    """Anything else that binds the name."""
    endings: tuple[str, ...]
    """Endings of the files in which `definition` finds every definition there is."""


class Language:
    """A language whose files can import one another; each has a subclass in its own folder.

    Instances are made whenever the gate starts: reader and linker load when the first file of the language is met.
    """

    name: ClassVar[str]
    """The name of the language's folder."""
    title: ClassVar[str]
    """The language's name as people write it."""
    readers: ClassVar[Mapping[str, str]]
    """The module below the language's folder that reads a file, by its ending, its name, or a name with a `*`."""
    endings: ClassVar[tuple[str, ...]]
    """Which of those endings and names are of files that hold names, and not only of manifests."""
    extra: ClassVar[str] = ""
    """The package its reader needs where that comes with the extra `langs`; "" for none."""
    is_compiled: ClassVar[bool] = False
    """Whether a compiler refuses a second definition of a name, and says of each name where it comes from."""
    shares_package: ClassVar[bool] = False
    """Whether all files of a folder share one scope of names."""
    reads_literal_keys: ClassVar[bool] = False
    """Whether keys of object literals are members that other files read."""
    needs_whole_parse: ClassVar[bool] = False
    """Whether a file that parses in part does not load."""
    compiles_types: ClassVar[bool] = False
    """Whether its build fails of names that only types use."""
    has_untyped_members: ClassVar[bool] = False
    """Whether members are mostly read of values whose class nobody declares."""
    word_endings: ClassVar[tuple[str, ...]] = ()
    """Endings of the files whose words may give such values members."""
    constructor_names: ClassVar[tuple[str, ...]] = ()
    """The names by which a class defines what calls of it must fit."""
    package_stem: ClassVar[str] = ""
    """The name, less its ending, of a file that is its folder's module and that imports never name; "" for none."""
    test_names: ClassVar[str] = ""
    """A regular expression for the names of files in which the language's test runners look for tests."""
    test_folders: ClassVar[tuple[str, ...]] = ("test", "tests")
    """The names of folders in which all files hold tests."""
    test_helpers: ClassVar[tuple[str, ...]] = ()
    """The names of files in such folders that hold no tests themselves."""

    def accepts(self, path: str) -> bool:
        """Return whether modules are found by this path: source files, and whatever else they can import."""
        raise NotImplementedError

    def is_manifest(self, path: str) -> bool:
        """Return whether the file says where modules are found, so that a change to it calls for another survey."""
        del path
        return False

    def is_conditional(self, path: str) -> bool:
        """Return whether the file's name says that it is built for some systems only."""
        del path
        return False

    def survey(self, tree: Tree, facts_of: FactsOf) -> object:
        """Return what finding modules needs to know of a whole tree of the files it accepts; made once for many."""
        raise NotImplementedError

    def linker(self, tree: Tree, survey: object, facts_of: FactsOf) -> Linker:
        """Return the names of one state."""
        raise NotImplementedError

    def module_name(self, path: str) -> str:
        """Return the module in a file as people of this language name it."""
        raise NotImplementedError

    def duplicates(self, file: MergedFile) -> Iterator[DuplicateDefinition]:
        """Yield what the merged version of a file defines more often than either side's version."""
        raise NotImplementedError

    def loading(self) -> ModuleLoading | None:
        """Return how modules are loaded where that runs them, so that import cycles can fail; None elsewhere."""
        return None

    def is_common_member(self, name: str) -> bool:
        """Return whether values of many kinds may have a member of that name."""
        del name
        return False

    def method_misfit(self, method: Definition, call: Call) -> str | None:
        """Return why a call through an instance does not fit a method, "" when it fits; None when that is unknown."""
        del method, call
        return None

    def word_patterns(self, word: str) -> WordPatterns:
        """Return what the text of a file may do with a word that is the name of a member of unknown values."""
        raise NotImplementedError

    def shown_path(self, path: str) -> str:
        """Return the dotted path by which people know a definition, which may be that of what it belongs to."""
        return path

    def names_package(self, path: str) -> bool:
        """Return whether a file gives its package the name with which specifiers of its modules begin."""
        del path
        return False

    def specifier(self, importer: str, path: str, like: str) -> str:
        """Return how the file `importer` imports the module at `path`, in the manner of `like`.

        "" for languages whose imports do not name paths.
        """
        del importer, path, like
        return ""


class CompiledLanguage(Language):
    """A language with a compiler, which refuses a second definition of a name, overloads aside."""

    is_compiled = True

    def duplicates(self, file: MergedFile) -> Iterator[DuplicateDefinition]:
        """Yield what the compiler refuses."""
        from gate.languages.base.compiled_duplicates import find_duplicates

        return find_duplicates(file)
