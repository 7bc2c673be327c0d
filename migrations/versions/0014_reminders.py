"""reminders: the ladder, personal choices, calendar addresses, letters that people send; more about a message

Revision ID: 0014
Revises: 0013
"""
import json

import sqlalchemy as sa
from alembic import op

import stranas.system.db


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('calendar_address',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=80), nullable=False),
    sa.Column('made_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_calendar_address_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_calendar_address')),
    sa.UniqueConstraint('token', name=op.f('uq_calendar_address_token'))
    )
    op.create_table('ladder_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('anchor', sa.Enum('due', 'lock', 'return', 'correction', 'verification', 'unit', name='anchor', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('in_working_days', sa.Boolean(), nullable=False),
    sa.Column('audience', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_ladder_step_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ladder_step')),
    sa.UniqueConstraint('programme_id', 'anchor', 'days', 'in_working_days', name=op.f('uq_ladder_step_programme_id_anchor_days_in_working_days'))
    )
    op.create_table('reminder_choice',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('weekly', sa.Boolean(), nullable=False),
    sa.Column('paused_from', sa.Date(), nullable=True),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('substitute_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['substitute_id'], ['user_account.id'], name=op.f('fk_reminder_choice_substitute_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_reminder_choice_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_reminder_choice'))
    )
    op.create_table('escalation_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('secretary', 'head', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('drafted_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('number', sa.String(length=200), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('withdrawn_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('withdrawn_why', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_escalation_letter_agency_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_escalation_letter_file_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_escalation_letter_period_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_escalation_letter_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escalation_letter')),
    sa.UniqueConstraint('period_id', 'agency_id', 'kind', name=op.f('uq_escalation_letter_period_id_agency_id_kind'))
    )
    with op.batch_alter_table('escalation_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_escalation_letter_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_escalation_letter_file_id'), ['file_id'], unique=False)

    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('agency_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('calendar', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('seen_at', stranas.system.db.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('needs_decision', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f('ix_outbox_message_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index('ix_outbox_message_ledger', ['planned_for', 'id', 'state', 'needs_decision', 'channel', 'template', 'agency_id', 'address', 'subject'], unique=False)
        batch_op.create_index('ix_outbox_message_unseen', ['recipient_id'], unique=False, sqlite_where=sa.text('seen_at IS NULL'), postgresql_where=sa.text('seen_at IS NULL'))

    # What was told by mail before there was a notice centre is not new to anybody.
    op.execute("UPDATE outbox_message SET seen_at = sent_at WHERE sent_at IS NOT NULL")
    # What nobody knew to have left said so in English; what had failed five times was given up, and stays so.
    op.execute(
        "UPDATE outbox_message SET needs_decision = true, outcome = 'Pengiriman terputus: pesan ini mungkin sudah sampai, "
        "mungkin belum. Pastikan dahulu pada penerima, lalu tetapkan.' "
        "WHERE state = 'failed' AND outcome LIKE '%; a person has to look'"
    )
    op.execute("UPDATE outbox_message SET attempts = 7 WHERE state = 'failed' AND attempts >= 5")


def downgrade():
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_message_unseen', sqlite_where=sa.text('seen_at IS NULL'), postgresql_where=sa.text('seen_at IS NULL'))
        batch_op.drop_index('ix_outbox_message_ledger')
        batch_op.drop_index(batch_op.f('ix_outbox_message_agency_id'))
        batch_op.drop_column('needs_decision')
        batch_op.drop_column('seen_at')
        batch_op.drop_column('calendar')
        batch_op.drop_column('agency_id')

    with op.batch_alter_table('escalation_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_escalation_letter_file_id'))
        batch_op.drop_index(batch_op.f('ix_escalation_letter_agency_id'))

    op.drop_table('escalation_letter')
    op.drop_table('reminder_choice')
    op.drop_table('ladder_step')
    op.drop_table('calendar_address')
