"""What others ask about posts with their guards."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.postings.model import Assignment, Post, PostCamera
from vms.kernel.errors import Kind, VmsError


def posts(session: Session) -> list[Post]:
    """The posts that are not closed, by name."""
    return list(session.scalars(select(Post).where(Post.closed_us.is_(None)).order_by(Post.name)))


def need_post(session: Session, post_id: UUID) -> Post:
    """The post with this id that is not closed, or VmsError(NOT_FOUND, `post_not_found`)."""
    post = session.get(Post, post_id)
    if post is None or post.closed_us is not None:
        raise VmsError(Kind.NOT_FOUND, "post_not_found", "There is no such post. Reload the list.")
    return post


def post_by_name(session: Session, name: str) -> Post | None:
    """The post of this name, closed or not."""
    return session.scalar(select(Post).where(Post.name == name))


def cameras_of_post(session: Session, post_id: UUID) -> list[UUID]:
    """The cameras watched from a post; none once it is closed."""
    wanted = (
        select(PostCamera.camera_id)
        .join(Post, Post.id == PostCamera.post_id)
        .where(PostCamera.post_id == post_id, Post.closed_us.is_(None))
    )
    return list(session.scalars(wanted.order_by(PostCamera.camera_id)))


def assignments(session: Session, account_id: UUID | None = None) -> list[Assignment]:
    """All assignments there ever were (of one account), newest first."""
    wanted = select(Assignment).order_by(Assignment.entered_us.desc(), Assignment.id.desc())
    return list(session.scalars(wanted if account_id is None else wanted.where(Assignment.account_id == account_id)))


def open_assignments(
    session: Session, *, account_id: UUID | None = None, post_id: UUID | None = None
) -> list[Assignment]:
    """Those that nobody ended, whatever their period, oldest first."""
    wanted = select(Assignment).where(Assignment.ended_us.is_(None)).order_by(Assignment.entered_us, Assignment.id)
    if account_id is not None:
        wanted = wanted.where(Assignment.account_id == account_id)
    if post_id is not None:
        wanted = wanted.where(Assignment.post_id == post_id)
    return list(session.scalars(wanted))


def need_assignment(session: Session, assignment_id: UUID) -> Assignment:
    """The assignment with this id, or VmsError(NOT_FOUND, `assignment_not_found`)."""
    found = session.get(Assignment, assignment_id)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "assignment_not_found", "There is no such assignment. Reload the list.")
    return found
