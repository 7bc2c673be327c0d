"""editions: frozen reports of released periods, and files made on demand

Revision ID: 0013
Revises: 0012
"""
import sqlalchemy as sa
from alembic import op

import stranas.system.db


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('cutoff', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('begun_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('made_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('snapshot_sha256', sa.String(length=64), nullable=True),
    sa.Column('differences', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_edition_asked_by_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_edition_period_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('period_id', 'number', name=op.f('uq_edition_period_id_number'))
    )
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_snapshot_sha256'), ['snapshot_sha256'], unique=False)

    op.create_table('edition_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('format', sa.String(length=80), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_edition_file_edition_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_edition_file_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition_file')),
    sa.UniqueConstraint('edition_id', 'format', name=op.f('uq_edition_file_edition_id_format'))
    )
    with op.batch_alter_table('edition_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_file_file_id'), ['file_id'], unique=False)

    op.create_table('export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=80), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('state', sa.Enum('planned', 'running', 'ready', 'failed', 'cancelled', 'expired', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('reach', sa.JSON(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.Column('asked_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('started_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('beat_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('ended_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('expires_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_export_file_id')),
    sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_export_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export'))
    )
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_export_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_export_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_export_state_asked_at', ['state', 'asked_at'], unique=False)


def downgrade():
    op.drop_table('export')
    op.drop_table('edition_file')
    op.drop_table('edition')
