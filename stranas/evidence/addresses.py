"""Web addresses as a browser reads them: which host they really name. Standard library, and `idna` for other scripts.

Nothing is resolved and nothing is asked here.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_USUAL_PORTS = {"http": 80, "https": 443}
# An IPv6 address of these holds an IPv4 one: mapped, translated (RFC 6052), 6to4.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Address:
    """A read address. `host` is ASCII in small letters (xn--… for other scripts), without the dot at its end;
    `target` is path and query as they are sent."""

    scheme: str
    host: str
    port: int
    path: str
    target: str
    has_user: bool = False

    @property
    def has_usual_port(self) -> bool:
        return self.port == _USUAL_PORTS[self.scheme]

    @property
    def authority(self) -> str:
        """Host and, where it is not the usual one, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.has_usual_port else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def ip(self) -> IPAddress | None:
        return ip_of(self.host)


def read(address: str) -> Address:
    """Raises ValueError for what is no http or https address, or what browsers and programs read differently."""
    parts = urlsplit(address.strip())
    if parts.scheme not in _USUAL_PORTS or not parts.hostname or "\\" in parts.netloc:
        raise ValueError("not a web address")
    host = _host(parts.hostname)
    port = parts.port if parts.port is not None else _USUAL_PORTS[parts.scheme]
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.scheme, host, port, parts.path or "/", target, "@" in parts.netloc)


def _host(name: str) -> str:
    if ":" in name:
        return str(ipaddress.IPv6Address(name.partition("%")[0]))
    host = (name if name.isascii() else _ascii(name)).lower().removesuffix(".")
    labels = host.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("not a host name")
    if _NUMBER.fullmatch(labels[-1]) and ip_of(host) is None:
        raise ValueError("neither a name nor an IP address")
    return host


def _ascii(name: str) -> str:
    """The name that a browser asks for. Raises ValueError (idna.IDNAError is one)."""
    import idna  # not loaded by the child process that opens files

    return idna.encode(name, uts46=True).decode()


def ip_of(host: str) -> IPAddress | None:
    """The IP address that a host is, in any notation: 127.1, 0x7f000001, 2130706433, ::ffff:127.0.0.1."""
    if ":" in host:
        return ipaddress.IPv6Address(host)
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def is_public(ip: IPAddress) -> bool:
    """Whether an IP address lies in the public internet, also when it is wrapped into another one."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _wrapped(ip)
        if inner is not None:
            return is_public(inner)
        if ip.is_site_local or ip.is_reserved:
            return False
    return ip.is_global and not ip.is_multicast


def _wrapped(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _TRANSLATED:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def is_under(host: str, domain: str) -> bool:
    """Whether a host is the domain or lies in it: cargo.id does not lie in go.id."""
    return host == domain or host.endswith(f".{domain}")
