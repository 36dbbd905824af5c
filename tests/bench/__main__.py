"""`python -m bench`: `git gate check` against git's own merge of all pairs, in the same run; and what names cost."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench import baseline, formats, generate, migrations, modules, program, reading
from gate.git.quarantine import memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MIGRATIONS = 1500
"""On the target; 40 streams, of which every second adds one."""


def main() -> None:
    """Generate, measure, print."""
    options = _options()
    sizes = generate.Sizes(options.files, options.streams, options.changes, options.seed)
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary) / "repository"
        start = time.perf_counter()
        streams = generate.write(folder, sizes)
        print(f"{sizes}, written in {time.perf_counter() - start:.1f} s")
        _compare(folder, streams, options.runs)
        _start_up(folder, 5 * options.runs)
        _names(Path(temporary) / "modules", options)
        _migrations(Path(temporary) / "migrations", options.runs)
        _hooks(Path(temporary) / "hooked", 5 * options.runs)
    _formats()


def _compare(folder: Path, streams: Sequence[str], runs: int) -> None:
    rows = []
    for _ in range(runs):
        gate, found = program.check(folder)
        with tempfile.TemporaryDirectory(prefix="bench-store-", dir=memory()) as store:
            git = baseline.measure(folder, Path(store), streams)
        rows.append((gate, git.seconds))
        if found != git.conflicting:
            print(f"the pairs differ: {sorted(found ^ git.conflicting)}")
    print(f"{git.pairs} pairs, of which {len(git.conflicting)} conflict")
    _table(("run", "gate check", "git, all pairs", "git / gate"), _rows(rows))


def _rows(times: Sequence[tuple[float, float]]) -> Iterable[tuple[str, ...]]:
    medians = tuple(statistics.median(column) for column in zip(*times, strict=True))
    for name, (gate, git) in [*((str(n), row) for n, row in enumerate(times, 1)), ("median", medians)]:
        yield name, f"{gate:.2f} s", f"{git:.2f} s", f"{git / gate:.1f}"


def _names(folder: Path, options: argparse.Namespace) -> None:
    """What reading source files adds, on a tree of modules that use one another."""
    sizes = generate.Sizes(options.modules, options.streams, options.changes, options.seed)
    modules.write(folder, sizes)
    print(f"\nmodules: {sizes}")
    times = [program.names(folder) for _ in range(options.runs)]
    columns = zip(*((one.without, one.cold, one.moved, one.again) for one in times), strict=True)
    names = ("no names", "cold", "one moved on", "the same again")
    medians = [statistics.median(column) for column in columns]
    cold = medians[1]
    rows = [
        (name, f"{median:.2f} s", f"{cold / median:.1f}") for name, median in zip(names, medians, strict=True)
    ]
    _table(("names", "median", "cold / this"), rows)
    _speed()


def _migrations(folder: Path, runs: int) -> None:
    """What comparing migrations adds, where the target has many."""
    migrations.write(folder, MIGRATIONS, 40)
    times = [program.migrations(folder) for _ in range(runs)]
    columns = zip(*((one.without, one.cold, one.warm) for one in times), strict=True)
    medians = [statistics.median(column) for column in columns]
    rows = [
        (name, f"{median:.2f} s", f"{median - medians[0]:.2f} s")
        for name, median in zip(("not asked for", "cold", "one moved on"), medians, strict=True)
    ]
    _table((f"{MIGRATIONS} migrations", "median", "added"), rows)


def _speed() -> None:
    """How fast one process reads files of each language."""
    rows = [
        (one.language, f"{one.files}", f"{one.a_second:.0f}", f"{one.lines:.0f}") for one in reading.speeds()
    ]
    _table(("language", "files", "files / s", "lines / s"), rows)


def _formats() -> None:
    """What rendering costs, for 200 streams with 2,000 findings."""
    rows = [
        (one.format, f"{one.seconds * 1000:.0f} ms", f"{one.size:,}", f"{formats.BYTES[one.format]:,}")
        for one in formats.rendered()
    ]
    _table(("format", f"time, < {formats.SECONDS:.0f} s", "bytes", "at most"), rows)


def _start_up(folder: Path, runs: int) -> None:
    helping, nothing = program.start_up(runs, folder)
    _table(
        ("start-up", "median"),
        [("gate --help", f"{helping * 1000:.0f} ms"), ("python -c pass", f"{nothing * 1000:.0f} ms")],
    )


def _hooks(folder: Path, runs: int) -> None:
    """What people and agents wait for: whole processes, warm, on 5,000 files and 20 streams."""
    sizes = generate.Sizes(files=5_000, streams=20)
    generate.write(folder, sizes)
    print(f"\nhooks: {sizes}")
    push, agent = program.hooks(folder, runs)
    _table(
        ("hook", "median"), [("pre-push", f"{push * 1000:.0f} ms"), ("agent-hook", f"{agent * 1000:.0f} ms")]
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print()
    for row in (head, *rows):
        print(f"{row[0]:<16}" + "".join(f"{cell:>16}" for cell in row[1:]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    for name, default in (
        ("files", 50_000),
        ("modules", 5_000),
        ("streams", 200),
        ("changes", 10),
        ("seed", 1),
        ("runs", 3),
    ):
        parser.add_argument(f"--{name}", type=int, default=default, help="default: %(default)s")
    return parser.parse_args()


if __name__ == "__main__":
    main()
