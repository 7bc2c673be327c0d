"""On what terms data are handed out: by whom, under which licence, from which address. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """`assumed`: nobody has fixed publisher and licence yet, the defaults of the settings stand."""

    base_url: str
    publisher: str
    licence: str
    licence_url: str
    contact: str
    assumed: bool
    practice: bool

    def at(self, path: str) -> str:
        return f"{self.base_url}{path}"

    def titled(self, title: str) -> str:
        """Practice data say so wherever they travel."""
        return f"{title} (data latihan, bukan data resmi)" if self.practice else title
