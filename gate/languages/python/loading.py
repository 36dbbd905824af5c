"""Loading of Python modules, as `ModuleLoading` asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gate.languages.base.tree import folders
from gate.languages.python.linker import loading
from gate.languages.python.reader import loading as reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gate.languages.base.language import Linker
    from gate.languages.base.loading import LoadFailure, ProgramOf
    from gate.languages.python.linker.names import PythonNames
    from gate.model.loading import LoadProgram
    from gate.model.source import Import


class PythonLoading:
    """Modules run from top to bottom when they are imported for the first time."""

    imports_form = "imports:"

    def runs(self, path: str) -> bool:
        """Return whether it is a source file; stubs do not run."""
        return path.endswith(".py")

    def program(self, content: bytes) -> LoadProgram | None:
        """Return the steps of a module; None when it cannot be read."""
        return reading.program(content)

    def package_files(self, path: str) -> Iterable[str]:
        """Return the `__init__.py` of every folder around a file."""
        return [f"{folder}/__init__.py" for folder in folders(path) if folder]

    def is_outside(self, linker: Linker, binding: Import) -> bool:
        """Return whether an absolute import names a top-level module that is not of the repository."""
        modules = cast("PythonNames", linker).modules
        return not binding.level and modules.outside(binding.module.partition(".")[0])

    def loaded_files(self, linker: Linker, path: str, binding: Import) -> Iterable[str]:
        """Return the files that an import in the file at `path` loads, less the packages that file lies in."""
        return loading.loaded_files(cast("PythonNames", linker), path, binding)

    def load(
        self, linker: Linker, program_of: ProgramOf, inside: Collection[str], path: str
    ) -> LoadFailure | None:
        """Load the module at `path` first of all; see `ModuleLoading.load`."""
        return loading.load(cast("PythonNames", linker), program_of, inside, path)


LOADING = PythonLoading()
