"""What an agency says about how it publishes."""

import re

from flask_wtf import FlaskForm
from wtforms import ColorField, DateField, FileField, StringField
from wtforms.validators import Length, Optional, ValidationError

from stranas.evidence.rules import BadLink
from stranas.publication.colours import HOUSE_ACCENT, HOUSE_COLOUR, is_colour
from stranas.publication.https import https_address
from stranas.publication.queries.profiles import Profile

TOO_LONG = "Paling panjang 200 huruf."
REACHED = re.compile(r"\S@\S+\.\S|\d(?:[ ().-]?\d){4}")  # a mail address, or at least five digits
DAY = "Isi tanggal, misalnya 26 September 2020."


class Day(DateField):
    """Says in Indonesian what is wrong with what was typed."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(DAY) from None


class ProfileForm(FlaskForm):
    drafting_unit = StringField("Unit yang menyusun", [Length(max=200, message=TOO_LONG)])
    approving_office = StringField("Jabatan yang menyetujui", [Length(max=200, message=TOO_LONG)])
    website = StringField("Situs resmi instansi", [Length(max=200, message=TOO_LONG)])
    press_contact = StringField("Narahubung media", [Length(max=200, message=TOO_LONG)])
    colour = ColorField("Warna utama")
    accent = ColorField("Warna aksen")
    election_from = Day("Masa pilkada mulai", [Optional()])
    election_until = Day("Masa pilkada sampai", [Optional()])

    def validate_website(self, field: StringField) -> None:
        try:
            field.data = https_address(field.data) if (field.data or "").strip() else ""
        except BadLink as bad:
            raise ValidationError(bad.sentence) from None

    def validate_press_contact(self, field: StringField) -> None:
        field.data = " ".join((field.data or "").split())
        if field.data and not REACHED.search(field.data):
            raise ValidationError("Tambahkan nomor telepon atau alamat surel.")

    def validate_colour(self, field: ColorField) -> None:
        field.data = (field.data or "").lower()
        if not is_colour(field.data):
            raise ValidationError("Pilih warna, misalnya #0e5057.")

    validate_accent = validate_colour

    def validate_election_until(self, field: DateField) -> None:
        if field.data and not self.election_from.data:
            raise ValidationError("Isi juga tanggal mulainya, atau kosongkan keduanya.")
        if field.data and self.election_from.data and field.data < self.election_from.data:
            raise ValidationError("Tanggal sampai tidak boleh sebelum tanggal mulai.")


def filled(profile: Profile) -> ProfileForm:
    """The form of a profile as it stands; where no colour was chosen, those of the house."""
    names = ("drafting_unit", "approving_office", "website", "press_contact", "election_from", "election_until")
    values = {name: getattr(profile, name) for name in names}
    values |= {"colour": profile.colour or HOUSE_COLOUR, "accent": profile.accent or HOUSE_ACCENT}
    return ProfileForm(formdata=None, data=values)


class LogoForm(FlaskForm):
    logo = FileField("Berkas logo")
