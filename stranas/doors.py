"""Every door of the house: the blueprints, the middleware in front of them, the migrations behind them."""

from importlib import import_module

from flask import Flask
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

import config
from stranas.system.assets import served_folder
from stranas.system.db import db
from stranas.system.inputs import ReadToTheEnd

ROOMS_WITH_TABLES = (
    "system",
    "agencies",
    "accounts",
    "catalogue",
    "deadlines",
    "evidence",
    "reporting",
    "requests",
    "verification",
    "release",
    "compliance",
    "reminders",
    "publication",
)
# The rooms that have a door, in the order of the house.
ROOMS_WITH_VIEWS = (
    "system",
    "agencies",
    "accounts",
    "catalogue",
    "deadlines",
    "evidence",
    "reporting",
    "requests",
    "verification",
    "release",
    "compliance",
    "reminders",
    "publication",
)

COMPRESSED = [
    *("text/html", "text/css", "text/plain", "text/javascript", "text/csv", "text/xml", "application/xml"),
    *("application/json", "application/ld+json", "application/atom+xml", "image/svg+xml"),
]


def register(app: Flask) -> None:
    Babel(
        app,
        default_locale="id",
        default_translation_directories=str(config.ROOT / "stranas" / "translations"),
    )
    Bootstrap5(app)
    app.config["COMPRESS_MIMETYPES"] = COMPRESSED
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]  # zstd at its usual level weighs a tenth more
    Compress(app)  # pages over slow lines; static files are WhiteNoise's
    Migrate(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=True)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    CSRFProtect(app)
    for room in ROOMS_WITH_TABLES:
        import_module(f"stranas.{room}.models")
    for room in ROOMS_WITH_VIEWS:
        views = import_module(f"stranas.{room}.views")
        for blueprint in getattr(views, "blueprints", None) or (views.blueprint,):
            app.register_blueprint(blueprint)
    proxies = app.config["SETTINGS"].trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)
    app.wsgi_app = ReadToTheEnd(app.wsgi_app)
    static = str(served_folder(app.config["SETTINGS"]))
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=static, prefix="static/", max_age=3600)
