import importlib.util
import sys
from pathlib import Path

from tests.retention import conftest as shelves
from tests.retention import test_misdated as clocks
from tests.retention import test_state_machine as lives

# Long runs use the same processes and proofs as the short ones.
_spec = importlib.util.spec_from_file_location("e2e_conftest", Path(__file__).parents[1] / "e2e" / "conftest.py")
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules["e2e_conftest"] = _module
_spec.loader.exec_module(_module)

eventually, processes, vms_once = _module.eventually, _module.processes, _module.vms_once
control, disk_path, footage, live = lives.control, lives.disk_path, lives.footage, lives.live
camera, clock, days_of, make_shelf = shelves.camera, shelves.clock, shelves.days_of, shelves.make_shelf
live_by_clock, policies = clocks.live_by_clock, clocks.policies
