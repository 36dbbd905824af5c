"""Files with the sum of a folder of migrations, for what lands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.migrations.tools import tool
from gate.model.repairs import CannotRepair, Rewrite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class SummedFolder:
    """A folder that has a sum of its files, as contents by name.

    `tool` names the tool that makes the sum, in the file `path`. `target` is what the target has, `landed` what
    it holds once the streams before have landed, `changed` what this stream changes (None: it is removed).
    """

    tool: str
    path: str
    target: Mapping[str, bytes]
    landed: Mapping[str, bytes]
    changed: Mapping[str, bytes | None]

    @property
    def folder(self) -> str:
        """Its path."""
        return self.path.rpartition("/")[0]

    def after(self, rewrites: Iterable[Rewrite]) -> dict[str, bytes]:
        """Return its files once the stream has landed as its rewrites leave it."""
        inside = [rewrite for rewrite in rewrites if rewrite.path.rpartition("/")[0] == self.folder]
        names = {rewrite.path.rpartition("/")[2] for rewrite in inside}
        files = {
            **self.landed,
            **{name: content for name, content in self.changed.items() if name not in names},
            **{rewrite.final_path.rpartition("/")[2]: rewrite.after for rewrite in inside},
        }
        return {name: content for name, content in files.items() if content is not None}


def rewritten(
    folders: Iterable[SummedFolder], rewrites: Sequence[Rewrite], contents: Mapping[str, bytes]
) -> Iterator[Rewrite]:
    """Yield the sums of these folders that the stream's tip does not have, of their files once it has landed.

    A folder where neither it nor a stream before it moves anything has what its tip has.

    Raises:
        CannotRepair: the target's sum is not that of its files, so that nobody knows how it is made.
    """
    for folder in sorted(folders, key=lambda folder: folder.folder):
        moved = any(rewrite.path.rpartition("/")[0] == folder.folder for rewrite in rewrites)
        if not moved and folder.landed == folder.target:
            continue
        text = tool(folder.tool).summed(folder.after(rewrites), folder.target)
        if text is None:
            command = tool(folder.tool).sum_command
            raise CannotRepair(
                f"{folder.path} of the target is not what its files give: run `{command}` there first"
            )
        if text != contents.get(folder.path):
            yield Rewrite(folder.path, contents.get(folder.path), text)
