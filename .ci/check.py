"""Runs at the same time what is quick and finds most: style, types, layers, and the unit tests of what changed.

Without arguments, what changed is what differs from where this branch left the main one, uncommitted files included;
with arguments, folders or modules of gate/: `order`, `gate/order/chain.py`. Tests lie as the code does:
those of gate/a/b.py are tests/a/test_b.py, or tests/a/b/, or else all of tests/a/.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
MAIN = ("origin/HEAD", "origin/main", "main")
LINTERS: dict[str, list[str | Path]] = {
    "style": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "layers": [BIN / "lint-imports"],
    "types": [BIN / "mypy"],
}
REST = ("tests/test_lock.py", "tests/test_package.py", "tests/test_readme.py")
"""The tests of what is neither code nor data of tests."""


def tests_of(path: str) -> set[str]:
    """Return the test files and folders of a file or folder of the repository."""
    top, _, inner = path.partition("/")
    if top not in ("gate", "tests"):
        return set(REST)
    name = Path(inner).name
    if top == "tests" and name.startswith("test_") and name.endswith(".py"):
        return {path} if (ROOT / path).exists() else set()
    place = Path(inner).parent if name in ("__init__.py", "conftest.py") else Path(inner).with_suffix("")
    while place.name:
        module = Path("tests") / place.parent / f"test_{place.name}.py"
        tests = [test for test in (module, Path("tests") / place) if _has_tests(ROOT / test)]
        if tests:
            return set(map(str, tests))
        place = place.parent
    return set()


def _has_tests(path: Path) -> bool:
    return path.is_file() or any(path.rglob("test_*.py"))


def changed() -> list[str]:
    """Return the paths that differ from where this branch left the main one, files that git does not know included."""
    bases = (_git("merge-base", "HEAD", name, check=False).strip() for name in MAIN)
    base = next(filter(None, bases), "HEAD")
    known = _git("diff", "--name-only", "--no-renames", "-z", base)
    unknown = _git("ls-files", "--others", "--exclude-standard", "-z")
    return [path for path in (known + unknown).split("\0") if path]


def _git(*arguments: str, check: bool = True) -> str:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=check, errors="surrogateescape"
    ).stdout


def run(commands: dict[str, list[str | Path]]) -> bool:
    """Run all commands at once, print what those that fail say, and return whether none does."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        logs = {name: Path(folder, name) for name in commands}
        processes = {}
        for name, command in commands.items():
            with logs[name].open("wb") as log:
                processes[name] = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        failed = [name for name, process in processes.items() if process.wait()]
        for name in failed:
            print(f"--- {name}\n{logs[name].read_text('utf-8', 'replace')}")
        if "tests" in commands and "tests" not in failed:
            print(logs["tests"].read_text("utf-8", "replace").splitlines()[-1])
    print(f"{', '.join(failed) or 'nothing'} failed, after {time.monotonic() - started:.0f} s")
    return not failed


def main(arguments: list[str]) -> int:
    """Return the exit code."""
    paths = [
        path if path.startswith(("gate/", "tests/")) else f"gate/{path}" for path in arguments
    ] or changed()
    tests = sorted(set().union(*map(tests_of, paths)))
    print(f"tests: {' '.join(tests) or 'none'}", flush=True)
    commands = dict(LINTERS)
    if tests:
        commands["tests"] = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "auto",
            "--dist",
            "worksteal",
            *tests,
        ]
    return 0 if run(commands) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
