"""library: the PPID, who classified a document, what was taken off the list

Revision ID: 0010
Revises: 0009
"""
import sqlalchemy as sa
from alembic import op

import stranas.system.db


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

ROLES = ('koordinator', 'pejabat', 'unit', 'humas', 'admin_instansi', 'verifikator', 'setnas', 'timnas', 'pemantau', 'admin')
INSTANTS = ('classified', 'removed')


def _allow(roles):
    for table in ('membership', 'handover'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'ck_{table}_role'), type_='check')
            batch_op.create_check_constraint(batch_op.f(f'ck_{table}_role'), f"role IN {roles}")


def upgrade():
    _allow((*ROLES, 'ppid'))
    with op.batch_alter_table('document', schema=None) as batch_op:
        for act in INSTANTS:
            batch_op.add_column(sa.Column(f'{act}_by_id', sa.Integer(), nullable=True))
            batch_op.add_column(sa.Column(f'{act}_at', stranas.system.db.Instant(timezone=True), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_document_{act}_by_id'), 'user_account', [f'{act}_by_id'], ['id'])
        batch_op.drop_index(batch_op.f('ix_document_agency_id'))
        batch_op.create_index('ix_document_agency_uploaded', ['agency_id', 'uploaded_at'], unique=False)
    with op.batch_alter_table('file_text', schema=None) as batch_op:
        batch_op.add_column(sa.Column('folded', sa.Text(), nullable=False, server_default=''))
    # Near enough for what was read so far: line ends stay, so that a phrase over two lines is not found.
    op.execute("UPDATE file_text SET folded = lower(text)")
    with op.batch_alter_table('file_text', schema=None) as batch_op:
        batch_op.alter_column('folded', server_default=None)


def downgrade():
    with op.batch_alter_table('file_text', schema=None) as batch_op:
        batch_op.drop_column('folded')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index('ix_document_agency_uploaded')
        batch_op.create_index(batch_op.f('ix_document_agency_id'), ['agency_id'], unique=False)
        for act in INSTANTS:
            batch_op.drop_constraint(batch_op.f(f'fk_document_{act}_by_id'), type_='foreignkey')
            batch_op.drop_column(f'{act}_at')
            batch_op.drop_column(f'{act}_by_id')
    # The role of before does not know a PPID: whoever was one keeps the account, not the role.
    op.execute("DELETE FROM membership WHERE role = 'ppid'")
    op.execute("DELETE FROM handover WHERE role = 'ppid'")
    _allow(ROLES)
