"""Settings: the only reader of the environment. A wrong value stops the start with a sentence."""

import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent


class SettingsError(Exception):
    """A STRANAS_* variable has a value that the product cannot work with."""


def _driver(url: str) -> str:
    """SQLAlchemy needs the driver's name; people write the URL that their provider prints."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must start with sqlite:/// or postgresql://")
    return url


def _storage(place: str) -> str:
    kind, _, folder = place.partition(":")
    if place != "memory:" and (kind != "folder" or not folder.strip()):
        raise ValueError("must be folder:PATH or memory:")
    return place


def _readable_folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise ValueError("must be a folder of certificates that is there")
    return folder.resolve()


def _mail(place: str) -> str:
    if place != "mailbox:" and not _is_server(place):
        raise ValueError("must be mailbox:, smtp://USER:PASSWORD@HOST:PORT or smtps://...")
    return place


def _scanner(place: str) -> str:
    is_socket = place.startswith("unix:/")
    if place and not is_socket and not re.fullmatch(r"tcp://[^/:@\s]+:\d{1,5}", place):
        raise ValueError("must be unix:/PATH or tcp://HOST:PORT of ClamAV's clamd")
    return place


def _hosts(words: str) -> str:
    """Host names with commas; a star stands for all that lies in a domain, of two parts at least."""
    label = r"[a-z0-9_-]+"
    for host in (part.strip().lower() for part in words.split(",")):
        if words and not re.fullmatch(rf"(\*\.)?({label}\.)+[a-z][a-z0-9-]*", host):
            raise ValueError("must be host names with commas between them: jdih.a.go.id,*.b.go.id")
    return words


def _heartbeat(address: str) -> str:
    if address and not _is_web_address(address):
        raise ValueError("must be an address that answers to GET: https://HOST/PATH")
    return address


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is no number, or too large
        return False


def _is_server(place: str) -> bool:
    try:
        parts = urlsplit(place)
        return parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is no number, or too large
        return False


class Settings(BaseSettings):
    """Every setting with its safe default; set by STRANAS_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="STRANAS_", extra="forbid")

    var: Path = Field(ROOT / "var", description="folder of the embedded database, files and secrets")
    database_url: Annotated[str, AfterValidator(_driver)] | None = None
    storage: Annotated[str, AfterValidator(_storage)] | None = None
    mail: Annotated[str, AfterValidator(_mail)] = "mailbox:"
    queue: str = Field("sqlite:", pattern=r"^(sqlite|immediate):$")
    mail_from: str = "pelaporan@example.com"
    secret_key: str | None = Field(None, min_length=32)
    base_url: str = Field("http://127.0.0.1:5000", pattern=r"^https?://[^/\s]+$")
    help_contact: str = "Sekretariat Nasional, hari kerja pukul 08.00–16.00 WIB, bantuan@example.com"
    upload_limit_mb: int = Field(100, ge=1, le=2048)
    check_seconds: int = Field(60, ge=1, le=600, description="a check of one file may take so long")
    check_memory_mb: int = Field(1024, ge=128, le=8192)
    trust: Annotated[Path, AfterValidator(_readable_folder)] | None = Field(
        None, description="folder of certificates (PEM or DER) whose electronic signatures are believed"
    )
    clamav: Annotated[str, AfterValidator(_scanner)] = ""
    link_hosts: Annotated[str, AfterValidator(_hosts)] = Field(
        "", description="hosts whose links are opened by the checks: jdih.a.go.id,*.b.go.id"
    )
    ocr: Literal["auto", "off"] = Field("auto", description="read scans where Tesseract is installed with Indonesian")
    heartbeat_url: Annotated[str, AfterValidator(_heartbeat)] = Field(
        "", description="asked every ten minutes as long as nothing stands still"
    )
    export_days: int = Field(7, ge=1, le=90, description="a file made on demand is kept so many days")
    trusted_proxies: int = Field(0, ge=0, le=3)
    sign_in_hours: int = Field(12, ge=1, le=72)
    data_publisher: str = Field("Sekretariat Nasional", min_length=1, description="who hands the open data out")
    data_licence: str = Field("Creative Commons Atribusi 4.0 Internasional (CC BY 4.0)", min_length=1)
    data_licence_url: str = Field("https://creativecommons.org/licenses/by/4.0/", pattern=r"^https://\S+$")

    @property
    def listed_link_hosts(self) -> tuple[str, ...]:
        return tuple(host.strip().lower() for host in self.link_hosts.split(",") if host.strip())

    @property
    def data_terms_assumed(self) -> bool:
        """Whether nobody has said yet under which licence the open data are handed out."""
        return not {"data_licence", "data_licence_url"} <= self.model_fields_set

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies travel over https only: where the address that people use begins with it."""
        return self.base_url.startswith("https://")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.var / 'stranas.db'}"

    @property
    def storage_place(self) -> str:
        return self.storage or f"folder:{self.var / 'files'}"

    def secret(self, name: str) -> str:
        """A secret of this installation, made on first use and kept in var/secrets (mode 0600)."""
        if name == "secret_key" and self.secret_key:
            return self.secret_key
        file = self.var / "secrets" / name
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_once(file, secrets.token_urlsafe(48))
        return file.read_text()


def _write_once(file: Path, text: str) -> None:
    """Two processes may start at once: the first writer wins, whole."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _is_unknown(name: str) -> bool:
    """A misspelt name would leave its default in force, unnoticed."""
    return (
        name.upper().startswith("STRANAS_")
        and name.upper().removeprefix("STRANAS_").lower() not in Settings.model_fields
    )


def usable_folder(folder: Path, name: str, *, mode: int = 0o777) -> Path:
    """The folder, made if it was not there. Raises SettingsError with the variable that named it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise SettingsError(f"STRANAS_{name}: the folder {folder} cannot be used: {error.strerror}") from None


def load(**overrides) -> Settings:
    """Settings from the environment. Raises SettingsError with one line per wrong variable."""
    unknown = sorted(name for name in os.environ if _is_unknown(name))
    if unknown:
        raise SettingsError("\n".join(f"{name}: there is no such setting" for name in unknown))
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = [
            f"STRANAS_{'_'.join(str(part) for part in problem['loc']).upper()}: "
            + problem["msg"].removeprefix("Value error, ")
            for problem in error.errors(include_input=False, include_url=False)
        ]
        raise SettingsError("\n".join(lines)) from None
