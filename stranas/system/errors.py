"""One exception per boundary, one handler per kind of error: a sentence in Indonesian, and nothing lost."""

from flask import Flask, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from stranas.system import audit

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
    413: ("Berkas terlalu besar", "Lihat batas ukuran di halaman unggah."),
    500: (
        "Terjadi kesalahan pada sistem",
        "Yang sudah tersimpan tetap aman. Coba lagi, atau hubungi bantuan.",
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
        return _page(error.code, title, repair)

    @app.errorhandler(CSRFError)
    def _stale(_error: CSRFError):
        return _page(400, *STALE_FORM)

    app.register_error_handler(Refused, refusal)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception):
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise error
        app.logger.exception("unexpected error in %s", request.path)
        return _page(500, *SENTENCES[500])


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


def _rescued(code: int) -> list[tuple[str, str]]:
    """What was typed into a form that could not be taken now; the sign-in's own forms are left out."""
    if code not in (400, 401) or request.method != "POST" or request.blueprint == "security":
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
