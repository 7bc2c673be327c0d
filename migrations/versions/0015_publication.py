"""publication: figures of released periods, stories, kits; who approves stories

Revision ID: 0015
Revises: 0014
"""
from alembic import op
import sqlalchemy as sa
import stranas.system.db


# revision identifiers, used by Alembic.
revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


ROLES = ('koordinator', 'pejabat', 'unit', 'humas', 'ppid', 'admin_instansi', 'verifikator', 'setnas', 'timnas', 'pemantau', 'admin')


def _allow(roles):
    for table in ('membership', 'handover'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'ck_{table}_role'), type_='check')
            batch_op.create_check_constraint(batch_op.f(f'ck_{table}_role'), f"role IN {roles}")


def upgrade():
    _allow((*ROLES, 'penyetuju_publikasi'))
    op.create_table('publication_profile',
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('drafting_unit', sa.String(length=200), nullable=False),
    sa.Column('approving_office', sa.String(length=200), nullable=False),
    sa.Column('logo_file_id', sa.Integer(), nullable=True),
    sa.Column('colour', sa.String(length=80), nullable=False),
    sa.Column('accent', sa.String(length=80), nullable=False),
    sa.Column('website', sa.String(length=200), nullable=False),
    sa.Column('press_contact', sa.String(length=200), nullable=False),
    sa.Column('election_from', sa.Date(), nullable=True),
    sa.Column('election_until', sa.Date(), nullable=True),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_publication_profile_agency_id')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['user_account.id'], name=op.f('fk_publication_profile_changed_by_id')),
    sa.ForeignKeyConstraint(['logo_file_id'], ['stored_file.id'], name=op.f('fk_publication_profile_logo_file_id')),
    sa.PrimaryKeyConstraint('agency_id', name=op.f('pk_publication_profile'))
    )
    with op.batch_alter_table('publication_profile', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publication_profile_logo_file_id'), ['logo_file_id'], unique=False)

    op.create_table('story',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('publikasi_capaian', 'kabar_kegiatan', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('stage', sa.Enum('writing', 'in_review', 'published', 'withdrawn', 'discarded', name='stage', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=True),
    sa.Column('action_key', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('quote_name', sa.String(length=200), nullable=False),
    sa.Column('quote_office', sa.String(length=200), nullable=False),
    sa.Column('units', sa.JSON(), nullable=False),
    sa.Column('partners', sa.JSON(), nullable=False),
    sa.Column('video_url', sa.String(length=200), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('correction_note', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('started_by_id', sa.Integer(), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=False),
    sa.Column('changed_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('withdrawn_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_story_agency_id')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['user_account.id'], name=op.f('fk_story_changed_by_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_story_period_id')),
    sa.ForeignKeyConstraint(['started_by_id'], ['user_account.id'], name=op.f('fk_story_started_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story')),
    sa.UniqueConstraint('slug', name=op.f('uq_story_slug'))
    )
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_story_agency_id'), ['agency_id'], unique=False)

    op.create_table('appearance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('medium', sa.String(length=200), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('appeared_on', sa.Date(), nullable=False),
    sa.Column('reach', sa.Integer(), nullable=True),
    sa.Column('counted', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('removed_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_appearance_recorded_by_id')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_appearance_story_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appearance'))
    )
    with op.batch_alter_table('appearance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appearance_story_id'), ['story_id'], unique=False)

    op.create_table('published_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('programme_key', sa.String(length=80), nullable=False),
    sa.Column('programme', sa.String(length=200), nullable=False),
    sa.Column('period_key', sa.String(length=80), nullable=False),
    sa.Column('period', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('cutoff', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('released_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('decree', sa.String(length=200), nullable=False),
    sa.Column('class_names', sa.JSON(), nullable=False),
    sa.Column('snapshot_sha256', sa.String(length=64), nullable=False),
    sa.Column('published_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('is_current', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_published_edition_edition_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_published_edition_period_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_edition')),
    sa.UniqueConstraint('edition_id', name=op.f('uq_published_edition_edition_id'))
    )
    with op.batch_alter_table('published_edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_published_edition_period_id'), ['period_id'], unique=False)
        batch_op.create_index('uq_published_edition_current', ['period_id'], unique=True, sqlite_where=sa.text('is_current'), postgresql_where=sa.text('is_current'))

    op.create_table('story_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('approved_as', sa.String(length=200), nullable=False),
    sa.Column('written', sa.JSON(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.Column('published_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['published_by_id'], ['user_account.id'], name=op.f('fk_story_edition_published_by_id')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_story_edition_story_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_edition')),
    sa.UniqueConstraint('story_id', 'number', name=op.f('uq_story_edition_story_id_number'))
    )
    op.create_table('story_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('started', 'submitted', 'taken_back', 'sent_back', 'published', 'correcting', 'dropped', 'withdrawn', 'discarded', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('happened_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_story_event_person_id')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_story_event_story_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_event'))
    )
    with op.batch_alter_table('story_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_story_event_story_id'), ['story_id'], unique=False)

    op.create_table('story_picture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('alt', sa.Text(), nullable=False),
    sa.Column('caption', sa.Text(), nullable=False),
    sa.Column('credit', sa.String(length=200), nullable=False),
    sa.Column('shows_leader', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_story_picture_file_id')),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_story_picture_story_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_picture'))
    )
    with op.batch_alter_table('story_picture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_story_picture_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_story_picture_story_id'), ['story_id'], unique=False)

    op.create_table('kit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_edition_id', sa.Integer(), nullable=False),
    sa.Column('template', sa.String(length=80), nullable=False),
    sa.Column('state', sa.Enum('planned', 'running', 'ready', 'failed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', stranas.system.db.Instant(timezone=True), nullable=False),
    sa.Column('started_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('beat_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('ended_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_kit_asked_by_id')),
    sa.ForeignKeyConstraint(['story_edition_id'], ['story_edition.id'], name=op.f('fk_kit_story_edition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kit')),
    sa.UniqueConstraint('story_edition_id', 'template', name=op.f('uq_kit_story_edition_id_template'))
    )
    op.create_table('published_figure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('published_edition_id', sa.Integer(), nullable=False),
    sa.Column('scope', sa.Enum('nasional', 'tingkat', 'provinsi', 'instansi', name='scope', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('scope_key', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('level', sa.String(length=80), nullable=False),
    sa.Column('province_code', sa.String(length=80), nullable=False),
    sa.Column('province', sa.String(length=200), nullable=False),
    sa.Column('action_key', sa.String(length=80), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('agencies', sa.Integer(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('received', sa.Integer(), nullable=False),
    sa.Column('on_time', sa.Integer(), nullable=False),
    sa.Column('verified', sa.Integer(), nullable=False),
    sa.Column('accepted', sa.Integer(), nullable=False),
    sa.Column('first_accepted', sa.Integer(), nullable=False),
    sa.Column('compliance', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('punctuality', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('achievement', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('first_pass', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('pooled_compliance', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('pooled_punctuality', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('pooled_achievement', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('pooled_first_pass', stranas.system.db.Exact(precision=18, scale=4), nullable=True),
    sa.Column('score_class', sa.String(length=80), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('first_sent_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.Column('last_sent_at', stranas.system.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['published_edition_id'], ['published_edition.id'], name=op.f('fk_published_figure_published_edition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_figure')),
    sa.UniqueConstraint('published_edition_id', 'scope', 'scope_key', 'action_key', name=op.f('uq_published_figure_published_edition_id_scope_scope_key_action_key'))
    )
    with op.batch_alter_table('published_figure', schema=None) as batch_op:
        batch_op.create_index('ix_published_figure_scope', ['scope', 'scope_key', 'action_key'], unique=False)

    op.create_table('story_edition_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_edition_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_story_edition_file_file_id')),
    sa.ForeignKeyConstraint(['story_edition_id'], ['story_edition.id'], name=op.f('fk_story_edition_file_story_edition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_edition_file')),
    sa.UniqueConstraint('story_edition_id', 'position', name=op.f('uq_story_edition_file_story_edition_id_position'))
    )
    with op.batch_alter_table('story_edition_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_story_edition_file_file_id'), ['file_id'], unique=False)

    op.create_table('kit_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kit_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('alt', sa.Text(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_kit_file_file_id')),
    sa.ForeignKeyConstraint(['kit_id'], ['kit.id'], name=op.f('fk_kit_file_kit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kit_file')),
    sa.UniqueConstraint('kit_id', 'name', name=op.f('uq_kit_file_kit_id_name'))
    )
    with op.batch_alter_table('kit_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kit_file_file_id'), ['file_id'], unique=False)



def downgrade():
    # The role of before does not know who approves: whoever was one keeps the account, not the role.
    op.execute("DELETE FROM membership WHERE role = 'penyetuju_publikasi'")
    op.execute("DELETE FROM handover WHERE role = 'penyetuju_publikasi'")
    _allow(ROLES)
    with op.batch_alter_table('kit_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kit_file_file_id'))

    op.drop_table('kit_file')
    with op.batch_alter_table('story_edition_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_edition_file_file_id'))

    op.drop_table('story_edition_file')
    with op.batch_alter_table('published_figure', schema=None) as batch_op:
        batch_op.drop_index('ix_published_figure_scope')

    op.drop_table('published_figure')
    op.drop_table('kit')
    with op.batch_alter_table('story_picture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_picture_story_id'))
        batch_op.drop_index(batch_op.f('ix_story_picture_file_id'))

    op.drop_table('story_picture')
    with op.batch_alter_table('story_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_event_story_id'))

    op.drop_table('story_event')
    op.drop_table('story_edition')
    with op.batch_alter_table('published_edition', schema=None) as batch_op:
        batch_op.drop_index('uq_published_edition_current', sqlite_where=sa.text('is_current'), postgresql_where=sa.text('is_current'))
        batch_op.drop_index(batch_op.f('ix_published_edition_period_id'))

    op.drop_table('published_edition')
    with op.batch_alter_table('appearance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appearance_story_id'))

    op.drop_table('appearance')
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_agency_id'))

    op.drop_table('story')
    with op.batch_alter_table('publication_profile', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_publication_profile_logo_file_id'))

    op.drop_table('publication_profile')
