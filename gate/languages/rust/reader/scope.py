"""Where in a Rust file an item stands."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class RustScope:
    """The dotted path of the module, "" for the file's own, and the type that `Self` stands for, "" outside of one."""

    module: str = ""
    self_type: str = ""

    def path(self, name: str) -> str:
        """Return the dotted path of a name of the module."""
        return f"{self.module}.{name}" if self.module else name

    def submodule(self, name: str) -> RustScope:
        """Return the scope of a module inside of this one."""
        return replace(self, module=self.path(name))

    def of_type(self, name: str) -> RustScope:
        """Return the scope of a type's members."""
        return replace(self, self_type=name)
