"""Papers on footage speak the codes of those who issue them."""

import pytest

from vms.documents.forms.footage import AuthorityKind, Cause
from vms.footage import rules
from vms.footage.availability import LIVE_ONLY


@pytest.mark.proves("D-10.1a", "D-10.2c")
def test_a_request_s_codes_can_be_printed():
    assert set(AuthorityKind) == set(rules.AuthorityKind)
    assert Cause.LIVE_ONLY == LIVE_ONLY
