"""`post-checkout`: one line when other streams change files that this one changes, too. It only tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.cli.writing import note
from gate.errors import Exit
from gate.git import refs
from gate.git.process import decode

if TYPE_CHECKING:
    from gate.cache.activity import Activity

_BRANCH = "1"


def run(words: tuple[str, ...]) -> Exit:
    """Look who else is there. `words` are the old HEAD, the new one, and 1 for a branch or 0 for files."""
    if words[2:] != (_BRANCH,):
        return Exit.PASS
    from gate.cli.events.activity_index import current
    from gate.git.worktree_status import worktree_status

    seen = worktree_status(".")
    sentence = shared(current(seen), seen.head) if seen.head else ""
    if sentence:
        note(f"git-gate: {sentence}")
    return Exit.PASS


def shared(activity: Activity, head: str) -> str:
    """Return a sentence on other streams that change files the stream at `head` changes; "" when none does."""
    from gate.model.words import counted, series

    current_streams = {
        number
        for number, stream in enumerate(activity.streams)
        if stream.bare == head.removeprefix(refs.HEADS)
    }
    paths, others = [], {}
    for path, touches in activity.paths.items():
        stream_numbers = {touch.stream for touch in touches}
        if stream_numbers & current_streams and stream_numbers - current_streams:
            paths.append(decode(path))
            others.update(dict.fromkeys(sorted(stream_numbers - current_streams)))
    if not paths:
        return ""
    names = series([activity.streams[number].name for number in others])
    return f"{refs.short(head)} shares {counted(len(paths), 'file')} with {names}: {series(sorted(paths))}"
