"""People of these tests share a node: who is chosen by name has that name alone."""

import ast
from collections import Counter
from pathlib import Path


def _display_names():
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name("Person"), args=[_, _, _, ast.Constant(name), *_]):
                    yield name


def test_no_two_people_have_one_name():
    counted = Counter(_display_names())
    assert counted
    assert [name for name, count in counted.items() if count > 1] == []
