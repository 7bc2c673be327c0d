"""How long the server takes for a public page: first request of a fresh process, warm, and with a known ETag.

    .venv/bin/python -m bench.portal FOLDER     a var folder of a demo, e.g. of 595 agencies (SQLite)

Bare: a Flask application with nothing but the database, the same questions, the same template and the same values,
without shell, sign-in, compression and headers. Milliseconds of the processor, the best of 40 warm requests (others
use the machine); compression with Brotli is in the product's figures and not in the bare ones.
"""

import json
import subprocess
import sys
import time

PAGES = {
    "nasional": "/capaian",
    "provinsi": "/capaian/provinsi/33",
    "instansi": "/capaian/instansi/33.23",
    "aksi": "/capaian/aksi/1",
    "peringkat, 415 kabupaten": "/capaian/peringkat?kelompok=kabupaten",
}
REQUESTS = 40


def main() -> None:
    print("| page | bytes (Brotli) | cold | warm | ETag known | bare | ratio |\n|---|---|---|---|---|---|---|")
    for name, path in PAGES.items():
        words = [sys.executable, "-m", "bench.portal", sys.argv[1], path]
        told = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        print(
            "| {name} | {bytes:,} | {cold:.1f} | {warm:.1f} | {known:.1f} | {bare:.1f} | {ratio:.2f} |".format(
                name=name, ratio=told["warm"] / told["bare"], **told
            )
        )


def _measure(folder: str, path: str) -> None:
    """In a process of its own, as wsgi.py makes the application."""
    from sqlalchemy.orm import configure_mappers

    from stranas import create_app

    app = create_app(var=folder)
    configure_mappers()
    client = app.test_client()
    headers = {"Accept-Encoding": "br"}
    cold, page = _timed(lambda: client.get(path, headers=headers))
    assert page.status_code == 200, page.status
    warm = _best(lambda: client.get(path, headers=headers))
    known = _best(lambda: client.get(path, headers=headers | {"If-None-Match": page.headers["ETag"]}))
    bare = _bare(app).test_client()
    assert _sizes_agree(bare.get(path).text, client.get(path).text)
    print(
        json.dumps(
            {
                "bytes": len(page.data),
                "cold": cold,
                "warm": warm,
                "known": known,
                "bare": _best(lambda: bare.get(path)),
            }
        )
    )


def _bare(product):
    """The same view functions and templates on a plain Flask."""
    from flask import Flask

    from stranas.system.db import db

    app = Flask("bare", template_folder=product.jinja_loader.searchpath[0], static_folder=None)
    app.config.update({name: product.config[name] for name in ("SETTINGS", "SQLALCHEMY_DATABASE_URI")})
    app.extensions["portal_code"] = ""
    db.init_app(app)
    app.jinja_env.globals.update({name: product.jinja_env.globals[name] for name in ("text", "clock", "icon")})
    app.jinja_env.filters.update({n: product.jinja_env.filters[n] for n in ("number", "day", "instant")})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.add_url_rule("/static/<path:filename>", "static")
    for rule in product.url_map.iter_rules():
        if rule.endpoint.startswith("portal."):
            app.add_url_rule(rule.rule, rule.endpoint, product.view_functions[rule.endpoint].__wrapped__)
    return app


def _sizes_agree(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) < 100


def _timed(ask):
    began = time.process_time()
    answer = ask()
    return 1000 * (time.process_time() - began), answer


def _best(ask) -> float:
    return min(_timed(ask)[0] for _ in range(REQUESTS))


if __name__ == "__main__":
    _measure(*sys.argv[1:]) if len(sys.argv) > 2 else main()
