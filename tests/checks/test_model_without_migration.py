"""G244, rule M-OP-11: whole analyses, because what silences it lies in other files and streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.judging import judge, of_code

from gate.model.finding import Confidence, Severity

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.demo import repository_builder

MODEL = "from django.db import models\n\n\nclass Book(models.Model):\n    title = models.TextField()\n"
ISBN = f"{MODEL}    isbn = models.TextField()\n"
MIGRATION = (
    "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = {}\n"
)
MAPPED = "class Book(Base):\n    __tablename__ = 'book'\n    id = Column(Integer, primary_key=True)\n"
REVISION = "revision = 'a'\ndown_revision = None\n"
NEXT = "revision = 'b'\ndown_revision = 'a'\n\n\ndef upgrade():\n    pass\n"
NEW = "library/migrations/0002_isbn.py"
FOLLOWS = MIGRATION.format("[('library', '0001_initial')]")


@pytest.fixture
def repo(make_repo: MakeRepo) -> repository_builder.RepositoryBuilder:
    """A Django app and a SQLAlchemy package, each with its migrations, and a model without any."""
    made = make_repo()
    made.commit(
        "main",
        {
            "library/models.py": MODEL,
            "library/migrations/0001_initial.py": MIGRATION.format("[]"),
            "store/models.py": MAPPED,
            "alembic/versions/a.py": REVISION,
            "plain/models.py": MODEL,
        },
    )
    return made


def said(repo: repository_builder.RepositoryBuilder, *branches: str) -> list[str]:
    repo.write("main")
    return [one.message for one in of_code(judge(repo.folder, *branches), "G244")]


def test_a_django_model(repo: repository_builder.RepositoryBuilder) -> None:
    repo.commit("a", {"library/models.py": ISBN}, parents=["main"])
    repo.write("main")
    [one] = of_code(judge(repo.folder), "G244")

    assert (one.severity, one.confidence) == (Severity.WARNING, Confidence.LIKELY)
    assert one.message == "a adds `isbn` in the model `Book`, without a migration in library/migrations"
    assert [(place.path, place.line) for place in one.locations] == [("library/models.py", 6)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{MAPPED}    isbn = Column(Text)\n", "a adds `isbn` in the model `Book`, without a migration"),
        (MAPPED.replace("Integer", "BigInteger"), "a changes `id` in the model `Book`, without a migration"),
        ("", "a removes `id` in the model `Book`, without a migration"),
    ],
)
def test_a_sqlalchemy_model(repo: repository_builder.RepositoryBuilder, text: str, message: str) -> None:
    repo.commit("a", {"store/models.py": text}, parents=["main"])
    assert said(repo) == [message]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"library/models.py": ISBN, NEW: FOLLOWS}, id="a migration of the app"),
        pytest.param({"library/models.py": MODEL.replace("()", "(help_text='x')")}, id="a help text"),
        pytest.param(
            {"library/models.py": f"{ISBN}\n    class Meta:\n        managed = False\n"}, id="unmanaged"
        ),
        pytest.param({"library/models.py": ISBN.replace("models.Model", "Named")}, id="another base"),
        pytest.param({"plain/models.py": ISBN}, id="an app without migrations"),
        pytest.param({"library/models.py": "", "library/models/book.py": MODEL}, id="a class that moves"),
        pytest.param(
            {"store/models.py": f"{MAPPED}    isbn = Column(Text)\n", "alembic/versions/b.py": NEXT},
            id="a revision",
        ),
        pytest.param({"store/tests/models.py": MAPPED}, id="a model of tests"),
        pytest.param({"library/models.py": ISBN + "(" * 500}, id="what cannot be read"),
    ],
)
def test_silence(repo: repository_builder.RepositoryBuilder, files: dict[str, str]) -> None:
    repo.commit("a", files, parents=["main"])
    assert said(repo) == []


def test_a_migration_of_another_app_does_not_count(repo: repository_builder.RepositoryBuilder) -> None:
    repo.commit("a", {"library/models.py": ISBN, "alembic/versions/b.py": NEXT}, parents=["main"])
    assert len(said(repo)) == 1


def test_the_migration_of_the_stream_it_is_built_on(repo: repository_builder.RepositoryBuilder) -> None:
    lower = repo.commit("lower", {NEW: FOLLOWS}, parents=["main"])
    repo.commit("upper", {"library/models.py": ISBN}, parents=[lower])
    assert said(repo) == []
