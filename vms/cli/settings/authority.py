"""`[authority]`: what a municipality decides about viewing authority, within the directive."""

from pydantic import BaseModel, ConfigDict, Field

from vms.authority.policy import Policy


class AuthoritySettings(BaseModel):
    """`[authority]`. The limits themselves (180 days, six months) are the directive's: there is no setting for them.

    `two_person`: who enters a grant does not activate it. `guards_need_papers`: guards need the confidentiality
    agreement and the training as well. `late_renewal_days`: how long after its end the supervisor's letter is enough.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    two_person: bool = True
    guards_need_papers: bool = True
    late_renewal_days: int = Field(30, ge=0, le=30)

    def policy(self) -> Policy:
        """The same for the use cases."""
        return Policy(self.two_person, self.guards_need_papers, self.late_renewal_days)
