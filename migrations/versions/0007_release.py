"""release

Revision ID: 0007
Revises: 0006
"""
import sqlalchemy as sa
from alembic import op

import stranas.system.db


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('minutes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=200), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('frozen_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_minutes_agency_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_minutes_period_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes')),
    sa.UniqueConstraint('number', name=op.f('uq_minutes_number')),
    sa.UniqueConstraint('period_id', 'agency_id', name=op.f('uq_minutes_period_id_agency_id'))
    )
    with op.batch_alter_table('minutes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_minutes_agency_id'), ['agency_id'], unique=False)

    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('closed_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('clarification_ends_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('clarification_reason', sa.Text(), nullable=False),
    sa.Column('clarification_told_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('released_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('decree', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=True),
    sa.Column('set_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('release_told_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_release_period_id')),
    sa.ForeignKeyConstraint(['set_by_id'], ['user_account.id'], name=op.f('fk_release_set_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('period_id', name=op.f('uq_release_period_id'))
    )
    op.create_table('minutes_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('minutes_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('agency', 'verifier', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('stance', sa.Enum('signed', 'with_remark', 'refused', name='stance', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('signer', sa.JSON(), nullable=False),
    sa.Column('received_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('recorded_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_minutes_signature_minutes_id')),
    sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_minutes_signature_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes_signature')),
    sa.UniqueConstraint('minutes_id', 'side', name=op.f('uq_minutes_signature_minutes_id_side'))
    )
    op.create_table('clarification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('not_started', 'draft', 'ready', 'awaiting_approval', 'sent', 'verified', 'returned', 'rejected', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('score', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('recorded_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('outcome', sa.Enum('kept', 'changed', name='outcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('new_status', sa.Enum('not_started', 'draft', 'ready', 'awaiting_approval', 'sent', 'verified', 'returned', 'rejected', name='new_status', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('new_score', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user_account.id'], name=op.f('fk_clarification_answered_by_id')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_clarification_asked_by_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_clarification_document_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_clarification_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clarification')),
    sa.UniqueConstraint('submission_id', name=op.f('uq_clarification_submission_id'))
    )


def downgrade():
    op.drop_table('clarification')
    op.drop_table('minutes_signature')
    op.drop_table('release')
    with op.batch_alter_table('minutes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_minutes_agency_id'))

    op.drop_table('minutes')
