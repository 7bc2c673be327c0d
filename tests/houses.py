"""Databases of a test's own, which several processes or applications share."""

from itertools import count

import psycopg

_number = count(1)


def empty_postgres(server: str) -> str:
    """The URL of a new database on the tests' server."""
    name = f"house_{next(_number)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return server.replace("/postgres?", f"/{name}?")
