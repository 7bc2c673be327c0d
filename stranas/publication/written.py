"""What Humas has written so far: the words of a working copy as plain values, tokens and all. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from stranas.publication.rules import StoryKind
from stranas.publication.tokens import Place


@dataclass(frozen=True)
class Written:
    """`period_key` empty as long as none is chosen, and of a kabar kegiatan; `action_key` empty: all actions."""

    kind: StoryKind = StoryKind.ACHIEVEMENT
    period_key: str = ""
    action_key: str = ""
    title: str = ""
    summary: str = ""
    body: str = ""
    quote: str = ""
    quote_name: str = ""
    quote_office: str = ""
    units: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    video_url: str = ""
    source: str = ""
    correction_note: str = ""

    @property
    def about(self) -> Place:
        return Place(self.action_key, self.period_key)

    @property
    def texts(self) -> dict[str, str]:
        """The texts in which figures may stand, by their fields."""
        return {name: getattr(self, name) for name in ("title", "summary", "body", "quote")}


def plain(written: Written) -> dict[str, Any]:
    """As JSON keeps it with an edition, so that a dropped correction brings the tokens back."""
    return asdict(written) | {
        "kind": written.kind.value,
        "units": list(written.units),
        "partners": list(written.partners),
    }


def from_plain(values: Mapping[str, Any]) -> Written:
    return Written(
        **{
            **values,
            "kind": StoryKind(values["kind"]),
            "units": tuple(values["units"]),
            "partners": tuple(values["partners"]),
        }
    )
