"""How fast one process reads source files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench import generate, modules, samples
from gate.languages import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = 300


@dataclass(frozen=True, slots=True)
class Speed:
    """Of one language, read whole: definitions, imports, references, call shapes."""

    language: str
    files: int
    a_second: float
    lines: float


def speeds() -> Iterator[Speed]:
    """Every language there is a generator for, where what reads it is installed."""
    sizes = generate.Sizes(files=FILES)
    yield _speed("Python", ".py", [modules.text(number, sizes) for number in range(FILES)])
    for language, ending, texts in samples.of_each(FILES):
        if registry.is_read(f"a{ending}"):
            yield _speed(language, ending, texts)


def _speed(language: str, ending: str, texts: list[str]) -> Speed:
    reader = registry.reader(ending)
    contents = [text.encode() for text in texts]
    start = time.perf_counter()
    for content in contents:
        reader.read(content, ending)
    seconds = time.perf_counter() - start
    lines = sum(content.count(b"\n") for content in contents)
    return Speed(language, len(texts), len(texts) / seconds, lines / seconds)
