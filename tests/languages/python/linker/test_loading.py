"""Loading modules step by step says what the interpreter itself does."""

from __future__ import annotations

import importlib
import random
import sys
from typing import TYPE_CHECKING, cast

import pytest

from gate.languages import registry
from gate.languages.base.loading import LoadingUnsure
from gate.languages.base.tree import Tree
from gate.languages.python.language import LANGUAGE
from gate.languages.python.linker.loading import load
from gate.languages.python.reader.loading import program

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gate.languages.base.loading import LoadFailure
    from gate.languages.python.linker.names import PythonNames

_PATHS = (
    "zoo/__init__.py",
    "zoo/a.py",
    "zoo/b.py",
    "zoo/c.py",
    "zoo/p/__init__.py",
    "zoo/p/d.py",
    "zoo_alone.py",
)
_FORMS = (
    "from {module} import {name} as {own}",
    "from {module} import {name} as {own}",
    "from {module} import {name}\nclass Own({name}): ...",
    "import {module}",
    "import {module} as {own}",
    "from {package} import {leaf} as {own}",
    "import {module} as {own}\nclass Own({own}.{name}): ...",
    "import {module} as {own}\ndef made(given={own}.{name}): ...",
    "import {module} as {own}\n@{own}.{name}\ndef made(): ...",
    "import {module} as {own}\nlater = lambda: {own}.{name}",
    "import {module}\nread = {module}.{name}",
    "from {module} import *",
    "def later():\n    from {module} import {name}",
)


def _package(chance: random.Random) -> dict[str, str]:
    """Modules that bind two names each and import one another in any way."""
    files = {}
    for path in _PATHS:
        lines = [
            "class X:\n    def __init__(self, *given): ...",
            "class Y(type('Z', (), {})):\n    def __init__(self, *given): ...",
        ]
        for number in range(chance.choice((0, 1, 1, 2, 2, 3))):
            module = _dotted(chance.choice([other_path for other_path in _PATHS if other_path != path]))
            package, _, leaf = module.rpartition(".")
            form = chance.choice([text for text in _FORMS if package or "{package}" not in text])
            line = form.format(
                module=module, package=package, leaf=leaf, name=chance.choice("XY"), own=f"own{number}"
            )
            lines.insert(chance.randrange(len(lines) + 1), line)
        files[path] = "\n".join(lines) + "\n"
    return files


def _dotted(path: str) -> str:
    return path.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")


def simulated(files: Mapping[str, str], entry: str) -> LoadFailure | None:
    """What we say."""
    facts = {path: registry.reader(".py").read(text.encode(), ".py") for path, text in files.items()}
    tree = Tree({path: path for path in files})
    names = cast("PythonNames", LANGUAGE.linker(tree, LANGUAGE.survey(tree, facts.get), facts.get))
    return load(names, lambda path: program(files[path].encode()), files.keys(), entry)


def _real(entry: str, folder: Path, patch: pytest.MonkeyPatch) -> tuple[Exception, str, int] | None:
    """How the interpreter fails, and the file and line."""
    importlib.invalidate_caches()
    with patch.context() as within:
        within.syspath_prepend(str(folder))
        within.setattr(sys, "dont_write_bytecode", True)
        try:
            importlib.import_module(_dotted(entry))
        except (ImportError, AttributeError) as error:
            trace, place = error.__traceback__, ("", 0)
            while trace is not None:
                if trace.tb_frame.f_code.co_filename.startswith(str(folder)):
                    place = (trace.tb_frame.f_code.co_filename[len(str(folder)) + 1 :], trace.tb_lineno)
                trace = trace.tb_next
            return error, *place
        finally:
            for name in [name for name in sys.modules if name.partition(".")[0] in ("zoo", "zoo_alone")]:
                del sys.modules[name]
    return None


@pytest.mark.parametrize("seed", range(60))
def test_it_fails_where_the_interpreter_fails(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _package(random.Random(seed))
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    for entry in files:
        failure, real = simulated(files, entry), _real(entry, tmp_path, monkeypatch)
        if real is None or "cannot import name" in str(real[0]) or "partially initialized" in str(real[0]):
            assert (failure and (failure.path, failure.line)) == (real and real[1:]), (entry, files)
        elif failure is not None:
            assert (failure.path, failure.line) == real[1:], (entry, files)


@pytest.mark.parametrize(
    "text",
    [
        "if json:\n    from p.b import y\nx = 1\n",
        "try:\n    from p.b import y\nexcept ImportError:\n    y = 1\nx = 1\n",
        "from p.b import y\nif y:\n    x = 1\n",
        "def __getattr__(name): ...\nfrom p.b import y\nx = 1\n",
        "globals().update(a=1)\nfrom p.b import y\nx = 1\n",
        "from elsewhere import *\nfrom p.b import y\nx = 1\n",
        "if y:\n    x = 1\nfrom p.b import y\nx = 2\n",
        "from p.b import y\nx = 1\ndef f():\n    global x\n    x = 2\n",
        "from p.b import y\n",
        "def (",
    ],
)
def test_what_may_go_either_way_ends_the_attempt(text: str) -> None:
    files = {"p/__init__.py": "", "p/a.py": text, "p/b.py": "from p.a import x\ny = 1\n"}

    with pytest.raises(LoadingUnsure):
        simulated(files, "p/a.py")


def test_what_another_module_sets_may_be_there() -> None:
    files = {"p/a.py": "import p.b\nx = 1\n", "p/b.py": "import p.a as a\na.x = 2\nfrom p.a import x\n"}

    with pytest.raises(LoadingUnsure):
        simulated(files, "p/a.py")


def test_a_deep_chain_of_modules_ends() -> None:
    count = 2000
    files = {f"m{at}.py": f"import m{(at + 1) % count}\n" for at in range(count)}

    with pytest.raises(LoadingUnsure):
        simulated(files, "m0.py")
