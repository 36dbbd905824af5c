"""What names stand for across Java files."""

from __future__ import annotations

import pytest
from languages.worlds import answered_uses, misfits, says

pytest.importorskip("tree_sitter_java")

BASE = {
    "src/main/java/a/b/C.java": "package a.b; public class C { static int K; C made; int m(int x) { } int o(int x) { } "
    "int o() { } C next() { } enum E { A } }",
    "src/main/java/a/b/D.java": "package a.b; class D extends C { D(int a) { } }",
    "src/main/java/a/b/O.java": "package a.b; class O extends Outside { }",
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("C.K;", "C.K", "fine"),
        ("C.L;", "C.L", "fails"),
        ("C.E.A;", "C.E.A", "fine"),
        ("C.E.B;", "C.E.B", "fails"),
        ("new C().made.next().made;", "C().made.next().made", "fine"),
        ("new C().made.next().none;", "C().made.next().none", "fails"),
        ("new D(1).m(1);", "D().m", "fine"),
        ("new D(1).n(1);", "D().n", "fails"),
        ("new C().hashCode();", "C().hashCode", "silent"),
        ("C.E.values();", "C.E.values", "silent"),
        ("Nowhere.x();", "Nowhere.x", "fails"),
        ("next();", "next", "fine"),
        ("nothing();", "nothing", "fails"),
    ],
)
def test_names_in_a_package(written: str, text: str, expected: str) -> None:
    use = f"package a.b; class U extends C {{ Object x = {written} }}"

    assert (
        says(BASE | {"src/test/java/a/b/U.java": use}, "src/test/java/a/b/U.java", text, "java") == expected
    )


@pytest.mark.parametrize(
    ("imports", "text", "expected"),
    [
        ("import a.b.C;", "a.b.C", "fine"),
        ("import a.b.Z;", "a.b.Z", "fails"),
        ("import x.y.Z;", "x.y.Z", "silent"),
        ("import a.b.C.E;", "a.b.C.E", "fine"),
        ("import a.b.C.F;", "a.b.C.F", "fails"),
        ("import static a.b.C.K;", "a.b.C.K", "fine"),
        ("import static a.b.C.L;", "a.b.C.L", "fails"),
        ("import a.b.*;", "C.K", "fine"),
        ("import x.*;", "C.K", "fails"),
        ("import static a.b.C.*;", "C.K", "fails"),
    ],
)
def test_imports(imports: str, text: str, expected: str) -> None:
    use = f"package q; {imports} class U {{ int x = C.K; }}"

    assert says(BASE | {"q/U.java": use}, "q/U.java", text, "java") == expected


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("new C().m(1)", ""),
        ("new C().m()", "needs `x`"),
        ("new C().o(1, 2)", ""),
        ("new D()", "needs `a`"),
        ("new C(1)", "takes 0 positional arguments, not 1"),
        ("new O(1)", "takes 0 positional arguments, not 1"),
    ],
)
def test_calls(written: str, why: str) -> None:
    use = f"package a.b; class U {{ Object x = {written}; }}"
    files = {**BASE, "src/main/java/a/b/U.java": use}

    assert misfits(files, "src/main/java/a/b/U.java", "java") == {why} - {""}


def test_members_of_a_class_with_a_foreign_base_are_unsure() -> None:
    files = BASE | {"src/main/java/a/b/U.java": "package a.b; class U { int x = new O().m(); }"}
    answers = answered_uses(files, "src/main/java/a/b/U.java", "java")
    [answer] = [answer for use, answer in answers if (use.kind, use.text) == ("name", "O().m")]

    assert answer.fails
    assert not answer.sure


def test_classes_nested_and_derived_without_end_are_answered() -> None:
    deep = "".join(f"class N{at} extends N{at + 1} implements N{at + 2}, M {{ " for at in range(18))
    files = {"a/U.java": f"package a; {deep} int x = Nowhere.y; {'}' * 18}"}

    assert says(files, "a/U.java", "Nowhere.y", "java") in ("fails", "silent")
