"""Forms of the library: what stands on a paper, and how open it is."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from stranas.catalogue.models import DocumentKind
from stranas.evidence.operations import Facts
from stranas.evidence.rules import FIXABLE, LONGEST_NAME, PROPOSABLE, Publicity, clean_name, ending_of
from stranas.system import clock, text

LONGEST_DESCRIPTION = 2000
KINDS = [SelectChoice(kind.value, kind.label) for kind in DocumentKind]


def _stripped(words: str | None) -> str | None:
    return words.strip() if words else words


def _fits(most: int) -> Length:
    return Length(max=most, message=f"Tulis paling banyak {text.number(most)} huruf.")


class FactsForm(FlaskForm):
    """Every fact may stay empty; `opened` says from which facts the form began."""

    name = StringField("Nama", [DataRequired("Isi nama dokumen."), _fits(LONGEST_NAME)], filters=[_stripped])
    kind = SelectField("Jenis", choices=[SelectChoice("", "Belum diisi"), *KINDS])
    number = StringField("Nomor", [_fits(200)], filters=[_stripped])
    dated_on = DateField("Tanggal", [Optional()])
    signatory = StringField("Penanda tangan", [_fits(200)], filters=[_stripped])
    description = TextAreaField("Keterangan", [_fits(LONGEST_DESCRIPTION)], filters=[_stripped], render_kw={"rows": 3})
    opened = HiddenField()

    def begin(self, *, ending: str, zone: str) -> "FactsForm":
        """`ending`: of the file's name; the checks judge a file by it, so it stays. A link has none."""
        self.ending, self.zone = ending, zone
        return self

    def validate_name(self, field) -> None:
        if self.ending and ending_of(field.data) != self.ending:
            raise ValidationError(f"Akhiran nama berkas tetap .{self.ending}, sebab isinya tidak berubah.")

    def validate_dated_on(self, field) -> None:
        if field.data and field.data > text.local_day(clock.now(), self.zone):
            raise ValidationError("Tanggal dokumen tidak boleh sesudah hari ini. Periksa tahunnya.")

    @property
    def facts(self) -> Facts:
        return Facts(
            name=clean_name(self.name.data) if self.ending else self.name.data,
            kind=DocumentKind(self.kind.data) if self.kind.data else None,
            number=self.number.data or "",
            dated_on=self.dated_on.data,
            signatory=self.signatory.data or "",
            description=(self.description.data or "").replace("\r\n", "\n"),
        )

    @staticmethod
    def data_of(facts: Facts) -> dict[str, Any]:
        return vars(facts) | {"kind": facts.kind.value if facts.kind else ""}


class _PublicityForm(FlaskForm):
    """`seen`: the class that stood on the page when it was opened."""

    publicity = RadioField("Klasifikasi", [InputRequired("Pilih satu klasifikasi.")])
    ground = TextAreaField("Alasan", [_fits(LONGEST_DESCRIPTION)], filters=[_stripped], render_kw={"rows": 3})
    seen = HiddenField()

    @property
    def chosen(self) -> Publicity:
        return Publicity(self.publicity.data)

    @property
    def seen_class(self) -> Publicity | None:
        return next((one for one in Publicity if one.value == self.seen.data), None)


class ClassForm(_PublicityForm):
    """The Inspektorat's word."""

    publicity = RadioField(
        "Klasifikasi",
        [InputRequired("Pilih satu klasifikasi.")],
        choices=[SelectChoice(one.value, one.label) for one in PROPOSABLE],
    )

    def validate_ground(self, field) -> None:
        if self.publicity.data == Publicity.PROPOSED_EXEMPT.value and not field.data:
            raise ValidationError("Tulis alasan usul, misalnya pasal yang menjadi dasar dan bagian yang rahasia.")


class DecisionForm(_PublicityForm):
    """The PPID's word; whatever he says, he says why."""

    publicity = RadioField(
        "Penetapan",
        [InputRequired("Pilih satu penetapan.")],
        choices=[
            SelectChoice(one.value, f"Tetapkan {one.label.lower()}" if one is Publicity.EXEMPT else one.label)
            for one in FIXABLE
        ],
    )
    ground = TextAreaField(
        "Dasar atau catatan",
        [
            DataRequired("Tulis dasar penetapan, atau catatan mengapa usul tidak diterima."),
            _fits(LONGEST_DESCRIPTION),
        ],
        filters=[_stripped],
        render_kw={"rows": 3},
    )
