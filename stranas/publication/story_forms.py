"""What Humas types: a story, a picture, a remark. A draft is kept as it stands, complete or not."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, FileField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from reports.kit.work import SUMMARY_MOST
from stranas.publication.freezing import Quotable
from stranas.publication.leaders import Leader, named, sentence
from stranas.publication.operations.pictures import Described
from stranas.publication.pictures import alt_problem
from stranas.publication.rules import StoryKind
from stranas.publication.wording import typed_number
from stranas.publication.written import Written

LONGEST_BODY = 50_000
_LINES = ("units", "partners")
_ONE_LINE = ("title", "quote_name", "quote_office", "video_url", "source")


def _at_most(count: int) -> Length:
    return Length(max=count, message=f"Paling banyak {count:,} huruf.".replace(",", "."))


def _lines(_form: FlaskForm, field: Field) -> None:
    names = lines_of(field.data)
    if len(names) > 20 or any(len(name) > 200 for name in names):
        raise ValidationError("Paling banyak 20 nama, masing-masing satu baris dan paling banyak 200 huruf.")


def lines_of(typed: str | None) -> tuple[str, ...]:
    """One name for each line that is not empty."""
    return tuple(line.strip() for line in (typed or "").splitlines() if line.strip())


class StoryForm(FlaskForm):
    """Every field may stay empty while it is a draft."""

    kind = SelectField("Jenis", choices=[SelectChoice(kind.value, kind.label) for kind in StoryKind])
    period_key = SelectField("Triwulan")
    action_key = SelectField("Aksi")
    title = StringField("Judul", [_at_most(150)])
    summary = TextAreaField("Ringkasan", [_at_most(SUMMARY_MOST)], render_kw={"rows": 3})
    body = TextAreaField("Isi", [_at_most(LONGEST_BODY)], render_kw={"rows": 14})
    quote = TextAreaField("Kutipan", [_at_most(1_000)], render_kw={"rows": 2})
    quote_name = StringField("Nama yang dikutip", [_at_most(200)])
    quote_office = StringField("Jabatannya", [_at_most(200)])
    units = TextAreaField("Unit yang terlibat", [_lines], render_kw={"rows": 3})
    partners = TextAreaField("Perguruan tinggi dan mitra", [_lines], render_kw={"rows": 3})
    video_url = StringField("Tautan video", [_at_most(200)])
    source = StringField("Sumber", [_at_most(200)])
    correction_note = TextAreaField("Apa yang dikoreksi", [_at_most(1_000)], render_kw={"rows": 2})
    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def offer(self, quotable: Quotable) -> "StoryForm":
        """The periods, the latest first, and the actions of which the agency has public figures."""
        periods = [SelectChoice(period.key, period.words) for period in reversed(quotable.periods)]
        self.period_key.choices = [SelectChoice("", "Belum dipilih"), *periods]
        actions = {offer.action_key: offer.action for offer in quotable.offers.values() if offer.action_key}
        named = [SelectChoice(key, f"{key} {name}") for key, name in _sorted(actions)]
        self.action_key.choices = [SelectChoice("", "Semua aksi"), *named]
        return self

    def written(self, before: Written) -> Written:
        """What was typed; a field that could not be read, or did not come along, keeps what was there before."""
        values = {}
        for name, old in vars(before).items():
            field = self[name]
            values[name] = old if field.errors or not field.raw_data else _value(name, field.data)
        return Written(**values)


def _sorted(actions: dict[str, str]) -> list[tuple[str, str]]:
    """Aksi 2 before Aksi 10."""
    return sorted(actions.items(), key=lambda one: (len(one[0]), one[0]))


def _value(name: str, data: Any) -> Any:
    if name == "kind":
        return StoryKind(data)
    if name in _LINES:
        return lines_of(data)
    words = (data or "").replace("\r\n", "\n")
    return " ".join(words.split()) if name in _ONE_LINE else words


def form_data(written: Written, version: int) -> dict[str, Any]:
    lines = {name: "\n".join(getattr(written, name)) for name in _LINES}
    return vars(written) | lines | {"kind": written.kind.value, "revision": version}


def _says_what_is_seen(_form: FlaskForm, field: Field) -> None:
    if problem := alt_problem(field.data or ""):
        raise ValidationError(problem)


def _no_typed_figure(_form: FlaskForm, field: Field) -> None:
    if number := typed_number(field.data or ""):
        raise ValidationError(f"“{number}” terbaca sebagai angka capaian. Tulis angka di dalam isi, lewat Sisipkan.")


def _names_no_leader(form: "PictureForm", field: Field) -> None:
    leader = None if form.shows_leader.data else named(field.data or "", form.leaders)
    if leader:
        raise ValidationError(f"{sentence(leader)} Atau tandai bahwa gambar ini menampilkan pimpinan.")


class PictureForm(FlaskForm):
    file = FileField("Foto")
    alt = TextAreaField(
        "Apa yang terlihat pada foto",
        [_says_what_is_seen, _no_typed_figure, _names_no_leader, _at_most(500)],
        render_kw={"rows": 2},
    )
    caption = StringField("Keterangan", [_no_typed_figure, _names_no_leader, _at_most(300)])
    credit = StringField("Pemilik foto", [_names_no_leader, _at_most(200)])
    shows_leader = BooleanField("Menampilkan pimpinan")
    leaders: Sequence[Leader] = ()

    def of(self, leaders: Sequence[Leader]) -> "PictureForm":
        """Whom it may not name today."""
        self.leaders = leaders
        return self

    @property
    def described(self) -> Described:
        words = {name: " ".join((self[name].data or "").split()) for name in ("alt", "caption", "credit")}
        return Described(**words, shows_leader=self.shows_leader.data)


def _reason(label: str, missing: str) -> TextAreaField:
    return TextAreaField(label, [DataRequired(missing), _at_most(2_000)], render_kw={"rows": 3, "required": False})


class ReasonForm(FlaskForm):
    """One field, named as the operation names what it says."""

    @property
    def said(self) -> dict[str, str]:
        return {field.name: field.data for field in self if field.name != "csrf_token"}


class SendBackForm(ReasonForm):
    remark = _reason("Yang perlu diubah", "Tulis apa yang perlu diubah.")


class WithdrawForm(ReasonForm):
    reason = _reason("Alasan", "Tulis alasannya. Alasan ini tercatat dalam riwayat.")


class DiscardForm(FlaskForm):
    """`revision`: of the draft that was read, named as in StoryForm, which may send it too."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
