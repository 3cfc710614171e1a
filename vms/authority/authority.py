"""The only answer to "may this person see this?"."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from vms.authority.model import ViewingRight
from vms.authority.queries import holder_of, rights_ended_since, rights_in_force, rights_of
from vms.authority.rules import Allowed, Basis, Holder, Mode, ModeName, decide, without_resting
from vms.kernel.clock import US_PER_DAY
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.people.queries import roles_of

__all__ = ["Allowed", "Authority"]


class Authority:
    """Asks the control database anew every time; may be shared by threads.

    No role shows anything: an administrator without a right sees nothing (D-11.1b). A right counts while the account's
    roles may hold its kind of paper. VmsError(UNAVAILABLE, `database_unavailable`) means that nobody knows, so no
    picture begins on it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def may(self, account_id: UUID, camera_id: UUID, mode: ModeName, interval: Span | None, now_us: int) -> Basis:
        """The basis on which the account may see the camera now; refusals as in `rules.decide`.

        An unknown camera is refused like one that was never allowed. An unknown account, a disabled one has no right.
        """
        with self._database.reading() as session:
            roles = roles_of(session, account_id, now_us)
            rights = rights_of(session, account_id, camera_id)
            holder = holder_of(session, account_id, roles)
        return decide(without_resting(rights, roles, now_us), mode, interval, now_us, holder)

    def ended(self, account_id: UUID, now_us: int) -> dict[UUID, str]:
        """Cameras whose live pictures the account lost within a day, with the refusal's code: an open wall says why."""
        with self._database.reading() as session:
            roles = roles_of(session, account_id, now_us)
            lost = {right.camera_id for right in rights_ended_since(session, account_id, now_us - US_PER_DAY, now_us)}
            holder = holder_of(session, account_id, roles) if lost else Holder.STAFF
            rights = {camera_id: rights_of(session, account_id, camera_id) for camera_id in lost}
        found = {}
        for camera_id, own in rights.items():
            try:
                decide(without_resting(own, roles, now_us), Mode.LIVE, None, now_us, holder)
            except VmsError as err:
                found[camera_id] = err.code
        return found

    def allowed(self, account_id: UUID, now_us: int) -> dict[UUID, Allowed]:
        """The cameras the account may see in some way now. Others are not in it."""
        with self._database.reading() as session:
            roles = roles_of(session, account_id, now_us)
            rights = without_resting(rights_in_force(session, account_id, now_us), roles, now_us)
        by_camera: dict[UUID, list[ViewingRight]] = defaultdict(list)
        for right in rights:
            by_camera[right.camera_id].append(right)
        return {
            camera_id: Allowed(_basis(own, Mode.LIVE, now_us), _basis(own, Mode.PLAYBACK, now_us))
            for camera_id, own in by_camera.items()
        }


def _basis(rights: Iterable[ViewingRight], mode: Mode, now_us: int) -> Basis | None:
    try:
        return decide(rights, mode, None, now_us)
    except VmsError as err:
        if err.kind is not Kind.FORBIDDEN:
            raise
        return None
