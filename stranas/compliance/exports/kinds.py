"""The kinds of files made on demand. A kind reads what its file shows in a short transaction and gives back a function
that writes the file with none open, telling how far it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reports.progress import Progress
from stranas.accounts.models import User
from stranas.accounts.policy import holds
from stranas.compliance.document import document
from stranas.compliance.exports import profiles, semesters
from stranas.compliance.exports.slices import Slice, sees_ranks
from stranas.compliance.formats import Format, file_name
from stranas.compliance.snapshot import Point
from stranas.compliance.workbook import national_workbook
from stranas.system.access import Permission

Parameters = Mapping[str, str]
# A report of more agencies takes longer than a reader waits for an answer: a printed agency with its obligations takes
# about a tenth of a second, and the line must not stand idle for more than ten.
AT_ONCE = 100


@dataclass(frozen=True)
class Prepared:
    """A file that only needs to be written: its name, and `write(to, progress)`."""

    name: str
    write: Callable[[Path, Progress], None]


@dataclass(frozen=True)
class Kind:
    """`name` stands in the rows; `unit` says what the progress counts. `of_quarter`: its slice names a quarter, so
    that it can be asked for beside a list of quarters."""

    name: str
    label: str
    unit: str
    media_type: str
    prepare: Callable[[Parameters, User], Prepared]
    of_quarter: bool = True


def _report(format: Format, parameters: Parameters, reader: User) -> Prepared:
    """Everything is read here; the document is plain values. Only the PDF tells in words what changed."""
    wanted = Slice.of(parameters)
    seen = wanted.snapshot(reader)
    before = wanted.point_before(reader) if format is Format.PDF else []
    shown = document(seen, ranked=sees_ranks(reader), trend=[*before, Point.of(seen)])
    return Prepared(file_name(shown, format), partial(format.write, shown))


def _semester(format: Format, parameters: Parameters, reader: User) -> Prepared:
    """Its slice names a semester in the place of a quarter. Only for readers of the whole country."""
    if not holds(reader, Permission.SEE_NATIONAL):
        raise PermissionError
    wanted = Slice.of(parameters)
    read = semesters.read(semesters.chosen(wanted.period), wanted.cutoff, reader)
    return Prepared(read.file_name(format), partial(format.write, read.document()))


def _profiles(suffix: str, write: Callable, parameters: Parameters, reader: User) -> Prepared:
    wanted = Slice.of(parameters)
    made = profiles.of(wanted, reader)
    name = f"profil-capaian-{wanted.period}-{profiles.stamp_of(wanted.cutoff)}.{suffix}"
    return Prepared(name, lambda to, progress: write(made, to, progress))


def _workbook(parameters: Parameters, reader: User) -> Prepared:
    """Reads period by period while it writes, each in a short transaction of its own."""
    wanted = Slice.of(parameters)
    book = national_workbook(until=wanted.period, ranked=sees_ranks(reader), **wanted.asked(reader))
    return Prepared(book.file_name, lambda to, progress: book.write(to, progress=progress))


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "report-xlsx",
            "Laporan kepatuhan, Excel",
            "baris",
            Format.XLSX.media_type,
            partial(_report, Format.XLSX),
        ),
        Kind("report-pdf", "Laporan kepatuhan, PDF", "bagian", Format.PDF.media_type, partial(_report, Format.PDF)),
        *(
            Kind(
                f"semester-{format.value}",
                f"Laporan semester, {words}",
                unit,
                format.media_type,
                partial(_semester, format),
                of_quarter=False,
            )
            for format, words, unit in ((Format.XLSX, "Excel", "baris"), (Format.PDF, "PDF", "bagian"))
        ),
        Kind(
            "workbook",
            "Buku kerja semua triwulan, Excel",
            "baris",
            Format.XLSX.media_type,
            _workbook,
        ),
        Kind(
            "profiles-zip",
            "Profil capaian tiap instansi, ZIP",
            "instansi",
            "application/zip",
            partial(_profiles, "zip", profiles.write_zip),
        ),
        Kind(
            "profiles-pdf",
            "Profil capaian semua instansi, satu PDF",
            "instansi",
            "application/pdf",
            partial(_profiles, "pdf", profiles.write_pdf),
        ),
    )
}


def kind_named(name: str) -> Kind:
    """Raises KeyError."""
    return KINDS[name]


def in_background(format: Format, agencies: int, *, of: str = "report") -> Kind | None:
    """The kind by which a report of so many agencies is made, where it is too large to be answered at once."""
    return KINDS.get(f"{of}-{format.value}") if agencies > AT_ONCE else None
