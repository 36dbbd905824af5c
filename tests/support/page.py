"""Reads a page back as the elements a browser would see."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = {"meta", "link", "br", "input"}


@dataclass
class Element:
    """A tag, its attributes, and the elements and texts in it."""

    tag: str
    attributes: dict[str, str]
    within: list[Element | str] = field(default_factory=list)

    def all(self, tag: str, name: str = "") -> list[Element]:
        """Every element below with that tag, of that class where one is named."""
        return [one for one in self._below() if one._is(tag, name)]

    def _below(self) -> Iterator[Element]:
        for one in self.within:
            if isinstance(one, Element):
                yield one
                yield from one._below()

    def _is(self, tag: str, name: str) -> bool:
        return tag in ("", self.tag) and (not name or name in self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(one if isinstance(one, str) else one.text for one in self.within)

    @property
    def line(self) -> str:
        """All text in it, on one line as a browser would lay it out."""
        return " ".join(self.text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        assert len(made.attributes) == len(attrs), f"an attribute twice: {attrs}"
        self._open[-1].within.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].within.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].within.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def read(page: str) -> Element:
    """The page; every element in it must be closed in its turn."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert len(reader._open) == 1, f"left open: {reader._open[-1].tag}"
    return reader.root
