"""The forms there are, by kind."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from vms.documents.forms.agreement import AgreementForm
from vms.documents.forms.answer import AnswerForm
from vms.documents.forms.authority import AuthorityForm
from vms.documents.forms.breach import BreachForm
from vms.documents.forms.delivery import DeliveryForm
from vms.documents.forms.destruction import DestructionForm
from vms.documents.forms.form import Form
from vms.documents.forms.investigation_hold import InvestigationHoldForm
from vms.documents.forms.posting import PostingForm
from vms.documents.forms.renewal import RenewalForm
from vms.documents.forms.review import ReviewForm
from vms.documents.forms.training import TrainingForm
from vms.documents.forms.unreached import UnreachedForm
from vms.documents.forms.unwritten_hold import UnwrittenHoldForm
from vms.documents.rules import Kind
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError

_ALL: tuple[type[Form], ...] = (
    DeliveryForm, UnwrittenHoldForm, InvestigationHoldForm, UnreachedForm, AgreementForm, AuthorityForm, RenewalForm,
    TrainingForm, ReviewForm, DestructionForm, BreachForm, AnswerForm, PostingForm,
)  # fmt: skip
FORMS: Mapping[Kind, type[Form]] = {form.kind: form for form in _ALL}


def form_of(kind: Kind, fields: Mapping[str, Any]) -> Form:
    """The form as it was filled in, cleaned. VmsError(INVALID, `form_invalid`) names the fields, not their content."""
    try:
        return FORMS[kind].model_validate(fields)
    except ValidationError as err:
        places = sorted({".".join(str(step) for step in one["loc"]) for one in err.errors(include_input=False)})
        raise VmsError(
            Refused.INVALID, "form_invalid",
            "The form is not filled in as it must be. Correct the named fields.", fields=places[:50],
        ) from err  # fmt: skip
