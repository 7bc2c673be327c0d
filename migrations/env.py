"""Alembic's environment: the application's own engine and tables."""

from alembic import context
from flask import current_app

from stranas.system.db import tables_may_be_rebuilt

database = current_app.extensions["migrate"].db


def run_migrations() -> None:
    with database.engine.connect() as connection, tables_may_be_rebuilt(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run_migrations()
