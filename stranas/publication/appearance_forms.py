"""Where a story appeared, as Humas types it. Days are those of the agency's zone."""

import re
from datetime import date

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from stranas.evidence.rules import BadLink
from stranas.publication.appearing import address_of, day_problem, medium_name
from stranas.publication.profile_forms import Day
from stranas.system import text

MOST_REACH = 300_000_000  # the people of the country, and some
WHOLE = "Tulis bilangan bulat, misalnya 1.250."
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")


class Count(IntegerField):
    """Reads "1250" and "1.250"; says in Indonesian what is wrong with what was typed."""

    def process_formdata(self, valuelist):
        typed = [words.replace(".", "") if _GROUPED.fullmatch(words.strip()) else words for words in valuelist]
        try:
            super().process_formdata(typed)
        except ValueError:
            raise ValueError(WHOLE) from None


class AppearanceForm(FlaskForm):
    """Fields in the order in which one judges the other: the medium says whether its address is a link."""

    medium = StringField(
        "Media",
        [DataRequired("Pilih atau tulis medianya."), Length(max=80, message="Paling panjang 80 huruf.")],
        filters=[lambda words: medium_name(words) if words else words],
    )
    address = StringField("Tautan atau tempat", [Length(max=2000, message="Paling panjang 2.000 huruf.")])
    appeared_on = Day("Tanggal tayang", [InputRequired("Isi tanggal tayangnya.")])
    reach = Count("Jangkauan (bila diketahui)", [Optional()])
    counted = StringField("Yang dihitung", [Length(max=80, message="Paling panjang 80 huruf.")])
    note = StringField("Catatan", [Length(max=500, message="Paling panjang 500 huruf.")])
    published_on: date | None = None
    today: date | None = None

    def of(self, *, published_on: date, today: date) -> "AppearanceForm":
        """Which days it may bear."""
        self.published_on, self.today = published_on, today
        return self

    def validate_address(self, field: StringField) -> None:
        try:
            field.data = address_of(field.data or "", self.medium.data or "")
        except BadLink as bad:
            raise ValidationError(bad.sentence) from None

    def validate_appeared_on(self, field: Day) -> None:
        problem = field.data and day_problem(field.data, published_on=self.published_on, today=self.today)
        if problem:
            raise ValidationError(problem)

    def validate_reach(self, field: Count) -> None:
        if field.data is not None and not 0 <= field.data <= MOST_REACH:
            raise ValidationError(f"Tulis jumlah dari 0 sampai {text.number(MOST_REACH)}.")

    def validate_counted(self, field: StringField) -> None:
        if self.reach.data is not None and not (field.data or "").strip():
            raise ValidationError("Tulis apa yang dihitung, misalnya tayangan atau oplah.")
