"""Models in Python files, and what the database sees of their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gate.migrations.operations import model_reader

if TYPE_CHECKING:
    from gate.model.operations import Model


def only(text: str) -> Model:
    models = model_reader.read(text.encode())
    assert models is not None
    [model] = models
    return model


def django(body: str, bases: str = "models.Model") -> Model:
    return only(f"from django.db import models\n# Field(\n\nclass Book({bases}):\n    {body}\n")


def mapped(column: str) -> Model:
    return only(f"class Book(Base):\n    __tablename__ = 'book'\n    {column}\n")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("t = models.CharField(max_length=9)", "t = models.CharField('title', max_length=9, blank=True)"),
        ("t = models.TextField(help_text='a')", "t = models.TextField(choices=X, default='')"),
        ("t = models.TextField(unique=False)", "t: str = TextField()"),
        ("t = models.ForeignKey('shop.Shelf', models.CASCADE)", "t = models.ForeignKey(Shelf, on_delete=X)"),
    ],
)
def test_what_the_database_does_not_see_of_a_field(first: str, second: str) -> None:
    assert [field.digest for field in django(first).fields] == [
        field.digest for field in django(second).fields
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("t = models.CharField(max_length=9)", "t = models.CharField(max_length=10)"),
        ("t = models.TextField()", "t = models.TextField(null=True)"),
        ("t = models.TextField()", "t = models.CharField()"),
        ("t = models.ForeignKey('Shelf', X)", "t = models.ForeignKey('Room', X)"),
    ],
)
def test_what_it_sees(first: str, second: str) -> None:
    assert [field.digest for field in django(first).fields] != [
        field.digest for field in django(second).fields
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("t = models.CharField(max_length=255)", "t = models.CharField(max_length=LENGTH)"),
        ("t = models.ForeignKey(settings.AUTH_USER_MODEL, X)", "t = models.ForeignKey('account.User', X)"),
    ],
)
def test_what_cannot_be_compared(first: str, second: str) -> None:
    assert [field.style for field in django(first).fields] != [field.style for field in django(second).fields]


def test_an_expression_is_no_model() -> None:
    assert model_reader.read(b"class Joined(Expression):\n    output_field = JSONField()\n") == ()


@pytest.mark.parametrize(
    "body",
    [
        "t = MoneyField(amount_field='x')",
        "t = forms.CharField()",
        "objects = BookManager()",
        "t = property(lambda self: 1)",
    ],
)
def test_what_is_no_column_for_sure(body: str) -> None:
    assert [field.is_column for field in django(body).fields] == [False]


@pytest.mark.parametrize("option", ["abstract = True", "proxy = True", "managed = False", "app_label = 'x'"])
def test_quiet_models(option: str) -> None:
    assert django(f"t = models.TextField()\n    class Meta:\n        {option}").quiet


def test_a_model_of_a_base_that_is_not_seen() -> None:
    assert django("t = models.TextField()", "Named").fields


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"class Form(forms.Form):\n    t = forms.CharField()\n    u = models.X\n", ()),
        (b"class Book(Base):\n    t = Column(Text)\n", ()),
        (b"class Book(Base:\n    __tablename__ = 'x'\n", None),
        (b"__tablename__ \0", None),
        (b"__tablename__ = " + b"(" * 9000, None),
        (b"class models.Field(", None),
    ],
)
def test_what_is_no_model(content: bytes, expected: tuple[()] | None) -> None:
    assert model_reader.read(content) == expected


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("t = Column(Text, doc='x', default=1)", "t = db.Column(sa.Text, nullable=True, info={})", False),
        ("t = Column(Text, doc='x', default=1)", "t = db.Column(sa.Text, index=False)", True),
        ("t = Column('t', String(9))", "t = Column(String(10), name='t')", False),
        ("t: Mapped[Optional[int]]", "t: Mapped[int | None]", True),
        ("t: Mapped[int]", "t: Mapped[int | None]", False),
        ("t: Mapped[dict] = mapped_column(JSON)", "t: Mapped[dict[str, int]] = mapped_column(JSON)", True),
        ("t = Column(key_type('User'))", "t = Column(other_type('User'))", True),
    ],
)
def test_columns_of_sqlalchemy(first: str, second: str, *, same: bool) -> None:
    [field], [rival] = mapped(first).fields[1:], mapped(second).fields[1:]
    assert field.is_column
    assert rival.is_column
    assert ((field.digest, field.style) == (rival.digest, rival.style)) is same


def test_a_relationship_is_no_column() -> None:
    assert [field.is_column for field in mapped("t: Mapped[X] = relationship()").fields[1:]] == [False]
