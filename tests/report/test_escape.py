"""Text of others within Markdown."""

from __future__ import annotations

import pytest

from gate.report.escape import Safe, code, codes, fence, printed, prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("both change solver_core.py", "both change solver_core.py"),
        ("__init__.py", "&#95;&#95;init&#95;&#95;.py"),
        ("[x](http://e.org)", "&#91;x&#93;(http:&#8203;//e.org)"),
        ("<b>&amp;", "&#60;b&#62;&#38;amp;"),
        ("a | b", "a &#124; b"),
        ("*a* ~b~ `c` $d$ \\e", "&#42;a&#42; &#126;b&#126; &#96;c&#96; &#36;d&#36; &#92;e"),
        ("@org/team", "@&#8203;org/team"),
        ("me@example.org", "me@&#8203;example.org"),
        ("fixes #12, GH-3 and !4", "fixes #&#8203;12, GH-&#8203;3 and !&#8203;4"),
        ("www.example.org", "www&#8203;.example.org"),
        ("# heading", "&#35; heading"),
        ("- item", "&#45; item"),
        ("  - item", "&#45; item"),
        ("12. item", "12&#8203;. item"),
        ("0.1.0", "0.1.0"),
        ("a\n\nb", "a&#92;n&#92;nb"),
    ],
)
def test_prose(text: str, expected: str) -> None:
    assert prose(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("agent/a", "`agent/a`"),
        ("@org/team", "`@org/team`"),
        ("a`b", "``a`b``"),
        ("``", "``` `` ```"),
        (" a", "`  a `"),
        ("a|b", "<code>a&#124;b</code>"),
        ("", "<code></code>"),
        ("a\nb", r"`a\nb`"),
    ],
)
def test_code(text: str, expected: str) -> None:
    assert code(text) == expected


def test_codes() -> None:
    assert codes(["a", "b|"], " and ") == "`a` and <code>b&#124;</code>"


def test_a_fence_is_longer_than_any_within() -> None:
    assert fence("x\n````\n</details>\n", 9) == "`````\nx\n````\n</details>\n`````"


def test_a_fence_keeps_blank_lines_at_the_end() -> None:
    assert fence("x\n\n\n", 9) == "```\nx\n\n\n```"
    assert fence("x", 9) == "```\nx\n```"


def test_a_fence_counts_the_lines_it_leaves_out() -> None:
    assert fence("1\n2\n3\n4\n", 2) == "```\n1\n2\n```\n\n<sub>and 2 more lines</sub>"
    assert fence("1\n2\n3\n", 2) == "```\n1\n2\n3\n```"


def test_what_is_not_marked_is_escaped() -> None:
    assert printed(Safe("<b>")) == "<b>"
    assert printed(Safe("<b>").upper()) == "&#60;B&#62;"
    assert printed(3) == "3"


@pytest.mark.parametrize("value", [None, [], 1.5])
def test_only_text_and_numbers_are_printed(value: object) -> None:
    with pytest.raises(TypeError, match="a template printed a"):
        printed(value)
