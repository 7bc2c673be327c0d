"""The worker process: the consumer of the queue (threads) and the scheduler, ended together and cleanly."""

import logging
import signal
import threading
from collections.abc import Iterable

from flask import Flask

from stranas.system import outbox, schedule

THREADS = 3
SECONDS_TO_END = 30

log = logging.getLogger(__name__)


def run_worker(app: Flask, jobs: Iterable[schedule.Job], *, threads: int = THREADS) -> None:
    """Work until SIGTERM, SIGINT or SIGHUP; what runs then may end first."""
    _log_to_stderr()
    consumer = app.extensions["huey"].create_consumer(
        workers=threads, worker_type="thread", periodic=False, max_delay=0.5, shutdown_timeout=SECONDS_TO_END
    )
    ended = threading.Event()
    consumer.start()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: ended.set())  # in place of the consumer's own
    _go_on_sending(app)
    scheduler = schedule.start(app, jobs)
    log.info("worker ready: %s threads, %s jobs", threads, len(scheduler.get_jobs()))
    while not ended.wait(10):
        consumer.check_worker_health()
    scheduler.shutdown(wait=True)
    consumer.stop(graceful=True)
    log.info("worker ended")


def _go_on_sending(app: Flask) -> None:
    """What an earlier worker left need not wait for the next minute."""
    try:
        with app.app_context():
            outbox.sweep()
    except Exception:
        log.exception("what waits to be sent could not be looked up; the next sweep does it")


def _log_to_stderr() -> None:
    """Failures with their traceback, our own news, and no chatter of the libraries."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("stranas").setLevel(logging.INFO)
