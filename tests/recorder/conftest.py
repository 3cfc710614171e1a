import importlib.util
import sys
from pathlib import Path

# `--import-mode=importlib` puts no test folder on the path; this module is shared by the tests beside it.
_spec = importlib.util.spec_from_file_location("packager_stage", Path(__file__).with_name("packager_stage.py"))
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules["packager_stage"] = _module
_spec.loader.exec_module(_module)
