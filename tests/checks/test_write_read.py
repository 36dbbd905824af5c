"""G220."""

from __future__ import annotations

from checks.names import facts

from gate.checks.write_read import write_read
from gate.model.finding import Before, Severity
from gate.model.names import NameFacts, Place, Read, WriteRead


def reads(path: str, writer: str = "agent/a", reader: str = "agent/b") -> WriteRead:
    return WriteRead(writer, reader, (Read("f", Place("m.py", 4), Place(path, 9), "body"),))


def test_a_test_of_what_the_other_changes() -> None:
    [found] = write_read.ask(facts(NameFacts(reads=(reads("tests/test_m.py"),))))

    assert found.severity is Severity.NOTE
    assert found.message == "agent/b tests `f`, whose body agent/a changes"
    assert found.hint == "land agent/a first, then run tests/test_m.py"
    assert found.constraints == (Before("agent/a", "agent/b"),)


def test_a_new_use_of_what_the_other_changes() -> None:
    [found] = write_read.ask(facts(NameFacts(reads=(reads("n.py"),))))

    assert found.message == "agent/b starts to use `f`, whose body agent/a changes"
    assert found.hint == "land agent/a first, then run the tests of n.py"


def test_streams_that_read_each_other_get_no_order() -> None:
    both = (reads("n.py"), reads("k.py", "agent/b", "agent/a"))

    assert [one.constraints for one in write_read.ask(facts(NameFacts(reads=both)))] == [(), ()]
