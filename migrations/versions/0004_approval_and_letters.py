"""approval and letters

Revision ID: 0004
Revises: 0003
"""
import sqlalchemy as sa
from alembic import op

import stranas.system.db


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'approved', 'declined', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('requested_by_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('received_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('recorded_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('office', sa.String(length=200), nullable=False),
    sa.Column('filing_id', sa.Integer(), nullable=True),
    sa.Column('signature', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_approval_agency_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_approval_decided_by_id')),
    sa.ForeignKeyConstraint(['filing_id'], ['filing.id'], name=op.f('fk_approval_filing_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_approval_period_id')),
    sa.ForeignKeyConstraint(['requested_by_id'], ['user_account.id'], name=op.f('fk_approval_requested_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval'))
    )
    with op.batch_alter_table('approval', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_approval_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_approval_filing_id'), ['filing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_approval_period_id'), ['period_id'], unique=False)

    op.create_table('approval_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('approval_id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approval_id'], ['approval.id'], name=op.f('fk_approval_part_approval_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_approval_part_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_part')),
    sa.UniqueConstraint('approval_id', 'submission_id', name=op.f('uq_approval_part_approval_id_submission_id'))
    )
    with op.batch_alter_table('approval_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_approval_part_submission_id'), ['submission_id'], unique=False)

    op.create_table('cover_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('filing_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=200), nullable=False),
    sa.Column('nature', sa.String(length=80), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('due_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('scanned_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('scanned_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_cover_letter_document_id')),
    sa.ForeignKeyConstraint(['filing_id'], ['filing.id'], name=op.f('fk_cover_letter_filing_id')),
    sa.ForeignKeyConstraint(['scanned_by_id'], ['user_account.id'], name=op.f('fk_cover_letter_scanned_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cover_letter')),
    sa.UniqueConstraint('filing_id', name=op.f('uq_cover_letter_filing_id'))
    )
    with op.batch_alter_table('cover_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cover_letter_due_at'), ['due_at'], unique=False)

    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('attached_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_evidence_attached_by_id'), 'user_account', ['attached_by_id'], ['id'])

    with op.batch_alter_table('agency', schema=None) as batch_op:
        batch_op.add_column(sa.Column('head', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('approval_set_by', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('approval_set_at', stranas.system.db.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('approval_set_reason', sa.Text(), nullable=False, server_default=''))


def downgrade():
    with op.batch_alter_table('agency', schema=None) as batch_op:
        batch_op.drop_column('approval_set_reason')
        batch_op.drop_column('approval_set_at')
        batch_op.drop_column('approval_set_by')
        batch_op.drop_column('head')

    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_evidence_attached_by_id'), type_='foreignkey')
        batch_op.drop_column('attached_by_id')

    op.drop_table('cover_letter')
    op.drop_table('approval_part')
    op.drop_table('approval')
