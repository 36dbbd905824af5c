"""G220."""

from __future__ import annotations

import pytest
from checks.names import facts

from gate.checks.write_read import write_read
from gate.model.finding import Before, Severity
from gate.model.names import NameFacts, Place, Read, WriteRead

TEST = Read("f", Place("m.py", 4), Place("tests/test_m.py", 9), "body", inside="test_f", test=True)
CODE = Read("C.g", Place("m.py", 8), Place("n.py", 9), "signature", inside="run")


def reads(*found: Read, writer: str = "agent/a", reader: str = "agent/b") -> WriteRead:
    return WriteRead(writer, reader, found)


@pytest.mark.parametrize(
    ("read", "message", "hint"),
    [
        (TEST, "agent/b's `test_f` tests `f`, whose body agent/a changes", "run tests/test_m.py again"),
        (CODE, "agent/b's `run` starts to use `C.g`, whose signature agent/a changes", "run the tests of n.py"),
        (
            Read("L", Place("m.py"), Place("n.py", 2), "value", specific=False),
            "agent/b in n.py starts to use `L`, whose value agent/a changes", "run the tests of n.py",
        ),
        (
            Read("f", Place("m.py"), Place("test_m.py", 2), "text", inside="test_f", test=True, text="no such file"),
            'agent/b\'s `test_f` expects the text "no such file", which agent/a removes from `f`',
            "run test_m.py again",
        ),
        (
            Read("", Place("m.py"), Place("test_m.py", 2), "text", test=True, text="x" * 70),
            f'agent/b in test_m.py expects the text "{"x" * 60}…", which agent/a removes from m.py',
            "run test_m.py again",
        ),
    ],
)  # fmt: skip
def test_what_is_said_of_a_read(read: Read, message: str, hint: str) -> None:
    [found] = write_read.ask(facts(NameFacts(reads=(reads(read),))))

    assert found.severity is Severity.NOTE
    assert found.kind == read.aspect
    assert found.message == message
    assert found.hint == f"land agent/a first, then {hint} on top of it"
    assert found.constraints == ((Before("agent/a", "agent/b"),) if read.specific else ())


def test_the_most_specific_is_told_and_the_others_named() -> None:
    [found] = write_read.ask(facts(NameFacts(reads=(reads(TEST, CODE),))))

    assert found.message == "agent/b's `test_f` tests `f`, whose body agent/a changes (also `C.g`)"
    assert [(one.branch, one.path, one.line) for one in found.locations] == [
        ("agent/b", "tests/test_m.py", 9),
        ("agent/a", "m.py", 4),
        ("agent/b", "n.py", 9),
        ("agent/a", "m.py", 8),
    ]


def test_streams_that_read_each_other_are_one_finding_and_get_no_order() -> None:
    both = (reads(TEST), reads(CODE, writer="agent/b", reader="agent/a"))

    [found] = write_read.ask(facts(NameFacts(reads=both)))

    assert found.kind == "mutual"
    assert found.message == (
        "agent/b's `test_f` tests `f`, whose body agent/a changes; "
        "agent/a's `run` starts to use `C.g`, whose signature agent/b changes"
    )
    assert found.hint == "once both have landed, run the tests of n.py and tests/test_m.py"
    assert found.constraints == ()
