"""`git gate pair`: two streams, how they go together, and both versions of what collides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from gate.model.report import FindingRecord, NotCheckedRecord, TargetRecord
from gate.model.words import counted
from gate.report import escape, words
from gate.report.columns import Paint, cut, paragraph, wrap
from gate.report.text import block, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.git import Conflict, Lines
    from gate.report import Options

Decision = Literal["parallel", "serialize", "converge", "unknown"]
Tried = Literal["clean", "conflict", "not_needed", "not_tried"]


class FileVersion(msgspec.Struct, frozen=True):
    """One stream's file at a path that collides; without mode and blob when it has none there."""

    branch: str
    path: str
    mode: str
    blob: str


class CollisionSide(msgspec.Struct, frozen=True):
    """One stream's text at a place: its lines, counted from 1; None where it has nothing."""

    branch: str
    line: int | None
    end_line: int | None
    text: str


class Collision(msgspec.Struct, frozen=True):
    """A path git cannot merge: the first stream's version and the second's, and each place at which they disagree."""

    path: str
    kind: str
    message: str
    versions: list[FileVersion]
    hunks: list[list[CollisionSide]]


class Pairing(msgspec.Struct, frozen=True):
    """The decision on two streams. `path` is the way to the decision (rules R2), one sentence a step.

    `order` is the one to land in, empty when it is free; `findings` are those that concern both.
    """

    target: TargetRecord
    branches: list[str]
    decision: Decision
    path: list[str]
    merge: Tried
    order: list[str]
    reasons: list[str]
    collisions: list[Collision]
    findings: list[FindingRecord]
    not_checked: list[NotCheckedRecord]


def collision(conflict: Conflict, message: str, first: str, second: str) -> Collision:
    """A conflict of the merge of `first` and `second`, as published."""
    hunks = [
        [_side(first, hunk.ours, hunk.ours_text), _side(second, hunk.theirs, hunk.theirs_text)]
        for hunk in conflict.hunks
    ]
    versions = [_version(first, conflict, 2), _version(second, conflict, 3)]
    return Collision(conflict.path, conflict.kind, message, versions, hunks)


def _version(branch: str, conflict: Conflict, stage: int) -> FileVersion:
    version = next((candidate for candidate in conflict.versions if candidate.stage == stage), None)
    if version is None:
        return FileVersion(branch, conflict.path, "", "")
    return FileVersion(branch, version.path, version.mode, version.blob)


def _side(branch: str, lines: Lines, text: str) -> CollisionSide:
    has_lines = lines.end >= lines.start
    return CollisionSide(branch, lines.start if has_lines else None, lines.end if has_lines else None, text)


# Words


def _headline(pairing: Pairing) -> str:
    left, right = pairing.branches
    match pairing.decision:
        case "parallel":
            return f"{left} and {right} can run and land side by side"
        case "converge":
            return f"{left} and {right} meet at an integration point: everyone converges there"
        case "unknown":
            return f"how {left} and {right} go together is unknown"
    if pairing.merge == "conflict":
        return f"{left} and {right} collide in {counted(len(pairing.collisions), 'place')}"
    return f"{left} and {right} land one at a time"


def _advice(pairing: Pairing) -> str:
    if len(pairing.order) != 2:
        return ""
    first, then = pairing.order
    after = f"then bring {then} up to date with it" if pairing.merge == "conflict" else f"then {then}"
    return f"land {first} first, {after}"


def _where(side: CollisionSide) -> str:
    if side.line is None:
        return f"{side.branch}: nothing here"
    last = side.end_line or side.line
    return (
        f"{side.branch}: line {side.line}"
        if last == side.line
        else f"{side.branch}: lines {side.line}-{last}"
    )


def _whole(version: FileVersion) -> str:
    if not version.blob:
        return f"{version.branch}: no file"
    what = "submodule commit" if version.mode == "160000" else f"mode {version.mode}, blob"
    return f"{version.branch}: {version.path}, {what} {words.short(version.blob)}"


def _sides(collision: Collision) -> Iterator[tuple[str, str]]:
    """A title and the text under it, for both versions of every place, or of the whole file where it has no lines."""
    for hunk in collision.hunks:
        for side, version in zip(hunk, collision.versions, strict=True):
            yield _where(side) if version.blob else f"{side.branch}: deleted", side.text
    if not collision.hunks:
        yield from ((_whole(version), "") for version in collision.versions)


def _others(pairing: Pairing) -> list[FindingRecord]:
    """Return the findings that the collisions do not show already."""
    messages = tuple(collision.message for collision in pairing.collisions)
    return [
        finding
        for finding in pairing.findings
        if not any(message.startswith(finding.message) for message in messages)
    ]


