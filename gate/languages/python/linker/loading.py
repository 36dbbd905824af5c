"""Loading modules as Python does it, to see which import meets a module that is only half loaded.

Of each module only what it does to names while it loads is followed. Whatever may go either way ends the attempt.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.languages.base.loading import LoadFailure, LoadingUnsure
from gate.languages.base.symbols import Module
from gate.languages.base.tree import folders

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gate.languages.base.loading import ProgramOf
    from gate.languages.python.linker.names import PythonNames
    from gate.model.loading import LoadProgram, LoadStep
    from gate.model.source import Import

    Value = Module | None
    """What a name is bound to: the module it stands for, None for everything else."""


class _LoadFails(Exception):
    def __init__(self, failure: LoadFailure) -> None:
        super().__init__()
        self.failure = failure


def load(
    linker: PythonNames, program_of: ProgramOf, inside: Collection[str], path: str
) -> LoadFailure | None:
    """Load the module at `path` first of all; None when it loads. Modules that are not `inside` load whole.

    Raises:
        LoadingUnsure: the outcome is unknown.
    """
    try:
        _Interpreter(linker, program_of, inside).load(path)
    except _LoadFails as error:
        return error.failure
    except RecursionError:
        raise LoadingUnsure from None
    return None


class _Interpreter:
    """The modules one interpreter has begun to load, and what they have bound so far."""

    def __init__(self, linker: PythonNames, program_of: ProgramOf, inside: Collection[str]) -> None:
        self._linker = linker
        self._program_of = program_of
        self._inside = inside
        self._names: dict[str, dict[str, Value]] = {}
        """By path of a module that has begun to load: its names that are surely bound."""
        self._programs: dict[str, LoadProgram] = {}
        self._loaded_paths: set[str] = set()
        """Paths of modules that have run to their end."""
        self._maybe_bound: set[tuple[str, str]] = set()
        """(path, name) of names that may be bound."""
        self._open_paths: set[str] = set()
        """Paths of modules in which any name may be bound."""

    def load(self, path: str) -> None:
        """Load a module, after the packages it lies in."""
        for module_path in (*packages(self._linker, path), path):
            if self._would_run(module_path):
                self._run(module_path)

    def _run(self, path: str) -> None:
        program = self._program_of(path)
        if program is None:
            raise LoadingUnsure
        self._names[path], self._programs[path] = {}, program
        for step in program.steps:
            getattr(self, f"_{step.kind}")(path, step)
        self._loaded_paths.add(path)
        self._bind_in_package(path)

    def _bind_in_package(self, path: str) -> None:
        """Bind a module that has loaded as an attribute of the package it lies in."""
        folder = path.rpartition("/")[0]
        parent = folder.rpartition("/")[0] if _is_package(path) else folder
        for package in packages(self._linker, path)[-1:]:
            if package in self._names and package == f"{parent}/__init__.py":
                stem = path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]
                self._names[package][stem] = Module(path, folder if _is_package(path) else None)

    # Steps

    def _unknown(self, path: str, _step: LoadStep) -> None:
        self._open_paths.add(path)

    def _bind(self, path: str, step: LoadStep) -> None:
        root, _, members = step.text.partition(".")
        if members:
            value = self._names[path].get(root)
            if value is not None:
                self._maybe_bound.add((value.path, members.partition(".")[0]))
        elif step.maybe:
            self._maybe_bound.add((path, root))
        else:
            self._names[path][root] = None

    def _import(self, path: str, step: LoadStep) -> None:
        binding = step.imported
        assert binding is not None
        source = self._linker.source(path, binding)
        if not isinstance(source, Module):
            self._bind_import(path, binding, None, step)
            return
        if not source.sure:
            raise LoadingUnsure
        if step.maybe and any(map(self._would_run, self._files_loaded(source, binding.name))):
            raise LoadingUnsure
        self._load_module(source)
        if binding.name == "*":
            self._star(path, source)
        elif binding.name:
            value = None if step.maybe else self._imported_value(path, step, source, binding.name)
            self._bind_import(path, binding, value, step)
        else:
            self._bind_import(path, binding, source if binding.renamed else self._top(path, binding), step)

    def _bind_import(self, path: str, binding: Import, value: Value, step: LoadStep) -> None:
        if binding.name == "*":
            self._open_paths.add(path)
        elif step.maybe:
            self._maybe_bound.add((path, binding.alias))
        elif binding.alias:
            self._names[path][binding.alias] = value

    def _top(self, path: str, binding: Import) -> Value:
        return self._linker.modules.absolute(binding.module.partition(".")[0], path)

    def _files_loaded(self, module: Module, name: str) -> Iterator[str]:
        """Yield the files that importing a name of a module loads, packages included."""
        child = self._linker.modules.child(module, name) if name and name != "*" else None
        for loaded in (module, child):
            if loaded is not None and loaded.path:
                yield from (*packages(self._linker, loaded.path), loaded.path)

    def _would_run(self, path: str) -> bool:
        return path in self._inside and path not in self._names

    def _load_module(self, module: Module) -> None:
        self.load(module.path or f"{module.folder}/__init__.py")

    def _star(self, path: str, module: Module) -> None:
        names = self._names.get(module.path)
        if names is None or module.path not in self._loaded_paths or module.path in self._open_paths:
            self._open_paths.add(path)
            return
        self._names[path].update((name, value) for name, value in names.items() if not name.startswith("_"))

    def _read(self, path: str, step: LoadStep) -> None:
        if step.maybe:
            return
        root, *members = step.text.split(".")
        value = None if (path, root) in self._maybe_bound else self._names[path].get(root)
        hidden: LoadFailure | None = None
        for name in members:
            if value is None:
                break
            if hidden is not None:
                hidden = replace(hidden, module=value.path, name=name)
            attribute = self._attribute(path, step, value, name)
            if self._is_hidden(value, name, attribute):
                hidden = hidden or LoadFailure(path, step.line, step.text, value.path, name)
            value = attribute
        if hidden is not None:
            raise _LoadFails(hidden)

    def _is_hidden(self, module: Module, name: str, child: Value) -> bool:
        """Return whether a submodule is half loaded: no attribute of its package yet, though `from` would find it."""
        if child is None or module.path not in self._names or module.path in self._open_paths:
            return False
        bound = name in self._names[module.path] or (module.path, name) in self._maybe_bound
        return not bound and child.path in self._names and child.path not in self._loaded_paths

    # Names of modules

    def _imported_value(self, path: str, step: LoadStep, module: Module, name: str) -> Value:
        """Return what `from module import name` gives; a submodule of that name is loaded for it."""
        names = self._names.get(module.path)
        if names is not None and name in names:
            return names[name]
        child = self._linker.modules.child(module, name)
        if child is not None:
            self._load_module(child)
            return child
        self._check_unbound(path, step, module, name)
        return None

    def _attribute(self, path: str, step: LoadStep, module: Module, name: str) -> Value:
        """Return what `module.name` gives; a submodule is an attribute as soon as it has loaded."""
        names = self._names.get(module.path, {})
        if name in names:
            return names[name]
        child = self._linker.modules.child(module, name)
        if child is not None:
            return child if child.path in self._names else None
        self._check_unbound(path, step, module, name)
        return None

    def _check_unbound(self, path: str, step: LoadStep, module: Module, name: str) -> None:
        """Fail where a module has not bound the name yet; one that has loaded may have it from elsewhere."""
        where = module.path
        if where not in self._names or where in self._loaded_paths:
            return
        surely_unbound = name not in self._programs[where].loose and (where, name) not in self._maybe_bound
        if where in self._open_paths or not surely_unbound or not self._will_bind(where, name):
            raise LoadingUnsure
        raise _LoadFails(LoadFailure(path, step.line, step.text, where, name))

    def _will_bind(self, path: str, name: str) -> bool:
        """Return whether a module surely binds a name itself.

        What a package imports from itself may be made elsewhere.
        """
        for step in self._programs[path].steps:
            binding = step.imported
            if step.maybe:
                continue
            if binding is None and step.kind == "bind" and step.text == name:
                return True
            if binding is not None and binding.alias == name:
                source = self._linker.source(path, binding)
                if not isinstance(source, Module) or source.path != path:
                    return True
        return False


def packages(linker: PythonNames, path: str) -> list[str]:
    """Return the files of the packages a module lies in, outermost first; folders without one may lie between."""
    folder = path.rpartition("/")[0]
    above = (f"{package}/__init__.py" for package in (folder, *folders(folder)) if package)
    return [init for init in above if init != path and init in linker.modules.tree][::-1]


def loaded_files(linker: PythonNames, path: str, binding: Import) -> Iterator[str]:
    """Yield the files that an import in the file at `path` loads, less the packages that file lies in."""
    source = linker.source(path, binding)
    if not isinstance(source, Module) or not source.sure:
        return
    child = linker.modules.child(source, binding.name) if binding.name and binding.name != "*" else None
    importer_packages = packages(linker, path)
    for module in (source, child):
        if module is not None and module.path.endswith(".py"):
            yield from (init for init in packages(linker, module.path) if init not in importer_packages)
            # What a package of the importer holds besides the submodule was bound before.
            if module is child or child is None or module.path not in importer_packages:
                yield module.path


def _is_package(path: str) -> bool:
    return path.rpartition("/")[2] == "__init__.py"
