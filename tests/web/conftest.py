import importlib.util
import sys
from pathlib import Path

import pytest

# `--import-mode=importlib` puts no test folder on the path; these modules are shared by the tests beside them.
for _name in (
    "caller",
    "still_node",
    "handed_in",
    "authority_office",
    "export_office",
    "settings_office",
    "delivery_counter",
):
    _spec = importlib.util.spec_from_file_location(_name, Path(__file__).with_name(f"{_name}.py"))
    assert _spec is not None
    assert _spec.loader is not None
    _module = importlib.util.module_from_spec(_spec)
    sys.modules[_name] = _module
    _spec.loader.exec_module(_module)


@pytest.fixture(autouse=True)
def _cheap(cheap_passwords):
    """Accounts made and passwords changed over HTTP are hashed for what their routes answer."""
