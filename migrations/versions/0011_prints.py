"""prints of texts, and documents that repeat one of another agency

Revision ID: 0011
Revises: 0010
"""
import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('text_print',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=80), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('slots', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_print')),
    sa.UniqueConstraint('kind', 'owner_id', name=op.f('uq_text_print_kind_owner_id'))
    )
    op.create_table('print_band',
    sa.Column('key', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('print_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['print_id'], ['text_print.id'], name=op.f('fk_print_band_print_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key', 'print_id', name=op.f('pk_print_band')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('print_band', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_print_band_print_id'), ['print_id'], unique=False)
    op.create_table('document_likeness',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('earlier_id', sa.Integer(), nullable=False),
    sa.Column('share', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_likeness_document_id')),
    sa.ForeignKeyConstraint(['earlier_id'], ['document.id'], name=op.f('fk_document_likeness_earlier_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_likeness')),
    sa.UniqueConstraint('document_id', 'earlier_id', name=op.f('uq_document_likeness_document_id_earlier_id'))
    )
    with op.batch_alter_table('document_likeness', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_likeness_earlier_id'), ['earlier_id'], unique=False)


def downgrade():
    op.drop_table('document_likeness')
    op.drop_table('print_band')
    op.drop_table('text_print')
