"""Changes the code in many small ways, and tells which of these mutants no test notices.

Each room of `[tool.mutants]` in pyproject.toml names the files that mutmut changes and the tests that must fail, which
are those of that folder only. Arguments are the names of rooms; without any, all of them. A copy of what is needed
lies in `.mutants/`; a mutant that was not killed is printed as a diff. Exits with 1 when the score of a room, the
killed among all its mutants, is below the bar. A mutant whose tests run out of time was noticed: it counts as killed.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PLACE = ROOT / ".mutants"
MUTMUT = Path(sys.executable).parent / "mutmut"
COPIED = ("gate", "tests", "hooks", "templates", "pyproject.toml", "README.md", "CHANGELOG.md", "action.yml")
KILLED = ("killed", "timeout")
SECONDS = 3
"""The processor time a mutant gets is twice that of the tests that reach it, and twice this."""
MEMORY = 4 << 30
"""Bytes that a process may have."""


def prepare(room: dict[str, Any], folder: Path) -> None:
    """Copy what the tests of a room need, and write mutmut's configuration beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)
    lists = {
        "source_paths": ["gate"],
        "only_mutate": room["mutate"],
        "do_not_mutate_patterns": room.get("equivalent", []),
        "also_copy": ["hooks", "templates", "README.md", "CHANGELOG.md", "action.yml"],
        "pytest_add_cli_args_test_selection": room["tests"],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "--hypothesis-profile=mutants"],
    }
    lines = [
        "[mutmut]",
        f"timeout_constant = {SECONDS}",
        "timeout_multiplier = 1",
        "process_isolation = forkserver",  # no mutant starts with what the tests of the unchanged code have cached
        "use_git_change_detection = false",
    ]
    for key, values in lists.items():
        lines += [f"{key} =", *(f"    {value}" for value in values)] if values else []
    folder.joinpath("setup.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def mutmut(folder: Path, *arguments: str) -> str:
    """Run mutmut and return its output. A mutant that takes ever more memory ends at the limit."""
    process = subprocess.run(
        [str(MUTMUT), *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    if process.returncode:
        command = f"mutmut {' '.join(arguments)}"
        raise SystemExit(f"{command} ended with {process.returncode} in {folder}:\n{process.stdout[-3000:]}")
    return process.stdout


def statuses(folder: Path) -> dict[str, str]:
    """Return `killed`, `survived`, `timeout`, `no tests` and the like, by mutant."""
    lines = mutmut(folder, "results", "--all", "true").splitlines()
    return dict(line.strip().split(": ", 1) for line in lines if "__mutmut_" in line)


def module_of(mutant: str) -> str:
    """Return the module that a mutant changes: `gate.order.chain` for `gate.order.chain.x_tails__mutmut_1`."""
    return mutant.rpartition(".")[0]


def measure(name: str, room: dict[str, Any]) -> float:
    """Run the mutants of a room, print those that survive and the score of each module, and return the room's."""
    folder, started = PLACE / name, time.monotonic()
    prepare(room, folder)
    mutmut(folder, "run")
    status_of = statuses(folder)
    for mutant, status in status_of.items():
        if status not in KILLED:
            print(f"--- {status}: {mutant}")
            print(mutmut(folder, "show", mutant).partition("\n")[2])
    all_of, killed = Counter(map(module_of, status_of)), Counter[str]()
    killed.update(module_of(mutant) for mutant, status in status_of.items() if status in KILLED)
    for module in sorted(all_of):
        print(f"{module}: {killed[module]} of {all_of[module]} killed")
    score = 100 * killed.total() / max(1, all_of.total())
    seconds = time.monotonic() - started
    left = all_of.total() - killed.total()
    print(
        f"{name}: {killed.total()} killed, {left} survived, score {score:.1f} %, after {seconds:.0f} s",
        flush=True,
    )
    return score


def main(arguments: list[str]) -> int:
    """Return the exit code."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"]
    rooms = {name: room for name, room in table.items() if isinstance(room, dict)}
    if unknown := set(arguments) - set(rooms):
        print(f"error: no room is called {', '.join(sorted(unknown))}", file=sys.stderr)
        print(f"hint: there are {', '.join(rooms)}", file=sys.stderr)
        return 2
    scores = [measure(name, rooms[name]) for name in arguments or rooms]
    return 0 if all(score >= table["bar"] for score in scores) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
