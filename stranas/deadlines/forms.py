"""What is asked on the pages of deadlines. Days are in WIB; a day means its end."""

from collections.abc import Sequence
from datetime import date, datetime

from flask_wtf import FlaskForm
from wtforms import DateField, DateTimeLocalField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation, ValidationError

from stranas.catalogue.models import Period
from stranas.deadlines.rules import BEYOND_VERIFICATION, Instants, end_of, move_problem, until_problem
from stranas.system import text

FIRST_DAY, LAST_DAY = date(2019, 1, 1), date(2099, 12, 31)
LONGEST = 2000
REASON = [DataRequired("Tulis alasannya."), Length(max=LONGEST, message=f"Paling panjang {LONGEST} huruf.")]
DAY = "Tulis tanggalnya, misalnya 20 Juli 2020."


def sensible(_form: FlaskForm, field: DateField) -> None:
    """A day of this century's programmes: a mistyped year is said at its field."""
    day = field.data.date() if isinstance(field.data, datetime) else field.data
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise StopValidation("Periksa tahunnya.")


def day_field(label: str) -> DateField:
    return DateField(label, [InputRequired(DAY), sensible])


class UntilForm(FlaskForm):
    """A last day, within what the rules allow for the period."""

    until = day_field("Hari terakhir")
    period: Period | None = None

    def of(self, period: Period) -> "UntilForm":
        self.period = period
        return self

    def validate_until(self, field: DateField) -> None:
        if self.period is None or field.data is None:
            return
        problem = until_problem(
            end_of(field.data), due_at=self.period.due_at, verification_ends_at=self.period.verification_ends_at
        )
        if problem:
            raise ValidationError(problem)

    @property
    def until_at(self) -> datetime:
        return end_of(self.until.data)


class AskForm(UntilForm):
    """An agency asks. Only items that it owes in the period are offered."""

    item = SelectField("Untuk", coerce=int)
    reason = TextAreaField("Alasan", REASON)
    letter = StringField("Nomor surat", [Length(max=200, message="Paling panjang 200 huruf.")])

    def offer(self, items: Sequence[tuple[int, str, str]]) -> "AskForm":
        self.item.choices = [(0, "Seluruh kewajiban pada triwulan ini"), *item_choices(items)]
        return self


def item_choices(items: Sequence[tuple[int, str, str]]) -> list[tuple[int, str]]:
    return [(item_id, f"{key} {name}") for item_id, key, name in items]


class GrantForm(UntilForm):
    """The secretariat's answer to a request, until a day that the page has shown with what it changes."""

    note = TextAreaField("Keterangan untuk instansi", [Length(max=LONGEST, message=f"Paling panjang {LONGEST} huruf.")])


class DeclineForm(FlaskForm):
    answer = TextAreaField(
        "Jawaban tertulis",
        [DataRequired("Tulis jawabannya: instansi membaca mengapa permintaan belum dikabulkan."), Length(max=LONGEST)],
    )


class ExtensionForm(UntilForm):
    """The secretariat by itself: which period, whom, which item. `whom`: "agency:ID" or "province:ID"."""

    period_key = SelectField("Triwulan")
    whom = SelectField("Untuk")
    item = SelectField("Sub-aksi", coerce=int)

    def offer(self, periods: Sequence, whom: dict[str, list[tuple[str, str]]], items: Sequence) -> "ExtensionForm":
        self.period_key.choices = [(period.key, period.title) for period in periods]
        self.whom.choices = {"": [("", "Pilih instansi atau wilayah")], **whom}
        self.item.choices = [(0, "Semua sub-aksi"), *item_choices(items)]
        return self

    def validate_whom(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Pilih instansi atau wilayah provinsi.")


class GrantExtensionForm(ExtensionForm):
    reason = TextAreaField("Alasan", REASON)


class OutageForm(FlaskForm):
    """From when until when the service was not reachable (WIB), and until which day what was due in between runs."""

    began = DateTimeLocalField("Mulai (WIB)", validators=[InputRequired("Tulis tanggal dan jamnya."), sensible])
    ended = DateTimeLocalField("Selesai (WIB)", validators=[InputRequired("Tulis tanggal dan jamnya."), sensible])
    until = day_field("Diperpanjang sampai akhir hari")
    now: datetime | None = None

    def at(self, now: datetime) -> "OutageForm":
        self.now = now
        return self

    def validate_ended(self, field: DateTimeLocalField) -> None:
        if self.began.data and field.data and field.data <= self.began.data:
            raise ValidationError("Waktu selesai harus sesudah waktu mulai.")
        if field.data and self.now and jakarta(field.data) > self.now:
            raise ValidationError("Gangguan dicatat setelah selesai. Tulis waktu selesainya.")

    def validate_until(self, field: DateField) -> None:
        if self.ended.data and field.data and end_of(field.data) <= jakarta(self.ended.data):
            raise ValidationError("Pilih hari yang berakhir sesudah gangguan selesai.")

    def fits(self, periods: Sequence[Period]) -> bool:
        """Adds to its field that nothing runs longer than verification does."""
        ends = [period.verification_ends_at for period in periods]
        if ends and self.until_at > min(ends):
            self.until.errors = [*self.until.errors, BEYOND_VERIFICATION]
            return False
        return True

    @property
    def window(self) -> tuple[datetime, datetime]:
        return jakarta(self.began.data), jakarta(self.ended.data)

    @property
    def until_at(self) -> datetime:
        return end_of(self.until.data)


class RecordOutageForm(OutageForm):
    reason = TextAreaField("Alasan", REASON)


class MoveForm(FlaskForm):
    """All three instants of a period, as last days. `seen`: those from which the decider started."""

    due_at = day_field("Hari terakhir batas waktu")
    locks_at = day_field("Hari terakhir pengisian")
    verification_ends_at = day_field("Hari terakhir verifikasi")
    seen = HiddenField(validators=[Optional()])

    def start_from(self, before: Instants) -> "MoveForm":
        self.seen.data = told(before)
        for name, value in vars(before).items():
            self[name].data = text.last_day(value)
        return self

    def to(self, before: Instants) -> Instants:
        """A day that was not changed keeps its very instant."""
        return Instants(
            **{
                name: value if self[name].data == text.last_day(value) else end_of(self[name].data)
                for name, value in vars(before).items()
            }
        )

    def allowed(self, before: Instants, *, at: datetime) -> bool:
        """Adds the rule that forbids the move to its field."""
        problem = move_problem(before, self.to(before), at=at)
        if problem:
            field, sentence = problem
            self[field].errors = [*self[field].errors, sentence]
        return problem is None


class MoveWithReasonForm(MoveForm):
    reason = TextAreaField("Alasan", REASON)


def told(instants: Instants) -> str:
    return " ".join(value.isoformat() for value in vars(instants).values())


def jakarta(local: datetime) -> datetime:
    """What a clock in Jakarta showed, as an instant."""
    return local.replace(tzinfo=text.JAKARTA)
