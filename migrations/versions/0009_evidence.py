"""evidence: library, claims, words, answers

Revision ID: 0009
Revises: 0008
"""
import sqlalchemy as sa
from alembic import op

import stranas.system.db


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

KINDS = ('keputusan', 'peraturan', 'surat', 'berita_acara', 'laporan', 'rencana', 'sop', 'notulen', 'daftar_hadir', 'foto', 'tangkapan_layar', 'peta', 'sertifikat', 'perjanjian', 'surat_pernyataan', 'data', 'tautan')
PUBLICITY = ('public', 'internal', 'proposed_exempt', 'exempt')
STATES = ('waiting', 'running', 'done', 'failed')


def upgrade():
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('series', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('kind', sa.Enum(*KINDS, name='kind', native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.add_column(sa.Column('number', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('dated_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('signatory', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('description', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('publicity', sa.Enum(*PUBLICITY, name='publicity', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='internal'))
        batch_op.add_column(sa.Column('publicity_ground', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('publicity_fixed_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('publicity_fixed_at', stranas.system.db.Instant(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_document_publicity_fixed_by_id'), 'user_account', ['publicity_fixed_by_id'], ['id'])
    # Documents that are there begin a series each.
    op.execute("UPDATE document SET series = 'd' || CAST(id AS VARCHAR(20))")
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.alter_column('series', existing_type=sa.String(length=80), nullable=False)
        for name in ('revision', 'number', 'signatory', 'description', 'publicity', 'publicity_ground'):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_unique_constraint(batch_op.f('uq_document_series_revision'), ['series', 'revision'])

    op.create_table('file_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.Enum('layer', 'ocr', 'words', 'none', name='source', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('read_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_file_text_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file_text')),
    sa.UniqueConstraint('file_id', name=op.f('uq_file_text_file_id'))
    )
    with op.batch_alter_table('file_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_file_text_digest'), ['digest'], unique=False)

    with op.batch_alter_table('check_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claim', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('target_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_check_run_target_id'), 'target', ['target_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_check_run_target_id'), ['target_id'], unique=False)
        batch_op.drop_constraint('uq_check_run_document_id_claimed_kind', type_='unique')
        batch_op.drop_constraint(batch_op.f('ck_check_run_state'), type_='check')
    # What was found for a kind alone stays so; whoever asks for a target's claim has the document checked anew.
    op.execute("UPDATE check_run SET claim = claimed_kind")
    with op.batch_alter_table('check_run', schema=None) as batch_op:
        batch_op.alter_column('claim', existing_type=sa.String(length=80), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_check_run_document_id_claim'), ['document_id', 'claim'])
        batch_op.create_check_constraint(batch_op.f('ck_check_run_state'), f"state IN {(*STATES, 'reading')}")

    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('hint', sa.JSON(), nullable=False, server_default='{}'))
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.alter_column('hint', server_default=None)

    op.create_table('finding_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('check_run_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=80), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user_account.id'], name=op.f('fk_finding_answer_answered_by_id')),
    sa.ForeignKeyConstraint(['check_run_id'], ['check_run.id'], name=op.f('fk_finding_answer_check_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_answer')),
    sa.UniqueConstraint('check_run_id', 'code', name=op.f('uq_finding_answer_check_run_id_code'))
    )


def downgrade():
    op.drop_table('finding_answer')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_column('hint')
    op.execute("DELETE FROM finding WHERE check_run_id IN (SELECT id FROM check_run WHERE target_id IS NOT NULL)")
    op.execute("DELETE FROM check_run WHERE target_id IS NOT NULL")
    op.execute("UPDATE check_run SET state = 'done' WHERE state = 'reading'")
    with op.batch_alter_table('check_run', schema=None) as batch_op:
        batch_op.drop_constraint('uq_check_run_document_id_claim', type_='unique')
        batch_op.drop_constraint(batch_op.f('ck_check_run_state'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_check_run_state'), f"state IN {STATES}")
        batch_op.create_unique_constraint('uq_check_run_document_id_claimed_kind', ['document_id', 'claimed_kind'])
        batch_op.drop_index(batch_op.f('ix_check_run_target_id'))
        batch_op.drop_constraint(batch_op.f('fk_check_run_target_id'), type_='foreignkey')
        batch_op.drop_column('target_id')
        batch_op.drop_column('claim')
    op.drop_table('file_text')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_constraint('uq_document_series_revision', type_='unique')
        batch_op.drop_constraint(batch_op.f('fk_document_publicity_fixed_by_id'), type_='foreignkey')
        for name in ('ck_document_kind', 'ck_document_publicity'):
            batch_op.drop_constraint(batch_op.f(name), type_='check')
        for name in ('series', 'revision', 'kind', 'number', 'dated_on', 'signatory', 'description', 'publicity', 'publicity_ground', 'publicity_fixed_by_id', 'publicity_fixed_at'):
            batch_op.drop_column(name)
