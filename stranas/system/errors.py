"""One exception per boundary, one handler per kind of error: a sentence in Indonesian, and nothing lost."""

from flask import Flask, current_app, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from werkzeug.exceptions import HTTPException

from stranas.system import audit, text
from stranas.system.db import db

STALE_FORM = (
    "Halaman ini dibuka pada sesi masuk yang lama",
    "Isian Anda masih ada di bawah ini. Periksa, lalu kirim sekali lagi.",
)
SENTENCES = {
    400: ("Permintaan tidak dapat dibaca", "Muat ulang halaman, lalu coba sekali lagi."),
    401: (
        "Sesi masuk sudah berakhir",
        "Isian Anda tidak hilang. Masuk kembali di tab baru, lalu kirim sekali lagi dari sini.",
    ),
    403: (
        "Halaman ini tidak termasuk wewenang akun Anda",
        "Hubungi bantuan bila seharusnya Anda dapat membukanya.",
    ),
    404: ("Halaman tidak ditemukan", "Periksa alamatnya, atau kembali ke beranda."),
    405: ("Alamat ini tidak dibuka dengan cara itu", "Kembali ke beranda, lalu coba dari sana."),
    409: ("Keadaan sudah berubah", "Muat ulang halaman untuk melihat keadaan terbaru."),
    413: (
        "Berkas terlalu besar",
        "Satu berkas paling besar {limit}. Perkecil berkas, atau bagi menjadi beberapa berkas.",
    ),
    500: (
        "Terjadi kesalahan pada sistem",
        "Yang sudah tersimpan tetap aman. Coba lagi, atau hubungi bantuan.",
    ),
    503: (
        "Layanan sedang tidak dapat dihubungi",
        "Yang sudah tersimpan tetap aman. Tunggu sebentar, lalu coba sekali lagi.",
    ),
}


class Refused(Exception):
    """An act that cannot be done now, with the sentence for the page and what to do about it (HTTP 409)."""

    def __init__(self, sentence: str, repair: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.repair = repair


def init_errors(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def _http(error: HTTPException):
        if error.code == 403:
            _record_refusal()
        title, repair = SENTENCES.get(error.code, SENTENCES[500 if error.code >= 500 else 400])
        limit = text.size(app.config["SETTINGS"].upload_limit_mb * 1_000_000)
        return _page(error.code, title, repair.replace("{limit}", limit))

    @app.errorhandler(CSRFError)
    def _stale(_error: CSRFError):
        return _page(400, *STALE_FORM)

    app.register_error_handler(Refused, refusal)

    @app.errorhandler(DBAPIError)
    def _database(error: DBAPIError):
        """What the database refuses: words that it cannot keep, a row that came in between, or any answer at all."""
        db.session.rollback()
        app.logger.exception("the database refused %s %s", request.method, _door())
        if isinstance(error, DataError):
            return _page(400, *SENTENCES[400])
        if isinstance(error, IntegrityError):
            return _page(409, *SENTENCES[409])
        return _page_without_database(503, *SENTENCES[503])

    @app.errorhandler(Exception)
    def _unexpected(error: Exception):
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise error
        app.logger.exception("unexpected error in %s", _door())
        return _page(500, *SENTENCES[500])


def _door() -> str:
    """Which door, for the log: the rule without its values, because an address may hold a key (one-time links)."""
    return request.url_rule.rule if request.url_rule else request.path


def refusal(error: Refused):
    """The page of an act that cannot be done now."""
    return _page(409, error.sentence, error.repair)


def _record_refusal() -> None:
    """Somebody signed in tried what his roles do not give. Whatever the request had begun is rolled back."""
    if current_user and current_user.is_authenticated:
        audit.refuse("request", f"{request.method} {request.path}"[:200], endpoint=request.endpoint)


def _page(code: int, title: str, repair: str):
    if request.accept_mimetypes.best == "application/json":
        return {"error": title, "repair": repair}, code
    return render_template("error.html", code=code, title=title, repair=repair, rescued=_rescued(code)), code


def _page_without_database(code: int, title: str, repair: str):
    """The shell of our pages asks the database who reads; this page asks nothing."""
    if request.accept_mimetypes.best == "application/json":
        return {"error": title, "repair": repair}, code
    help_contact = current_app.config["SETTINGS"].help_contact
    page = current_app.jinja_env.get_template("unreachable.html")
    return page.render(title=title, repair=repair, rescued=_rescued(code), help_contact=help_contact), code


def _rescued(code: int) -> list[tuple[str, str]]:
    """What was typed into a form that could not be taken now; the sign-in's own forms are left out."""
    if code not in (400, 401, 409, 503) or request.method != "POST" or request.blueprint == "security":
        return []
    try:
        typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    except HTTPException:  # a body too large to be read has no words to keep
        return []
    # A refused act is not to be sent again, unless words would be lost with it.
    return typed if code != 409 or any(len(value) > 40 for _, value in typed) else []
