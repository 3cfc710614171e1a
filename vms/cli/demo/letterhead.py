"""The made-up municipality in whose name the demonstration prints its papers."""

from vms.authority.grants.queries import grants
from vms.authority.papers import print_authority, print_if_possible, print_posting
from vms.authority.postings.queries import open_assignments
from vms.cli.acting import program
from vms.cli.demo.papers import PAPER
from vms.cli.parts.document_desk import desk_of
from vms.cli.settings.institution import InstitutionSettings
from vms.cli.settings.node import DataPaths, Settings
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.days import ZONE

NAME = "Örnek Belediyesi (GÖSTERİM)"  # no such municipality: nobody may take its papers for real ones


def demo_institution(address: str) -> InstitutionSettings:
    """Whose papers the demonstration prints; anybody may ask after them at `address`, the console's of today."""
    return InstitutionSettings(
        name=NAME,
        department="Gösterim Dairesi Başkanlığı",
        branch="Gösterim Şube Müdürlüğü",
        contact="Gösterim amaçlıdır, gerçek bir kurum değildir · demonstration, no real institution",
        query_url=address,
    )


def as_environment(institution: InstitutionSettings) -> dict[str, str]:
    """The same for a process of the node: nothing is written into anybody's settings file."""
    told = institution.model_dump(exclude_none=True, exclude_defaults=True)
    told |= {f"seal__{name}": value for name, value in told.pop("seal", {}).items()}
    return {f"NAZAR_INSTITUTION__{name.upper()}": str(value) for name, value in told.items()}


def print_demo_papers(paths: DataPaths, settings: Settings, clock: Clock) -> None:
    """Have the papers of the demonstration's people printed, each once. `settings`: with their institution."""
    desk, by = desk_of(settings, paths, ZONE), program("demo")
    database = Database.at(paths.database)
    with database.writing() as session:
        for grant in grants(session):
            if (grant.olur_no, grant.state, grant.document_id) == (PAPER, "active", None):
                print_if_possible(session, lambda grant=grant: print_authority(session, clock, desk, grant, by=by))  # type: ignore[misc]
        for one in open_assignments(session):
            if (one.letter_no, one.document_id) == (PAPER, None):
                print_if_possible(session, lambda one=one: print_posting(session, clock, desk, one, by=by))  # type: ignore[misc]
    database.close()
