"""One way to act on a story: find it within the person's scope, do it, say so, and lead to a page of it."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from stranas.publication.views.stories import scope
from stranas.system.access import Permission, received_at


def act(
    story_id: int,
    permission: Permission,
    operation: Callable[..., Any],
    *,
    said: str,
    then: str = "publication.story",
    **values: Any,
) -> Response:
    """`operation` takes the story, the person, the instant and `values`. Raises what it raises."""
    operation(story=scope.story(story_id, permission), person=current_user, at=received_at(), **values)
    flash(said)
    return redirect(url_for(then, story_id=story_id))
