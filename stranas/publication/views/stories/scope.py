"""Whose stories the signed-in person may see or change; anything else is 404."""

from flask import abort
from flask_login import current_user

from stranas.accounts.policy import POLICY, visible_agencies
from stranas.agencies.models import Agency
from stranas.publication.models import Story, StoryPicture
from stranas.publication.queries.stories import story_in_scope
from stranas.system.access import Permission


def story(story_id: int, permission: Permission = Permission.SEE_STORIES) -> Story:
    return story_in_scope(story_id, visible_agencies(current_user, permission)) or abort(404)


def picture(story_id: int, picture_id: int, permission: Permission) -> StoryPicture:
    found = story(story_id, permission).pictures
    return next((one for one in found if one.id == picture_id), None) or abort(404)


def may(story: Story, permission: Permission) -> bool:
    """Whether the reader holds the permission over this story's agency."""
    return any(
        permission in POLICY[m.role].permissions and (POLICY[m.role].everywhere or m.agency_id == story.agency_id)
        for m in current_user.memberships
    )


def own_agency() -> Agency:
    """The agency for which the person writes."""
    for membership in current_user.memberships:
        if membership.agency and Permission.WRITE_STORIES in POLICY[membership.role].permissions:
            return membership.agency
    abort(404)
