"""Loading modules as Python does it, to see which import meets a module that is only half loaded.

Of each module only what it does to names while it loads is followed. Whatever may go either way ends the attempt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gate.languages.base.symbols import Module
from gate.languages.base.tree import folders

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from gate.languages.python.linker.resolve import PythonLinker
    from gate.model.loading import Program, Step
    from gate.model.source import Import

    Value = Module | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Where loading fails: what is written there, and the module that has not bound the name yet."""

    path: str
    line: int
    text: str
    module: str
    name: str


class Unsure(Exception):
    """What happens cannot be told from the text."""


class _Fails(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__()
        self.failure = failure


def enter(
    linker: PythonLinker, program_of: Callable[[str], Program | None], inside: Collection[str], path: str
) -> Failure | None:
    """Load the module at `path` first of all; None when it loads. Modules that are not `inside` load whole.

    Raises:
        Unsure: nobody can tell.
    """
    try:
        _Loading(linker, program_of, inside).load(path)
    except _Fails as failed:
        return failed.failure
    except RecursionError:
        raise Unsure from None
    return None


class _Loading:
    """One interpreter. A value is the module a name stands for, None for everything else."""

    def __init__(
        self, linker: PythonLinker, program_of: Callable[[str], Program | None], inside: Collection[str]
    ) -> None:
        self._linker = linker
        self._program_of = program_of
        self._inside = inside
        self._names: dict[str, dict[str, Value]] = {}
        self._programs: dict[str, Program] = {}
        self._loaded: set[str] = set()
        self._maybe: set[tuple[str, str]] = set()
        self._open: set[str] = set()

    def load(self, path: str) -> None:
        """Load a module, after the packages it lies in."""
        for one in (*packages(self._linker, path), path):
            if one in self._inside and one not in self._names:
                self._run(one)

    def _run(self, path: str) -> None:
        program = self._program_of(path)
        if program is None:
            raise Unsure
        self._names[path], self._programs[path] = {}, program
        for step in program.steps:
            getattr(self, f"_{step.kind}")(path, step)
        self._loaded.add(path)
        folder = path.rpartition("/")[0]
        if _is_package(path):
            folder = folder.rpartition("/")[0]
        for parent in packages(self._linker, path)[-1:]:
            if parent in self._names and parent == f"{folder}/__init__.py":
                stem = path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]
                self._names[parent][stem] = Module(
                    path, path.rpartition("/")[0] if _is_package(path) else None
                )

    # Steps

    def _unknown(self, path: str, _step: Step) -> None:
        self._open.add(path)

    def _bind(self, path: str, step: Step) -> None:
        root, _, rest = step.text.partition(".")
        if rest:
            value = self._names[path].get(root)
            if value is not None:
                self._maybe.add((value.path, rest.partition(".")[0]))
        elif step.maybe:
            self._maybe.add((path, root))
        else:
            self._names[path][root] = None

    def _import(self, path: str, step: Step) -> None:
        one = step.imported
        assert one is not None
        found = self._linker.source(path, one)
        if not isinstance(found, Module):
            self._bound(path, one, None, step)
            return
        if not found.sure:
            raise Unsure
        if step.maybe and any(self._would_run(path) for path in self._leads_to(found, one.name)):
            raise Unsure
        self._load(found)
        if one.name == "*":
            self._star(path, found)
        elif one.name:
            self._bound(path, one, None if step.maybe else self._member(path, step, found, one.name), step)
        else:
            self._bound(path, one, found if one.renamed else self._top(path, one), step)

    def _bound(self, path: str, one: Import, value: Value, step: Step) -> None:
        if one.name == "*":
            self._open.add(path)
        elif step.maybe:
            self._maybe.add((path, one.alias))
        elif one.alias:
            self._names[path][one.alias] = value

    def _top(self, path: str, one: Import) -> Value:
        return self._linker.modules.absolute(one.module.partition(".")[0], path)

    def _leads_to(self, module: Module, name: str) -> Iterator[str]:
        child = self._linker.modules.child(module, name) if name and name != "*" else None
        for one in (module, child):
            if one is not None and one.path:
                yield from (*packages(self._linker, one.path), one.path)

    def _would_run(self, path: str) -> bool:
        return path in self._inside and path not in self._names

    def _load(self, module: Module) -> None:
        self.load(module.path or f"{module.folder}/__init__.py")

    def _star(self, path: str, module: Module) -> None:
        names = self._names.get(module.path)
        if names is None or module.path not in self._loaded or module.path in self._open:
            self._open.add(path)
            return
        self._names[path].update((name, value) for name, value in names.items() if not name.startswith("_"))

    def _read(self, path: str, step: Step) -> None:
        if step.maybe:
            return
        root, *rest = step.text.split(".")
        value = None if (path, root) in self._maybe else self._names[path].get(root)
        hidden: Failure | None = None
        for name in rest:
            if value is None:
                break
            if hidden is not None:
                hidden = replace(hidden, module=value.path, name=name)
            there = self._attribute(path, step, value, name)
            if self._is_hidden(value, name, there):
                hidden = hidden or Failure(path, step.line, step.text, value.path, name)
            value = there
        if hidden is not None:
            raise _Fails(hidden)

    def _is_hidden(self, module: Module, name: str, child: Value) -> bool:
        """Whether a submodule is only half loaded: no attribute of its package yet, though `from` would find it."""
        if child is None or module.path not in self._names or module.path in self._open:
            return False
        known = name in self._names[module.path] or (module.path, name) in self._maybe
        return not known and child.path in self._names and child.path not in self._loaded

    # Names of modules

    def _member(self, path: str, step: Step, module: Module, name: str) -> Value:
        """What `from module import name` gives."""
        names = self._names.get(module.path)
        if names is not None and name in names:
            return names[name]
        child = self._linker.modules.child(module, name)
        if child is not None:
            self._load(child)
            return child
        self._lacks(path, step, module, name)
        return None

    def _attribute(self, path: str, step: Step, module: Module, name: str) -> Value:
        """What `module.name` gives; a submodule is there as soon as it has loaded."""
        names = self._names.get(module.path, {})
        if name in names:
            return names[name]
        child = self._linker.modules.child(module, name)
        if child is not None:
            return child if child.path in self._names else None
        self._lacks(path, step, module, name)
        return None

    def _lacks(self, path: str, step: Step, module: Module, name: str) -> None:
        """Fail where the module has not come to binding the name; one that has loaded may have it from elsewhere."""
        where = module.path
        if where not in self._names or where in self._loaded:
            return
        told = name not in self._programs[where].loose and (where, name) not in self._maybe
        if where in self._open or not told or not self._will_bind(where, name):
            raise Unsure
        raise _Fails(Failure(path, step.line, step.text, where, name))

    def _will_bind(self, path: str, name: str) -> bool:
        """Whether a module surely binds the name itself; what a package imports from itself may be made elsewhere."""
        for step in self._programs[path].steps:
            one = step.imported
            if step.maybe:
                continue
            if one is None and step.kind == "bind" and step.text == name:
                return True
            if one is not None and one.alias == name:
                source = self._linker.source(path, one)
                if not isinstance(source, Module) or source.path != path:
                    return True
        return False


def packages(linker: PythonLinker, path: str) -> list[str]:
    """The files of the packages a module lies in, the outermost first; folders without such a file may lie between."""
    own = path.rpartition("/")[0]
    above = (f"{folder}/__init__.py" for folder in (own, *folders(own)) if folder)
    return [one for one in above if one != path and one in linker.modules.tree][::-1]


def leads_to(linker: PythonLinker, path: str, one: Import) -> Iterator[str]:
    """The files an import in the file at `path` makes Python load, but for the packages that file lies in."""
    found = linker.source(path, one)
    if not isinstance(found, Module) or not found.sure:
        return
    child = linker.modules.child(found, one.name) if one.name and one.name != "*" else None
    own = packages(linker, path)
    for module in (found, child):
        if module is not None and module.path.endswith(".py"):
            yield from (there for there in packages(linker, module.path) if there not in own)
            # What a package of its own holds besides the submodule was there before.
            if module is child or child is None or module.path not in own:
                yield module.path


def _is_package(path: str) -> bool:
    return path.rpartition("/")[2] == "__init__.py"
