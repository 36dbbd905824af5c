"""A repair as a unified diff that `git apply` takes."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.model.repairs import Rewrite

_AROUND = 3
_ESCAPES = {0x22: '\\"', 0x5C: "\\\\", 0x0A: "\\n", 0x09: "\\t", 0x0D: "\\r"}


def unified(rewrites: Iterable[Rewrite]) -> bytes:
    """The diff of these files."""
    return b"".join(part for one in rewrites for part in _file(one))


def _file(one: Rewrite) -> Iterator[bytes]:
    old, new = _name("a", one.path), _name("b", one.final_path)
    yield b"diff --git %s %s\n" % (old, new)
    if one.before is None or one.after is None:
        yield from _whole(one, old, new)
        return
    if one.final_path != one.path:
        yield b"rename from %s\nrename to %s\n" % (_name("", one.path), _name("", one.final_path))
    if one.before != one.after:
        yield b"--- %s\n+++ %s\n" % (_tabbed(old), _tabbed(new))
        yield from _hunks(_lines(one.before), _lines(one.after))


def _whole(one: Rewrite, old: bytes, new: bytes) -> Iterator[bytes]:
    made = one.before is None
    lines = _lines(one.after or one.before or b"")
    yield b"new file mode 100644\n" if made else b"deleted file mode 100644\n"
    if lines:
        yield b"--- %s\n+++ %s\n" % (
            b"/dev/null" if made else _tabbed(old),
            _tabbed(new) if made else b"/dev/null",
        )
        count = b"-0,0 +1,%d" % len(lines) if made else b"-1,%d +0,0" % len(lines)
        yield b"@@ %s @@\n" % count
        yield from (_line(b"+" if made else b"-", line) for line in lines)


def _lines(content: bytes) -> list[bytes]:
    """Lines as git counts them: only a line feed ends one."""
    lines = [line + b"\n" for line in content.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _line(sign: bytes, line: bytes) -> bytes:
    return sign + line if line.endswith(b"\n") else sign + line + b"\n\\ No newline at end of file\n"


def _hunks(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    if len(old) != len(new):
        yield from _matched(old, new)
        return
    # Only words in lines were replaced: no need to look for lines that have moved.
    changed = [at for at, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    groups: list[list[int]] = []
    for at in changed:
        if groups and at - groups[-1][-1] <= 2 * _AROUND:
            groups[-1].append(at)
        else:
            groups.append([at])
    for group in groups:
        first, last = max(group[0] - _AROUND, 0), min(group[-1] + _AROUND + 1, len(old))
        yield b"@@ -%d,%d +%d,%d @@\n" % (first + 1, last - first, first + 1, last - first)
        at = first
        while at < last:
            if at not in group:
                yield _line(b" ", old[at])
                at += 1
                continue
            end = at
            while end in group:
                end += 1
            yield from (_line(b"-", line) for line in old[at:end])
            yield from (_line(b"+", line) for line in new[at:end])
            at = end


def _matched(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND):
        (_, start, _, first, _), (_, _, end, _, last) = group[0], group[-1]
        yield b"@@ -%b +%b @@\n" % (_range(start, end), _range(first, last))
        for kind, a, b, c, d in group:
            if kind == "equal":
                yield from (_line(b" ", line) for line in old[a:b])
            else:
                yield from (_line(b"-", line) for line in old[a:b])
                yield from (_line(b"+", line) for line in new[c:d])


def _range(start: int, end: int) -> bytes:
    """Lines of a hunk: the first, from 1, and how many; of none, the one before."""
    return b"%d,%d" % (start + (end > start), end - start)


def _name(side: str, path: str) -> bytes:
    """A path as git writes it in diffs: in quotes with escapes where it holds anything unusual."""
    raw = (f"{side}/{path}" if side else path).encode("utf-8", "surrogateescape")
    if all(0x20 <= byte < 0x7F and byte not in (0x22, 0x5C) for byte in raw):
        return raw
    text = "".join(
        _ESCAPES.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}") for byte in raw
    )
    return f'"{text}"'.encode("ascii")


def _tabbed(name: bytes) -> bytes:
    """A name with a space ends with a tab, as git marks the end of it."""
    return name + b"\t" if b" " in name and not name.startswith(b'"') else name
