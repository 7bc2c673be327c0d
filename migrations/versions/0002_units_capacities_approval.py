"""units, capacities, approval

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-23 19:13:13.667689

"""
import sqlalchemy as sa
from alembic import op

import stranas.system.db


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


EVENTS = (
    'started', 'marked_ready', 'unmarked_ready', 'approval_requested', 'approval_declined', 'filed', 'verified',
    'returned', 'rejected', 'reopened',
)


def _allow(kinds):
    words = ", ".join(f"'{kind}'" for kind in kinds)
    for table, column in (('submission_event', 'kind'), ('decision', 'outcome')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f'ck_{table}_{column}'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_{table}_{column}'), f"{column} IN ({words})")


def upgrade():
    _allow((*EVENTS, 'approval_withdrawn'))
    op.create_table('unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('short_name', sa.String(length=200), nullable=False),
    sa.Column('head', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=80), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_unit_agency_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['unit.id'], name=op.f('fk_unit_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('agency_id', 'name', name=op.f('uq_unit_agency_id_name'))
    )
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_parent_id'), ['parent_id'], unique=False)

    op.create_table('capacity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('definitif', 'plt', 'plh', 'pj', 'pjs', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('office', sa.String(length=200), nullable=False),
    sa.Column('chain', sa.JSON(), nullable=False),
    sa.Column('rank', sa.String(length=200), nullable=False),
    sa.Column('employee_number', sa.String(length=80), nullable=False),
    sa.Column('legal_basis', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('named_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_capacity_membership_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['named_by_id'], ['user_account.id'], name=op.f('fk_capacity_named_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_capacity'))
    )
    with op.batch_alter_table('capacity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_capacity_membership_id'), ['membership_id'], unique=False)

    with op.batch_alter_table('agency', schema=None) as batch_op:
        batch_op.add_column(sa.Column('files_without_approval', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('oversight_unit', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('letterhead', sa.JSON(), nullable=False, server_default='[]'))

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unit_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_membership_unit_id'), ['unit_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_membership_unit_id'), 'unit', ['unit_id'], ['id'])



def downgrade():
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_membership_unit_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_membership_unit_id'))
        batch_op.drop_column('unit_id')

    with op.batch_alter_table('agency', schema=None) as batch_op:
        batch_op.drop_column('letterhead')
        batch_op.drop_column('oversight_unit')
        batch_op.drop_column('files_without_approval')

    with op.batch_alter_table('capacity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_capacity_membership_id'))

    op.drop_table('capacity')
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_parent_id'))

    op.drop_table('unit')
    _allow(EVENTS)
