"""Flask-Security, set up: argon2, Indonesian addresses, mail through the outbox."""

from flask import Flask
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore

from stranas.accounts.models import User
from stranas.system import clock, outbox
from stranas.system.db import db


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


def init_sign_in(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    app.config.update(
        SECRET_KEY=settings.secret("secret_key"),
        SECURITY_PASSWORD_SALT=settings.secret("password_salt"),
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_LENGTH_MIN=10,
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
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/masuk",
        SECURITY_POST_CHANGE_VIEW="/",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
    )
    store = SQLAlchemyUserDatastore(db, User, None)
    Security(app, store, mail_util_cls=OutboxMail, register_blueprint=True)
