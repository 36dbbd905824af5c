"""The command line as a whole: help, errors, exit codes, what is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path

import click
import pytest
from cli.small import complaint
from support import run_gate, run_here

import gate.cli
from gate.cli import errors
from gate.cli.main import COMMANDS, module_of

_HELPERS = {
    *("agents_file", "main", "mcp_server", "options", "output", "paths"),
    *("probes", "progress", "errors", "writing"),
}


def test_every_module_is_a_command_or_a_helper() -> None:
    modules = {path.stem for path in Path(gate.cli.__file__).parent.glob("*.py")} - {"__init__"}
    assert modules == {*(module_of(name).rpartition(".")[2] for name in COMMANDS), *_HELPERS}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_what_the_table_says(name: str) -> None:
    command = import_module(module_of(name)).command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert "_" not in COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(name: str) -> None:
    result = run_here(name, "--help")
    assert (result.exit, result.err) == (0, "")
    assert f"git-gate {name} " in result.out.splitlines()[0]
    assert result.out.endswith("\n")
    assert max(map(len, result.out.splitlines())) <= 80
    assert all(option.help for option in _options(name)), "an option without help"
    assert run_here(name, "-h") == result


def _options(name: str) -> list[click.Option]:
    parameters = import_module(module_of(name)).command.params
    return [one for one in parameters if isinstance(one, click.Option)]


def test_help_lists_every_command() -> None:
    result = run_here("--help")
    assert (result.exit, result.err) == (0, "")
    for name in COMMANDS:
        assert f"\n  {name} " in result.out
    assert result.out.endswith("judges a sample.\n") or "Exit codes:" in result.out
    assert max(map(len, result.out.splitlines())) <= 80


def test_help_loads_only_click() -> None:
    asked = (
        "import sys; from gate.cli import main; main._run(['--help']); print(*sys.modules, file=sys.stderr)"
    )
    env = os.environ | {"PYTHONPATH": str(Path(gate.cli.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    heavy = {"networkx", "pygit2", "jinja2", "msgspec", "unidiff", "pathspec", "subprocess", "tomllib"}
    assert not heavy & loaded
    assert {one for one in loaded if one.startswith("gate.")} <= {
        *("gate.cli", "gate.cli.main", "gate.cli.options", "gate.cli.errors", "gate.errors")
    }


def test_version() -> None:
    result = run_here("--version")
    assert (result.exit, result.out, result.err) == (0, f"git-gate {gate.__version__}\n", "")


def test_without_a_command_the_help_is_shown_and_nothing_passes() -> None:
    result = run_here()
    assert result.exit == 2
    assert result.out == ""
    assert result.err == run_here("--help").out


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (["chekc"], "there is no command 'chekc'", "did you mean check?"),
        (["zzz"], "there is no command 'zzz'", "see `git-gate --help`"),
        (["--nonsense"], "*--nonsense*", "see `git-gate --help`"),
        (["check", "--fail"], "*--fail*", "see `git-gate check --help`"),
        (["check", "--target"], "*--target*", "see `git-gate check --help`"),
        (["pair", "a"], "*B*", "see `git-gate pair --help`"),
        (["schema"], "*report*policy*", "see `git-gate schema --help`"),
        (["explain", "G999"], "no check is called G999", "`git gate codes` lists them"),
        (["-C", "nowhere", "check"], "cannot start in nowhere: No such file or directory", ""),
        (["check", "-C", "nowhere"], "cannot start in nowhere: No such file or directory", ""),
    ],
)
def test_a_mistake_is_an_error_and_a_hint(arguments: list[str], error: str, hint: str) -> None:
    said, way_out = complaint(run_here(*arguments))
    assert fnmatchcase(said, error)  # `*` is what click says, in the words of its version
    assert way_out == hint


def test_an_argument_that_steers_the_terminal_is_defused() -> None:
    said, _ = complaint(run_here("\x1b[31mred\nerror: two"))
    assert "\x1b" not in said


def test_a_bug_is_two_lines_and_exit_3(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr("gate.checks.catalog", broken)
    said, way_out = complaint(run_here("codes"), exit=3)
    assert said == r"internal error: ZeroDivisionError: a\nb"
    assert "--debug" in way_out
    with pytest.raises(ZeroDivisionError):
        run_here("codes", "--debug")


def test_debug_shows_the_traceback_of_an_error(tmp_path: Path) -> None:
    result = run_gate("check", "--debug", cwd=tmp_path)
    assert result.exit == 1
    assert "Traceback" in result.err
    assert "EnvironmentFault" in result.err


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    script = f'mkdir "{gone}"; cd "{gone}"; rmdir "{gone}"; exec "{sys.executable}" -m gate check'
    env = os.environ | {"PYTHONPATH": str(Path(gate.cli.__file__).parents[2])}
    done = subprocess.run(["sh", "-c", script], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-2:] == [
        "error: the current folder does not exist any more",
        "hint: change into one that does",
    ]


def test_signals_are_as_before_once_a_run_is_over() -> None:
    import signal

    before = [signal.getsignal(number) for number in errors._SIGNALS]
    run_here("--version")
    assert [signal.getsignal(number) for number in errors._SIGNALS] == before


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_codes_lists_every_check(form: str) -> None:
    from gate.checks import catalog

    result = run_here("codes", "-f", form)
    assert (result.exit, result.err) == (0, "")
    assert all(one.code in result.out and one.name in result.out for one in catalog())


def test_explain_takes_a_code_or_a_name() -> None:
    by_code, by_name = run_here("explain", "g201"), run_here("explain", "file-collision")
    assert by_code == by_name
    assert by_code.exit == 0
    for heading in ("G201 file-collision", "Why: ", "Example: ", "Resolve: "):
        assert heading in by_code.out
