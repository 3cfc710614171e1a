"""Whoever meets the id of a clause finds in `vms/CLAUSES.md` what it stands for."""

import os
import re
from pathlib import Path

from tests.requirements_table import CLAUSES, clauses

ROOT = CLAUSES.parents[1]
FOLDERS = ("vms", "recorder", "streams", "retention", "web", "deploy", "tests")
WRITTEN = {".py", ".ts", ".tsx", ".js", ".md", ".typ", ".toml", ".json", ".css", ".html"}
CITED = re.compile(
    r"(?<![\w/-])(D-\d{1,2}(?:\.\d{1,2}[a-zç]?)?|W-\d{1,2}\.\d{1,2}|[AP]-\d\d|[CER]-\d{1,2}|S-\d{1,2}[a-h]?|edge-\d{1,3})"
    r"(?![\w-])"
)
PROVEN = re.compile(r"proves\(([^)]*)\)")
MADE_UP = re.compile(r"E-\d+|P-99")  # in tests: numbers of letters, a form that there is not


def files():
    yield from (ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "pyproject.toml")
    for folder in FOLDERS:
        for path, folders, names in os.walk(ROOT / folder):
            folders[:] = [name for name in folders if name not in {"node_modules", "dist", "__pycache__"}]
            yield from (Path(path, name) for name in names if Path(name).suffix in WRITTEN)


def cited_in(file):
    is_test = file.is_relative_to(ROOT / "tests") or ".test." in file.name
    return {name for name in CITED.findall(file.read_text()) if not (is_test and MADE_UP.fullmatch(name))}


def test_every_id_that_is_cited_is_explained_once():
    cited = {name for file in files() if file != CLAUSES for name in cited_in(file)}
    explained = [name for name, _ in clauses()]
    assert len(cited) > 200
    assert cited <= set(explained)
    assert len(explained) == len(set(explained))


def test_every_id_that_a_test_proves_is_explained():
    marks = [mark for file in files() if file.suffix == ".py" for mark in PROVEN.findall(file.read_text())]
    proven = {name for mark in marks for name in re.findall(r'"([^"]+)"', mark)}
    assert len(proven) > 150
    assert proven <= {name for name, _ in clauses()}


def test_each_id_has_a_sentence_of_its_own():
    sentences = [sentence for _, sentence in clauses()]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(sentences) == len(set(sentences))
