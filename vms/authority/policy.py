"""What a municipality may decide about viewing authority. None of it loosens a limit of the directive."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """`two_person`: who enters a grant does not activate it. `guards_need_papers`: a guard needs the confidentiality
    agreement and the training as well (A-24). `late_renewal_days`: for how long after its end a grant may still be
    renewed by letter instead of a new Olur.
    """  # noqa: D205 - one line for each field

    two_person: bool = True
    guards_need_papers: bool = True
    late_renewal_days: int = 30


DEFAULT = Policy()
