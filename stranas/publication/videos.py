"""Links to videos: official hosts only, in one canonical form. A page shows a plain link and loads nothing. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtu.be", "youtube-nocookie.com"}
_VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
_FACEBOOK = {"facebook.com", "www.facebook.com", "m.facebook.com", "fb.watch"}
_GOVERNMENT = (".go.id", ".mil.id")
_VIDEO = re.compile(r"[\w-]{6,20}", re.ASCII)
LONGEST = 200


class BadVideo(ValueError):
    """Carries the sentence for the field, with the repair."""


@dataclass(frozen=True)
class Video:
    address: str
    host_words: str

    @property
    def words(self) -> str:
        return f"Tonton di {self.host_words}"


def video(typed: str) -> Video:
    """Raises BadVideo."""
    address = typed.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, is_plain = (parts.hostname or "").rstrip("."), not (parts.port or parts.username or parts.password)
    except ValueError:
        raise BadVideo("Alamat video tidak lengkap. Salin alamat dari bilah alamat peramban.") from None
    if parts.scheme not in ("http", "https") or not is_plain or re.search(r"[\s<>\"'\\]", address):
        raise BadVideo("Alamat video tidak lengkap. Salin alamat dari bilah alamat peramban.")
    found = _known(host, parts.path, parts.query)
    if len(found.address) > LONGEST:
        raise BadVideo("Alamat video terlalu panjang. Salin alamat pendek dari tombol Bagikan.")
    return found


def _known(host: str, path: str, query: str) -> Video:
    if host in _YOUTUBE:
        return _youtube(host, path, query)
    if host in _VIMEO:
        if number := re.fullmatch(r"/(?:video/)?(\d{5,12})/?", path):
            return Video(f"https://vimeo.com/{number[1]}", "Vimeo")
        raise BadVideo(_no_video("Vimeo"))
    if host in _FACEBOOK:
        return _facebook(host, path, query)
    if host.endswith(_GOVERNMENT) and host.isascii() and path.strip("/"):
        return Video(f"https://{host}{path}{'?' + query if query else ''}", host.removeprefix("www."))
    raise BadVideo("Pakai alamat video di YouTube, Vimeo, Facebook, atau situs pemerintah (go.id, mil.id).")


def _youtube(host: str, path: str, query: str) -> Video:
    first, _, rest = path.strip("/").partition("/")
    if host.endswith("youtu.be"):
        key = first
    elif first in ("shorts", "live", "embed"):
        key = rest.partition("/")[0]
    else:
        key = parse_qs(query).get("v", [""])[0] if first == "watch" else ""
    if not _VIDEO.fullmatch(key):
        raise BadVideo(_no_video("YouTube"))
    return Video(f"https://www.youtube.com/watch?v={key}", "YouTube")


def _facebook(host: str, path: str, query: str) -> Video:
    if host == "fb.watch" and _VIDEO.fullmatch(path.strip("/")):
        return Video(f"https://fb.watch/{path.strip('/')}/", "Facebook")
    key = parse_qs(query).get("v", [""])[0] if path.rstrip("/") in ("/watch", "/video.php") else ""
    if not key and (found := re.fullmatch(r"/(?:[\w.]+/videos(?:/[\w-]+)?|reel)/(\d{5,20})/?", path)):
        key = found[1]
    if not re.fullmatch(r"\d{5,20}", key, re.ASCII):
        raise BadVideo(_no_video("Facebook"))
    return Video(f"https://www.facebook.com/watch/?v={key}", "Facebook")


def _no_video(host: str) -> str:
    return f"Alamat {host} ini tidak menunjuk satu video. Buka videonya, lalu salin alamatnya dari tombol Bagikan."
