"""Stranas PK: quarterly reporting on the corruption-prevention action plan."""


def create_app(**overrides):
    """The web application. `overrides` are settings (config.Settings) that win over the environment.

    Imports lazily, so that importing one room never loads Flask.
    """
    from flask import Flask

    import config
    from stranas import doors
    from stranas.accounts.policy import holds
    from stranas.accounts.sign_in import init_sign_in
    from stranas.system import access, background, db, errors, inputs, page, sessions, storage

    settings = config.load(**overrides)
    app = Flask("stranas", root_path=str(config.ROOT / "stranas"), template_folder=str(config.ROOT / "templates"))
    app.config["SETTINGS"] = settings
    app.session_interface = sessions.Sessions()
    # A form without a script may bring several files; each has its own limit, all together this one.
    app.config["MAX_CONTENT_LENGTH"] = 3 * settings.upload_limit_mb * 1_000_000
    inputs.init_inputs(app)
    config.usable_folder(settings.var, "VAR", mode=0o700)  # password hashes and officers' files
    db.init_db(app)
    storage.init_storage(app)
    background.init_background(app)
    init_sign_in(app)
    access.init_access(app, holds=holds)
    page.init_page(app, holds=holds)
    errors.init_errors(app)
    doors.register(app)
    return app
