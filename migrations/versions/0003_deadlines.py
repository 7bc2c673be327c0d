"""deadlines

Revision ID: 0003
Revises: 0002
"""
import sqlalchemy as sa
from alembic import op

import stranas.system.db


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

Instant = stranas.system.db.Instant


def upgrade():
    op.create_table('extension_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('until', Instant(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('letter', sa.String(length=200), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('received_at', Instant(timezone=True), nullable=False),
    sa.Column('recorded_at', Instant(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('open', 'granted', 'declined', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', Instant(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_extension_request_agency_id')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_extension_request_asked_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_extension_request_decided_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_extension_request_item_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_extension_request_period_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extension_request'))
    )
    with op.batch_alter_table('extension_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_extension_request_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_extension_request_period_id'), ['period_id'], unique=False)
        batch_op.create_index('ix_extension_request_state_until', ['state', 'until'], unique=False)

    op.create_table('instant_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('due_before', Instant(timezone=True), nullable=False),
    sa.Column('due_after', Instant(timezone=True), nullable=False),
    sa.Column('locks_before', Instant(timezone=True), nullable=False),
    sa.Column('locks_after', Instant(timezone=True), nullable=False),
    sa.Column('verification_before', Instant(timezone=True), nullable=False),
    sa.Column('verification_after', Instant(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_instant_move_decided_by_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_instant_move_period_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instant_move'))
    )
    with op.batch_alter_table('instant_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instant_move_period_id'), ['period_id'], unique=False)

    with op.batch_alter_table('extension', schema=None) as batch_op:
        batch_op.add_column(sa.Column('request_id', sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_extension_request_id'), ['request_id'])
        batch_op.create_foreign_key(batch_op.f('fk_extension_request_id'), 'extension_request', ['request_id'], ['id'])

    with op.batch_alter_table('outage', schema=None) as batch_op:
        batch_op.add_column(sa.Column('decided_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_outage_decided_by_id'), 'user_account', ['decided_by_id'], ['id'])


def downgrade():
    with op.batch_alter_table('outage', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_outage_decided_by_id'), type_='foreignkey')
        batch_op.drop_column('decided_by_id')

    with op.batch_alter_table('extension', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_extension_request_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_extension_request_id'), type_='unique')
        batch_op.drop_column('request_id')

    op.drop_table('instant_move')
    op.drop_table('extension_request')