# Text


def render(pairing: Pairing, options: Options) -> str:
    """The pair for a terminal of `options.width` columns, with all there is of what collides."""
    return "\n".join(_lines(pairing, options.width, Paint(options.color))) + "\n"


def _lines(pairing: Pairing, width: int, paint: Paint) -> Iterator[str]:
    word = pairing.decision.upper()
    first, *headline = wrap(clean(_headline(pairing)), width - len(word) - 2)
    yield f"{paint(word, _STYLES[pairing.decision])}  {paint(first, 'strong')}"
    yield from (paint(" " * (len(word) + 2) + line, "strong") for line in headline)
    yield from paragraph(clean(_advice(pairing)), width, " " * (len(word) + 2)) if pairing.order else ()
    yield from ("", paint("How this was decided", "strong"))
    for number, step in enumerate(pairing.path, 1):
        yield from _numbered(number, clean(step), width)
    for collision in pairing.collisions:
        yield from _collision(collision, width, paint)
    if others := _others(pairing):
        yield from ("", paint("Findings about both", "strong"))
        for finding in others:
            yield from _finding(finding, width, paint)
    if pairing.not_checked:
        yield from ("", paint("Not checked", "strong"))
        for gap in pairing.not_checked:
            yield from paragraph(clean(f"{gap.what}: {gap.why}"), width, "  ")
            yield from paragraph(clean(f"hint: {gap.hint}"), width, "    ") if gap.hint else ()


_STYLES = {"parallel": "pass", "serialize": "warning", "converge": "warning", "unknown": "unknown"}


def _numbered(number: int, step: str, width: int) -> Iterator[str]:
    first, *others = paragraph(step, width, "     ")
    yield f"  {number}. {first.lstrip()}"
    yield from others


def _collision(collision: Collision, width: int, paint: Paint) -> Iterator[str]:
    yield ""
    yield paint(clean(f"{collision.path} ({collision.kind})"), "strong")
    yield from paragraph(clean(collision.message), width, "  ")
    for title, text in _sides(collision):
        yield f"  {clean(title)}"
        for line in block(text).removesuffix("\n").split("\n") if text else ():
            yield cut(f"    | {line.expandtabs(4)}".rstrip(), width)


def _finding(finding: FindingRecord, width: int, paint: Paint) -> Iterator[str]:
    severity = "waived" if finding.waived else finding.severity
    yield f"  {paint(severity, 'faint' if finding.waived else finding.severity)} {clean(words.label(finding))}"
    yield from paragraph(clean(finding.message), width, "    ")
    for piece in finding.evidence:
        yield from paragraph(clean(words.caption(piece)), width, "    ")
        shown = msgspec.structs.replace(piece, text=block(piece.text))
        yield from (cut(f"      {line.expandtabs(4)}".rstrip(), width) for line in words.numbered(shown))
    if finding.hint:
        yield from paragraph(clean(f"hint: {finding.hint}"), width, "    ")


# Markdown


def render_markdown(pairing: Pairing) -> str:
    """The pair as GitHub's Markdown."""
    return "\n".join(_markdown(pairing)) + "\n"


def _markdown(pairing: Pairing) -> Iterator[str]:
    yield f"### {escape.prose(clean(pairing.decision.upper()))}: {escape.prose(clean(_headline(pairing)))}"
    if pairing.order:
        yield from ("", escape.prose(clean(f"L{_advice(pairing)[1:]}.")))
    yield from ("", "**How this was decided**", "")
    yield from (f"{number}. {escape.prose(clean(step))}" for number, step in enumerate(pairing.path, 1))
    for collision in pairing.collisions:
        yield from ("", f"#### {escape.code(clean(collision.path))} ({escape.prose(collision.kind)})")
        yield from ("", f"{escape.prose(clean(collision.message))}.")
        for title, text in _sides(collision):
            yield from ("", escape.prose(clean(title)))
            yield from ("", escape.fence(text, _LONGEST)) if text else ()
    if others := _others(pairing):
        yield from ("", "**Findings about both**", "")
        for finding in others:
            label = f"{finding.severity} {words.label(finding)}"
            yield f"- **{escape.prose(clean(label))}**: {escape.prose(clean(finding.message))}"
            for piece in finding.evidence:
                yield from (
                    "",
                    escape.code(clean(words.caption(piece))),
                    "",
                    escape.fence(piece.text, _LONGEST),
                    "",
                )
    if pairing.not_checked:
        yield from ("", "**Not checked**", "")
        for gap in pairing.not_checked:
            yield f"- {escape.prose(clean(f'{gap.what}: {gap.why}'))}"


_LONGEST = 200
"""Lines of one version of a hunk that are shown."""
