"""verification

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

import stranas.system.db

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

WORDS = """
UPDATE decision_part SET
reason_words = (SELECT reason FROM return_reason WHERE return_reason.id = decision_part.reason_id),
repair_words = (SELECT repair FROM return_reason WHERE return_reason.id = decision_part.reason_id)
WHERE reason_id IS NOT NULL
"""


def upgrade():
    op.create_table(
        'item_assignment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=False),
        sa.Column('everywhere', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_assignment_item_id')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_item_assignment_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_item_assignment')),
        sa.UniqueConstraint('user_id', 'item_id', name=op.f('uq_item_assignment_user_id_item_id')),
    )
    with op.batch_alter_table('item_assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_assignment_item_id'), ['item_id'], unique=False)
    op.create_table(
        'spot_check',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('submission_id', sa.Integer(), nullable=False),
        sa.Column('form', sa.Enum('clarification', 'visit', name='form', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('planned_on', sa.Date(), nullable=False),
        sa.Column('subject', sa.Text(), nullable=False),
        sa.Column('planned_by_id', sa.Integer(), nullable=True),
        sa.Column('planned_at', stranas.system.db.Instant(timezone=True), nullable=False),
        sa.Column('held_on', sa.Date(), nullable=True),
        sa.Column('participants', sa.Text(), nullable=False),
        sa.Column('findings', sa.Text(), nullable=False),
        sa.Column('conclusion', sa.Text(), nullable=False),
        sa.Column('document_id', sa.Integer(), nullable=True),
        sa.Column('noted_by_id', sa.Integer(), nullable=True),
        sa.Column('noted_at', stranas.system.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_spot_check_document_id')),
        sa.ForeignKeyConstraint(['noted_by_id'], ['user_account.id'], name=op.f('fk_spot_check_noted_by_id')),
        sa.ForeignKeyConstraint(['planned_by_id'], ['user_account.id'], name=op.f('fk_spot_check_planned_by_id')),
        sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_spot_check_submission_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_spot_check')),
    )
    with op.batch_alter_table('spot_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_spot_check_submission_id'), ['submission_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_spot_check_document_id'), ['document_id'], unique=False)
    op.create_table(
        'thread_entry',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('obligation_id', sa.Integer(), nullable=False),
        sa.Column('side', sa.Enum('agency', 'verifier', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('kind', sa.Enum('message', 'settled', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('author_id', sa.Integer(), nullable=True),
        sa.Column('office', sa.String(length=200), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('written_at', stranas.system.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_thread_entry_author_id')),
        sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_thread_entry_obligation_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_thread_entry')),
    )
    with op.batch_alter_table('thread_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_thread_entry_obligation_id'), ['obligation_id'], unique=False)
    with op.batch_alter_table('return_reason', schema=None) as batch_op:
        batch_op.add_column(sa.Column('active', sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('method', sa.Enum('single', 'bulk', name='method', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='single'))
        batch_op.add_column(sa.Column('spot_check_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_decision_spot_check_id'), ['spot_check_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_decision_spot_check_id'), 'spot_check', ['spot_check_id'], ['id'])
    with op.batch_alter_table('decision_part', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason_words', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('repair_words', sa.Text(), nullable=False, server_default=''))
    op.execute(WORDS)


def downgrade():
    with op.batch_alter_table('decision_part', schema=None) as batch_op:
        batch_op.drop_column('repair_words')
        batch_op.drop_column('reason_words')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_decision_spot_check_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_decision_spot_check_id'))
        batch_op.drop_column('spot_check_id')
        batch_op.drop_constraint(batch_op.f('ck_decision_method'), type_='check')
        batch_op.drop_column('method')
    with op.batch_alter_table('return_reason', schema=None) as batch_op:
        batch_op.drop_column('active')
    op.drop_table('thread_entry')
    op.drop_table('spot_check')
    op.drop_table('item_assignment')
