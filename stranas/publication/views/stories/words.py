"""What templates say of a story: its body as HTML, and its video."""

from stranas.publication.markdown import story_html
from stranas.publication.videos import BadVideo, Video, video
from stranas.publication.views import blueprint

blueprint.add_app_template_global(story_html)


@blueprint.app_template_global()
def video_of(address: str) -> Video | None:
    """None for an address that a draft holds and no edition may."""
    try:
        return video(address)
    except BadVideo:
        return None
