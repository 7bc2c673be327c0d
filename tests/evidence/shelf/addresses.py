"""Links: what officers paste daily, and official addresses of every kind."""

from collections.abc import Iterator

from tests.evidence.shelf.case import Case, bad

_BAD = {
    "shared_drive": (
        "drive.google.com/file/d/1a/view",
        "docs.google.com/document/d/1a/edit",
        "forms.gle/1a",
        "www.dropbox.com/s/1a/b.pdf",
        "contoh-my.sharepoint.com/:b:/g/personal/1a",
        "1drv.ms/b/s!1a",
        "we.tl/t-1a",
        "mega.nz/file/1a",
        "www.mediafire.com/file/1a",
        "wa.me/62811",
    ),
    "link_shortened": ("bit.ly/1a", "s.id/1a", "tinyurl.com/1a", "linktr.ee/a", "cutt.ly/1a"),
    "link_not_official": (
        "contoh.blogspot.com/2020/06/a.html",
        "www.facebook.com/a/posts/1",
        "www.youtube.com/watch?v=1a",
        "jdih.contoh.go.id.example.com/a",
        "contoh-go.id/a",
    ),
    "link_inside": ("192.168.1.7/a", "10.10.1.1:8080/a", "server/a", "sipd.local/a", "2130706433/a"),
}
_HOSTS = ("temanggungkab", "jatengprov", "acehprov", "kemendagri", "bpkp", "lkpp", "papuabaratprov", "jakarta")
_NAMES = (
    "www",
    "jdih",
    "ppid",
    "lpse",
    "opendata",
    "dprd",
    "inspektorat",
    "e-katalog",
    "simpeg",
    "sipp",
    "dinkes",
    "bappeda",
)


def cases() -> Iterator[Case]:
    for code, addresses in _BAD.items():
        for number, address in enumerate(addresses):
            for scheme in ("https", "http"):
                yield bad(
                    f"link: {code}", f"tautan-{number}", bytes, code, kind="tautan", address=f"{scheme}://{address}"
                )
    for host in _HOSTS:
        for name in _NAMES:
            yield Case("official link", name, bytes, kind="tautan", address=f"https://{name}.{host}.go.id/a/b-2020?c=1")
    for number in range(12):
        yield Case("link of a village", "desa", bytes, kind="tautan", address=f"http://desa{number}.desa.id/apbdes")
