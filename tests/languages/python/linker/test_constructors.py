"""Constructors made from fields."""

from __future__ import annotations

import pytest
from languages.worlds import call

START = (
    "import attr\nimport attrs\nfrom attrs import define\nfrom dataclasses import dataclass, field, KW_ONLY\n"
    "from typing import ClassVar, NamedTuple, Optional\nfrom pydantic import BaseModel, Field\n"
)
NEEDS_B, FITS = "needs `b`", ""


@pytest.mark.parametrize(
    ("classes", "use", "why"),
    [
        ("@dataclass\nclass A:\n a: int\n@dataclass\nclass B(A):\n b: int", "B(1)", NEEDS_B),
        ("@dataclass\nclass A:\n a: int\n@dataclass\nclass B(A):\n b: int", "B(1, 2)", FITS),
        ("@dataclass\nclass A:\n a: int\nclass B(A):\n b: int", "B(1)", FITS),
        ("class A:\n a: int\n@dataclass\nclass B(A):\n b: int", "B(1)", FITS),
        ("@dataclass\nclass A:\n a: int\n b: int\n@dataclass\nclass B(A):\n b: int = 1", "B(1)", FITS),
        ("@dataclass\nclass B(Outside):\n b: int", "B()", FITS),
        ("@dataclass\nclass B:\n b: ClassVar[int]", "B()", FITS),
        ("@dataclass\nclass B:\n b: 'ClassVar[int]'", "B()", FITS),
        ("@dataclass\nclass B:\n b: 'int'", "B()", NEEDS_B),
        ("@dataclass\nclass B:\n b: int | None", "B()", NEEDS_B),
        ("@dataclass\nclass B:\n a: int\n def __init__(self): ...", "B()", FITS),
        ("@dataclass(kw_only=True)\nclass A:\n a: int\n@dataclass\nclass B(A):\n b: int", "B(1, a=2)", FITS),
        ("@dataclass(kw_only=True)\nclass A:\n a: int\n@dataclass\nclass B(A):\n b: int", "B(a=2)", NEEDS_B),
        ("@other\n@dataclass\nclass B:\n b: int", "B()", FITS),
        ("@define\nclass B:\n b: int", "B()", NEEDS_B),
        ("@attrs.frozen\nclass B:\n b: int", "B()", NEEDS_B),
        ("@attr.s(auto_attribs=True)\nclass B:\n _b: int", "B()", NEEDS_B),
        ("@attr.s\nclass B:\n b = attr.ib()\n c = attr.ib(default=1)", "B()", NEEDS_B),
        ("@attr.s\nclass B:\n b: int", "B()", FITS),
        ("@define\nclass B:\n b = attrs.field()", "B()", FITS),
        ("@define\nclass B:\n b = attr.ib()", "B()", FITS),
        ("@other.define\nclass B:\n b: int", "B()", FITS),
        ("class B(NamedTuple):\n a: int\n b: int", "B(1)", NEEDS_B),
        ("class B(NamedTuple):\n a: int\n b: int = 1", "B(1)", FITS),
        ("class B(NamedTuple):\n a: int", "B(1, 2)", "takes 1 positional arguments, not 2"),
        ("class A(NamedTuple):\n a: int\nclass B(A):\n b: int", "B(1)", FITS),
        ("class B(BaseModel):\n b: int", "B()", NEEDS_B),
        ("class B(BaseModel):\n b: int", "B(b=1, c=2)", FITS),
        ("class B(BaseModel):\n b: int", "B(1)", "takes 0 positional arguments, not 1"),
        ("class B(BaseModel):\n b: Optional[int]", "B()", FITS),
        ("class B(BaseModel):\n b: int = Field(...)", "B()", NEEDS_B),
        ("class B(BaseModel):\n b: int = Field(1)", "B()", FITS),
        ("class B(BaseModel):\n b: int = Field(alias='c')", "B()", FITS),
        ("class B(BaseModel):\n b: int\n model_config = {}", "B()", FITS),
        ("class B(BaseModel):\n b: int\n @model_validator(mode='before')\n def f(cls, v): ...", "B()", FITS),
        ("class B(BaseModel):\n _b: int", "B()", FITS),
        ("class A(BaseModel):\n a: int\nclass B(A):\n b: int", "B(a=1)", NEEDS_B),
        ("class A(BaseModel):\n b: int\nclass B(A, Outside):\n b: int = 1", "B()", FITS),
    ],
)
def test_constructors(classes: str, use: str, why: str) -> None:
    assert call({"use.py": f"{START}{classes}\n{use}\n"}) == why
