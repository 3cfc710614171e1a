"""Guard posts: opening them, changing which cameras they watch, closing them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.audit.rules import Act
from vms.authority.acts import line, tell
from vms.authority.grants.grantees import check_cameras
from vms.authority.policy import DEFAULT, Policy
from vms.authority.postings.assignments import end_assignment
from vms.authority.postings.model import Post, PostCamera
from vms.authority.postings.queries import cameras_of_post, open_assignments, post_by_name
from vms.authority.postings.rows import end_us_of, settle_assignment
from vms.authority.second_person import check_not_oneself
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id


def open_post(
    session: Session, clock: Clock, name: str, site: str, cameras: Collection[UUID], *, by: Actor
) -> Post:  # fmt: skip
    """A new post. VmsError: `post_name_missing`, `post_name_taken`, `cameras_missing`, `camera_not_found`."""
    name = line(name, "post_name_missing", "A post's name", 80)
    if post_by_name(session, name) is not None:
        raise VmsError(Kind.CONFLICT, "post_name_taken", "Another post has this name. Choose another.")
    chosen = check_cameras(session, cameras)
    post = Post(new_id(clock), name, site.strip(), clock.now_us())
    session.add(post)
    session.flush()
    _put(session, post, chosen)
    tell(session, clock, Act.POST_OPENED, by, _subject(post), cameras=[str(one) for one in chosen])
    return post


def change_cameras(
    session: Session, clock: Clock, post: Post, cameras: Collection[UUID], *, by: Actor, policy: Policy = DEFAULT
) -> Post:
    """Let the post watch these cameras: its guards see the new ones from now on, the others no more.

    VmsError(CONFLICT, `second_person_missing`) when `by` would see more by it: who is posted there adds none.
    """
    chosen = check_cameras(session, cameras)
    if not set(chosen) <= set(cameras_of_post(session, post.id)):
        _check_not_posted_here(session, post, by, clock.now_us())
    session.execute(delete(PostCamera).where(PostCamera.post_id == post.id))
    _put(session, post, chosen)
    told = tell(session, clock, Act.POST_CHANGED, by, _subject(post), cameras=[str(one) for one in chosen])
    for assignment in open_assignments(session, post_id=post.id):
        settle_assignment(session, clock, assignment, by=by, told=told, policy=policy)
    return post


def close_post(session: Session, clock: Clock, post: Post, why: str, *, by: Actor, policy: Policy = DEFAULT) -> Post:
    """Close a post; its assignments end. VmsError: `reason_required`."""
    why = line(why, "reason_required", "A reason")
    for assignment in open_assignments(session, post_id=post.id):
        end_assignment(session, clock, assignment, why, by=by, policy=policy)
    post.closed_us = clock.now_us()
    session.flush()
    tell(session, clock, Act.POST_CLOSED, by, _subject(post), why=why)
    return post


def _check_not_posted_here(session: Session, post: Post, by: Actor, now_us: int) -> None:
    for assignment in open_assignments(session, post_id=post.id):
        if now_us < end_us_of(assignment):
            check_not_oneself(assignment.account_id, by)


def _put(session: Session, post: Post, cameras: list[UUID]) -> None:
    session.add_all(PostCamera(post.id, camera_id) for camera_id in cameras)
    session.flush()


def _subject(post: Post) -> Subject:
    return Subject("post", str(post.id), post.name)
