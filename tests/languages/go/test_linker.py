"""What names stand for across Go files."""

from __future__ import annotations

import pytest
from languages.worlds import misfits, says

pytest.importorskip("tree_sitter_go")

BASE = {
    "go.mod": "module x.y/app\n",
    "p/a.go": "package p\n\nimport q \"out.side/q\"\n\ntype T struct { A int; *U }\n\ntype V struct { q.W }\n\n"
    "func F(a int) *T { return nil }\n\nfunc (t *T) M(a, b int) {}\n",
    "p/b.go": "package p\n\ntype U struct { B int }\n\nfunc (u U) N() *T { return nil }\n",
    "p/c_linux.go": "package p\n\nfunc Sys() {}\n",
    "p/d_test.go": "package p\n\nfunc Tested() {}\n",
}  # fmt: skip
USE = 'package m\n\nimport "x.y/app/p"\n\nvar x = '


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ("p.F", "fine"),
        ("p.G", "fails"),
        ("p.Sys", "fine"),
        ("p.Tested", "fails"),
        ("p.F().A", "fine"),
        ("p.F().B", "fine"),
        ("p.F().C", "fails"),
        ("p.F().N", "fine"),
        ("p.F().N().M", "fine"),
        ("p.F().N().X", "fails"),
        ("p.T{}.A", "fine"),
        ("p.V{}.A", "fails"),
        ("nowhere.G", "silent"),
    ],
)
def test_names_of_packages(chain: str, expected: str) -> None:
    text = chain.replace("{}", "()")
    written = chain.replace(".F()", ".F(1)") if "()" in chain else chain

    assert says(BASE | {"m/use.go": USE + written}, "m/use.go", text, "go") == expected


@pytest.mark.parametrize(
    ("more", "text", "expected"),
    [
        ({"p/use.go": "package p\n\nvar x = F\n"}, "F", "fine"),
        ({"p/use.go": "package p\n\nvar x = G\n"}, "G", "fails"),
        ({"p/use.go": "package p\n\nvar x = Tested\n"}, "Tested", "fails"),
        ({"p/use_test.go": "package p\n\nvar x = Tested\n"}, "Tested", "fine"),
        ({"p/use_test.go": "package p_test\n\nvar x = F\n"}, "F", "fails"),
        ({"p/use.go": "package p\n\nvar x = F\n", "p/bad.go": "package p\nfunc (\n"}, "F", "fine"),
        ({"p/use.go": "package p\n\nvar x = G\n", "p/bad.go": "package p\nfunc (\n"}, "G", "silent"),
        ({"m/use.go": 'package m\n\nimport . "x.y/app/p"\n\nvar x = F\n'}, "F", "fine"),
        ({"m/use.go": 'package m\n\nimport . "o.s/p"\n\nvar x = G\n'}, "G", "silent"),
        ({"m/use.go": 'package m\n\nimport "o.s/p"\n\nvar x = p.G\n'}, "p.G", "silent"),
        ({"m/use.go": 'package m\n\nimport "x.y/app/none"\n\nvar x = none.G\n'}, "x.y/app/none", "fails"),
        ({"m/use.go": 'package m\n\nimport "x.y/app/none"\n\nvar x = none.G\n'}, "none.G", "silent"),
        ({"m/go.mod": "module x.y/m", "m/use.go": USE + "p.G"}, "p.G", "silent"),
        ({"m/go.mod": "module x.y/m\nreplace x.y/app => ../", "m/use.go": USE + "p.G"}, "p.G", "fails"),
        ({"m/go.mod": "module x.y/m", "go.work": "", "m/use.go": USE + "p.G"}, "p.G", "fails"),
    ],
)
def test_names_by_file(more: dict[str, str], text: str, expected: str) -> None:
    path = next(path for path in more if "use" in path)

    assert says(BASE | more, path, text, "go") == expected


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("p.F(1)", ""),
        ("p.F()", "needs `a`"),
        ("p.F(g())", ""),
        ("p.F(1).M(1)", "needs `b`"),
        ("p.F(1).M(1, 2)", ""),
        ("p.T.M(a, 1, 2)", ""),
    ],
)
def test_calls(written: str, why: str) -> None:
    text = f"{USE}f()\n\nfunc f() {{ {written} }}\n\nfunc g() int {{ return 1 }}\n"

    assert misfits(BASE | {"m/use.go": text}, "m/use.go", "go") == {why} - {""}
