"""requests

Revision ID: 0005
Revises: 0004
"""
import sqlalchemy as sa
from alembic import op

import stranas.system.db


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('responsibility',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('office', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_responsibility_agency_id')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_responsibility_item_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_responsibility_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_responsibility')),
    sa.UniqueConstraint('agency_id', 'item_id', name=op.f('uq_responsibility_agency_id_item_id'))
    )
    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_responsibility_unit_id'), ['unit_id'], unique=False)

    op.create_table('data_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('obligation_id', sa.Integer(), nullable=False),
    sa.Column('addressee', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('wanted', sa.Text(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('number', sa.String(length=200), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('signature', sa.JSON(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.Column('written_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('registered_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_data_letter_agency_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_data_letter_document_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_data_letter_obligation_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user_account.id'], name=op.f('fk_data_letter_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_letter'))
    )
    with op.batch_alter_table('data_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_data_letter_obligation_id'), ['obligation_id'], unique=False)

    op.create_table('unit_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('obligation_id', sa.Integer(), nullable=False),
    sa.Column('requirement_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('wanted', sa.Text(), nullable=False),
    sa.Column('criterion', sa.Text(), nullable=False),
    sa.Column('due_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('asked', 'seen', 'signing', 'uploaded', 'sent_back', 'taken', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('since', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('signer', sa.String(length=200), nullable=False),
    sa.Column('signing_since', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_unit_request_asked_by_id')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_unit_request_obligation_id')),
    sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name=op.f('fk_unit_request_requirement_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_request_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_request'))
    )
    with op.batch_alter_table('unit_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_request_obligation_id'), ['obligation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_request_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_request_unit_id'), ['unit_id'], unique=False)

    op.create_table('request_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('received_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('sent_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_request_file_document_id')),
    sa.ForeignKeyConstraint(['request_id'], ['unit_request.id'], name=op.f('fk_request_file_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_file')),
    sa.UniqueConstraint('request_id', 'document_id', name=op.f('uq_request_file_request_id_document_id'))
    )
    with op.batch_alter_table('request_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_file_document_id'), ['document_id'], unique=False)

    op.create_table('request_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(length=80), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('expires_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('revoked_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_request_link_made_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['unit_request.id'], name=op.f('fk_request_link_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_link')),
    sa.UniqueConstraint('nonce', name=op.f('uq_request_link_nonce'))
    )
    with op.batch_alter_table('request_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_link_request_id'), ['request_id'], unique=False)
        batch_op.create_index('uq_request_link_standing', ['request_id'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))

    op.create_table('request_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('act', sa.Enum('asked', 'seen', 'awaits_signature', 'uploaded', 'sent_back', 'taken', 'withdrawn', name='act', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('asked', 'seen', 'signing', 'uploaded', 'sent_back', 'taken', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('link_id', sa.Integer(), nullable=True),
    sa.Column('received_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('recorded_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_request_event_actor_id')),
    sa.ForeignKeyConstraint(['link_id'], ['request_link.id'], name=op.f('fk_request_event_link_id')),
    sa.ForeignKeyConstraint(['request_id'], ['unit_request.id'], name=op.f('fk_request_event_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_event')),
    sa.UniqueConstraint('request_id', 'sequence', name=op.f('uq_request_event_request_id_sequence'))
    )


def downgrade():
    op.drop_table('request_event')
    with op.batch_alter_table('request_link', schema=None) as batch_op:
        batch_op.drop_index('uq_request_link_standing', sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_request_link_request_id'))

    op.drop_table('request_link')
    with op.batch_alter_table('request_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_file_document_id'))

    op.drop_table('request_file')
    with op.batch_alter_table('unit_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_request_unit_id'))
        batch_op.drop_index(batch_op.f('ix_unit_request_state'))
        batch_op.drop_index(batch_op.f('ix_unit_request_obligation_id'))

    op.drop_table('unit_request')
    with op.batch_alter_table('data_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_data_letter_obligation_id'))

    op.drop_table('data_letter')
    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_responsibility_unit_id'))

    op.drop_table('responsibility')
