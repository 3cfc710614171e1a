"""Papers on footage speak the codes of those who issue them."""

import pytest

from vms.archive import model
from vms.documents.forms.footage import Cause
from vms.footage.availability import LIVE_ONLY


@pytest.mark.proves("D-10.1a", "D-10.2c")
def test_a_request_s_codes_can_be_printed():
    """An enum cannot be extended: the papers' causes are the archive's, and two more."""
    assert {*Cause} == {*model.Cause, LIVE_ONLY, "not_packed"}
