"""Flask-Security, set up: argon2, Indonesian addresses and words, mail through the outbox."""

from datetime import timedelta
from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, Response, request
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    MailUtil,
    ResetPasswordForm,
    Security,
    SQLAlchemyUserDatastore,
    password_changed,
    password_reset,
)

from config import ROOT, Settings
from stranas.accounts import attempts, practice
from stranas.accounts.models import User
from stranas.system import audit, clock, outbox
from stranas.system.db import db, read_only

TRANSLATIONS = str(ROOT / "stranas" / "translations")
PASSWORD_LENGTH = 10
PASSWORD_RULE = f"Paling sedikit {PASSWORD_LENGTH} karakter. Beberapa kata lebih aman daripada satu kata."
# A form that comes back with errors answers 422; the forgotten password always answers the same, 200.
FORMS = {"security.login", "security.change_password", "security.reset_password", "security.verify"}


class People(SQLAlchemyUserDatastore):
    def find_user(self, case_insensitive: bool = False, **kwargs):
        """Somebody unknown: let the transaction go, because the answer hashes a password to take as long."""
        user = super().find_user(case_insensitive, **kwargs)
        if user is None:
            db.session.rollback()
        return user


class SignInForm(LoginForm):
    """The sign-in slows down after many failures of one account from one address."""

    def validate(self, **kwargs) -> bool:
        email, address = (self.email.data or "").strip().lower(), request.remote_addr or ""
        if attempts.too_many(email=email, address=address):
            self.form_errors.append(attempts.SENTENCE)
            return False
        valid = super().validate(**kwargs)
        if not valid and self.password.data:
            attempts.record_failure(email=email, address=address)
        return valid


class NewPasswordForm(ChangePasswordForm):
    """Checked in a read that ends: neither the old nor the new password is hashed while others wait to save."""

    def validate(self, **kwargs) -> bool:
        with read_only():
            return super().validate(**kwargs)


class LostPasswordForm(ResetPasswordForm):
    """The same, for the link of a mail."""

    def validate(self, **kwargs) -> bool:
        with read_only():
            return super().validate(**kwargs)


class OutboxMail(MailUtil):
    """Mails of the sign-in become private rows of the outbox: shown to nobody but their recipient."""

    def send_mail(self, template, subject, recipient, sender, body, html, **context):
        user = context.get("user")
        outbox.plan(
            key=f"account:{template}:{user.fs_uniquifier}:{clock.wall().isoformat()}",
            recipient_id=user.id,
            address=recipient,
            template=template,
            subject=str(subject),
            body_text=body or "",
            body_html=html,
            private=True,
        )


def _configuration(settings: Settings) -> dict[str, Any]:
    """What Flask-Security and the session are told; addresses are Indonesian words."""
    return dict(
        SECRET_KEY=settings.secret("secret_key"),
        SECURITY_PASSWORD_SALT=settings.secret("password_salt"),
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        # What a link of a mail proves is a hash of the argon2 hash: it need not be slow, too, while a lock is held.
        SECURITY_HASHING_SCHEMES=["hex_sha256"],
        SECURITY_PASSWORD_LENGTH_MIN=PASSWORD_LENGTH,
        SECURITY_I18N_DIRNAME=[TRANSLATIONS, "builtin"],
        SECURITY_EMAIL_HTML=False,
        SECURITY_EMAIL_SENDER=settings.mail_from,
        SECURITY_RESET_PASSWORD_WITHIN=timedelta(days=3),
        SECURITY_DATETIME_FACTORY=clock.wall,
        SECURITY_JOIN_USER_ROLES=False,  # rights come from memberships
        SECURITY_RECOVERABLE=True,
        SECURITY_CHANGEABLE=True,
        SECURITY_TRACKABLE=True,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_LOGIN_URL="/masuk",
        SECURITY_LOGOUT_URL="/keluar",
        SECURITY_RESET_URL="/lupa-sandi",
        SECURITY_CHANGE_URL="/ganti-sandi",
        SECURITY_VERIFY_URL="/sandi-lagi",
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/masuk",
        SECURITY_POST_CHANGE_VIEW="/",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        # No form of ours offers to stay signed in; whoever asks for it all the same gets no longer session.
        REMEMBER_COOKIE_DURATION=timedelta(hours=settings.sign_in_hours),
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.sign_in_hours),
    )


def init_sign_in(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    app.config.update(_configuration(settings))
    Security(
        app,
        People(db, User, None),
        mail_util_cls=OutboxMail,
        login_form=SignInForm,
        change_password_form=NewPasswordForm,
        reset_password_form=LostPasswordForm,
        register_blueprint=True,
    ).context_processor(_words)
    password_changed.connect(_password_changed, app)
    password_reset.connect(_password_changed, app)
    app.jinja_env.globals["base_url"] = settings.base_url
    app.before_request(_speak_indonesian)
    app.after_request(_unprocessable)


def _password_changed(_app: Flask, *, user: User, **_more: Any) -> None:
    audit.record("person.password_changed", user.email)


def _words() -> dict:
    """What the sign-in pages show beside their forms."""
    return {
        "password_rule": PASSWORD_RULE,
        "practice_password": practice.PASSWORD,
        "practice_accounts": practice.accounts() if request.endpoint == "security.login" else [],
    }


def _speak_indonesian() -> None:
    """WTForms ships no Indonesian; Flask-WTF takes the catalogue that the request carries."""
    request.wtforms_translations = _catalogue()


@cache
def _catalogue() -> NullTranslations:
    return Translations.load(TRANSLATIONS, ["id"], domain="wtforms")


def _unprocessable(response: Response) -> Response:
    if request.method == "POST" and request.endpoint in FORMS and response.status_code == 200:
        response.status_code = 422
    return response
