"""A use that fails in a merged state, with what is known of the failure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate.model.source import Import, StringReference
from gate.names.module_names import imported_as

if TYPE_CHECKING:
    from gate.languages.base.uses import Answer
    from gate.languages.state import State
    from gate.model.source import FileFacts
    from gate.names.meeting import ResolvedUse
    from gate.names.stream_changes import StreamChanges

Kind = Literal[
    "module", "name", "undefined", "member", "fixture", "patch", "string", "call", "unimplemented", "override"
]
MISFITS: tuple[Kind, ...] = ("call", "unimplemented", "override")
"""Kinds of uses whose name is still defined and does not fit."""
_MISFIT_OF_USE: dict[str, Kind] = {"subclass": "unimplemented", "override": "override"}
_KIND_OF_TEXT: dict[str, Kind] = {"fixture": "fixture", "patch": "patch", "export": "undefined"}


@dataclass(frozen=True, slots=True)
class FailingUse:
    """A consumer's use that fails in `merged`, at `path` there, with the failing answer."""

    producer: StreamChanges
    consumer: StreamChanges
    resolved: ResolvedUse
    answer: Answer
    path: str
    merged: State

    @property
    def file(self) -> FileFacts:
        """The merged file of the use."""
        return self.merged.facts(self.path)

    @property
    def missing_name(self) -> str:
        """The name that is missing, "" for a use that does not fit."""
        return self.answer.missing.name if self.answer.missing is not None else ""

    @property
    def kind(self) -> Kind:
        """What fails: an import of a module, a name, a member, a call."""
        use, missing = self.resolved.use, self.answer.missing
        if self.answer.why:
            return _MISFIT_OF_USE.get(use.kind, "call")
        assert missing is not None
        if self.resolved.answer.module and not imported_as(use):
            return "module"
        if isinstance(use.fact, StringReference):
            return _KIND_OF_TEXT.get(use.fact.kind, "string")
        if missing.module or missing.where.endswith("/"):
            return "module"
        if missing.inside:
            return "member"
        is_local = missing.where == self.path and not isinstance(use.fact, Import)
        return "undefined" if is_local else "name"
