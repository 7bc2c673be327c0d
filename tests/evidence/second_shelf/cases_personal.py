"""Lists of ID and bank account numbers, and other long numbers that are neither."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from . import bases, chance, html, office, rawpdf, scans, sheets
from .case import Case
from .papers import Paper, Table, nip
from .readings import NO_CODE
from .sheets import account, nik, people

PLACES = ("Parakan", "Kedu", "Bulu", "Kranggan", "Jumo")
IZIN = ("Izin Usaha", "Izin Lokasi", "IMB", "TDUP", "Izin Apotek")


def nik_rows(r: random.Random, count: int, spaced: bool = False) -> list[list[str]]:
    out = []
    for i, name in enumerate(people(r, count), 1):
        n = nik(r)
        out.append([str(i), name, f"{n[:6]} {n[6:12]} {n[12:]}" if spaced else n, r.choice(PLACES), r.choice(IZIN)])
    return out


HEAD_NIK = ["No", "Nama Pemohon", "NIK", "Kecamatan", "Jenis Izin"]
HEAD_BANK = ["No", "Nama Pelaku Usaha", "Nama Bank", "No. Rekening", "Nilai Retribusi Izin"]


def bank_rows(r: random.Random, count: int, digits: int = 10, dashed: bool = False) -> list[list[str]]:
    out = []
    for i, name in enumerate(people(r, count), 1):
        n = account(r, digits)
        out.append(
            [
                str(i),
                name,
                r.choice(("Bank Jateng", "BRI", "BKK Temanggung")),
                f"{n[:4]}-{n[4:6]}-{n[6:]}" if dashed else n,
                f"{r.randint(2, 90)}0.000",
            ]
        )
    return out


def tabled(label: str, head: list[str], rows: list[list[str]], kind: str = "laporan") -> Paper:
    paper = bases.paper(label, kind)
    return replace(
        paper, body=(*paper.body[:3], Table(tuple(head), tuple(tuple(map(str, row)) for row in rows)), *paper.body[-2:])
    )


def in_form(form: str, label: str, head: list[str], rows: list[list[str]]) -> bytes:
    """The same list in a sheet, a text or on paper."""
    above = (
        "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU KABUPATEN TEMANGGUNG",
        "Daftar pemohon izin usaha melalui OSS",
    )
    title = "Keadaan 12 Juni 2020"
    make: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: sheets.xlsx(title, head, [list(x) for x in rows], above),
        "xlsx2": lambda: sheets.xlsx(
            title,
            bases.RECAP,
            bases.recap_rows(chance.rng(label)),
            above,
            second=("Lampiran", [list(head), *[list(x) for x in rows]]),
        ),
        "angka": lambda: sheets.xlsx(title, head, [[int(c) if c.isdigit() else c for c in x] for x in rows], above),
        "ods": lambda: sheets.ods(title, head, [list(x) for x in rows], above),
        "csv": lambda: sheets.csv_text(head, [list(x) for x in rows], above),
        "csvkoma": lambda: sheets.csv_text(head, [list(x) for x in rows], mark=",", code="utf-8"),
        "docx": lambda: office.docx(tabled(label, head, rows)),
        "odt": lambda: office.odt(tabled(label, head, rows)),
        "pdf": lambda: html.pdf(tabled(label, head, rows)),
        "pdf2": lambda: rawpdf.pdf(tabled(label, head, rows)),
        "scan": lambda: scans.scan_pdf(
            [scans.sheet(replace(tabled(label, head, rows), title=()), 200, "sans", 10)], 200, 60
        ),
    }
    return make[form]()


ENDS = {"xlsx2": "xlsx", "angka": "xlsx", "csvkoma": "csv", "pdf2": "pdf", "scan": "pdf"}
SHEETS = ("xlsx", "xlsx2", "angka", "ods", "csv", "csvkoma")
FORMS = (*SHEETS, "docx", "odt", "pdf", "pdf2")


def _case(label: str, form: str, head: list[str], rows: list[list[str]], said: frozenset[str]) -> Case:
    ending = ENDS.get(form, form)
    kind = "data" if form in SHEETS else "" if form in ("docx", "odt") else "laporan"
    return Case(label, f"{label}.{ending}".replace("/", "-"), lambda: in_form(form, label, head, rows), said, kind)


def cases() -> Iterator[Case]:
    said = bases.codes("personal_numbers")
    for i, form in enumerate((*FORMS, "scan", "scan", "scan")):
        for k in range(2 if form != "scan" else 1):
            label = f"daftar NIK {form} {i}-{k}"
            r = chance.rng(label)
            rows = nik_rows(r, r.randint(8, 14) if form != "scan" else 9, spaced=bool(k) and form in ("docx", "pdf"))
            yield _case(label, form, HEAD_NIK if k == 0 else ["No", "Nama", "No. KTP", "Alamat", "Izin"], rows, said)
    for form in ("xlsx", "pdf", "docx", "csv"):
        label = f"lima NIK saja {form}"
        yield _case(label, form, HEAD_NIK, nik_rows(chance.rng(label), 5), said)
    label = "NIK di dalam kalimat"
    r = chance.rng(label)
    many = "Pemohon dengan NIK " + ", ".join(nik(r) for _ in range(7)) + " telah menerima NIB."
    yield Case(label, "laporan.pdf", lambda: html.pdf(bases.paper(label).more(many)), said, "laporan")
    said = bases.codes("bank_numbers")
    heads = ("No. Rekening", "Nomor Rekening Bank", "No Rek", "Rekening Bank", "NO. REKENING")
    for i, form in enumerate(FORMS):
        for k in range(2):
            label = f"daftar rekening {form} {k}"
            head = [*HEAD_BANK[:3], heads[(i + k) % 5], HEAD_BANK[4]]
            r = chance.rng(label)
            yield _case(
                label,
                form,
                head,
                bank_rows(r, r.randint(7, 12), (10, 15, 13)[i % 3], dashed=bool(k) and form in ("xlsx", "pdf")),
                said,
            )
    label = "NIK dan rekening"
    r = chance.rng(label)
    rows = [[str(i), n, nik(r), account(r, 15)] for i, n in enumerate(people(r, 9), 1)]
    for form in ("xlsx", "pdf", "docx"):
        yield _case(
            f"{label} {form}",
            form,
            ["No", "Nama Penerima", "NIK", "No. Rekening BRI"],
            rows,
            bases.codes("personal_numbers", "bank_numbers"),
        )
    yield from _honest()


def _numbers() -> Iterator[tuple[str, list[str], Callable[[random.Random, int], list[str]]]]:
    """Honest lists of long numbers: heading, and a row for each."""

    def row(make: Callable[[random.Random], str], text: tuple[str, ...]) -> Callable[[random.Random, int], list[str]]:
        return lambda r, i: [str(i), r.choice(text), make(r), f"{r.randint(2, 950)}"]

    staff, goods = (
        ("Sigit", "Retno", "Bambang", "Endang", "Eko"),
        ("Belanja ATK", "Belanja cetak", "Belanja makan minum", "Perjalanan dinas"),
    )
    yield "NIP", ["No", "Nama Pegawai", "NIP", "Izin diproses"], row(lambda r: nip(r).replace(" ", ""), staff)
    yield "NIP berspasi", ["No", "Nama Pegawai", "NIP", "Izin diproses"], row(nip, staff)
    yield (
        "kode rekening",
        ["No", "Uraian", "Kode Rekening", "Anggaran (juta)"],
        row(lambda r: f"5.2.{r.randint(1, 3)}.{r.randint(1, 30):02d}.{r.randint(1, 20):02d}", goods),
    )
    yield (
        "nomor rekening belanja",
        ["No", "Uraian", "Nomor Rekening Belanja", "Anggaran (juta)"],
        row(lambda r: f"2.18.01.{r.randint(1, 30):02d}.5.2.{r.randint(1, 3)}.{r.randint(1, 30):02d}", goods),
    )
    yield (
        "NIB",
        ["No", "Pelaku Usaha", "NIB", "Nilai (juta)"],
        row(lambda r: f"91{r.randint(10**10, 10**11 - 1)}", ("CV Maju", "PT Sumbing", "UD Tani")),
    )
    yield (
        "NPWP",
        ["No", "Pelaku Usaha", "NPWP", "Nilai (juta)"],
        row(
            lambda r: f"{r.randint(1, 99):02d}.{r.randint(100, 999)}.{r.randint(100, 999)}.{r.randint(1, 9)}-533.000",
            ("CV Maju", "PT Sumbing", "UD Tani"),
        ),
    )
    yield (
        "kode anggaran 16 angka",
        ["No", "Kegiatan", "Kode Kegiatan", "Pagu (juta)"],
        row(lambda r: f"2180100{r.randint(1, 9)}0000{r.randint(1000, 9999)}", goods),
    )
    yield (
        "kode barang 16 angka",
        ["No", "Barang", "Kode Barang", "Jumlah"],
        row(lambda r: f"13205{r.randint(0, 99):02d}990000{r.randint(0, 999):03d}", ("Meja", "Laptop", "Printer")),
    )
    yield (
        "nomor SP2D",
        ["No", "Uraian", "Nomor SP2D", "Nilai (juta)"],
        row(lambda r: f"{r.randint(1000, 9999)}/SP2D-LS/2.18/2020", goods),
    )
    yield (
        "nomor izin OSS",
        ["No", "Izin", "Nomor Izin", "Hari"],
        row(lambda r: f"503/{r.randint(100, 999)}/DPMPTSP/V/2020", IZIN),
    )
    yield "telepon", ["No", "Nama", "Nomor Telepon", "Aduan"], row(lambda r: f"08{r.randint(10**9, 10**10 - 1)}", staff)
    yield "NIK disamarkan", ["No", "Nama", "NIK", "Umur"], row(lambda r: f"3323**********{r.randint(10, 99)}", staff)
    yield "NIK dihitamkan", ["No", "Nama", "NIK", "Umur"], row(lambda r: f"{nik(r)[:6]}xxxxxxxxxx", staff)
    yield "nomor kartu keluarga kosong", ["No", "Nama", "NIK", "Umur"], row(lambda r: "-", staff)
    yield (
        "nilai rupiah besar",
        ["No", "Uraian", "Nilai Investasi (Rp)", "Tenaga Kerja"],
        row(lambda r: str(r.randint(10**9, 10**11)), ("PMA", "PMDN")),
    )
    yield (
        "kode RUP",
        ["No", "Paket izin", "Kode RUP", "Pagu (juta)"],
        row(lambda r: str(r.randint(22_000_000, 25_000_000)), goods),
    )
    yield (
        "koordinat",
        ["No", "Lokasi izin", "Koordinat", "Luas"],
        row(lambda r: f"-7.{r.randint(10**13, 10**14)}", PLACES),
    )
    yield (
        "nomor meter",
        ["No", "Lokasi izin", "ID Pelanggan", "Daya"],
        row(lambda r: f"52{r.randint(10**9, 10**10 - 1)}", PLACES),
    )
    yield (
        "angka akuntansi",
        ["No", "Akun", "Saldo (Rp)", "Ref"],
        row(lambda r: f"{r.randint(1, 9)}.{r.randint(100, 999)}.{r.randint(100, 999)}.{r.randint(100, 999)},00", goods),
    )
    yield (
        "tanggal berderet",
        ["No", "Izin", "Masuk-Selesai", "Hari"],
        row(lambda r: f"202005{r.randint(10, 28)}202006{r.randint(10, 25)}", IZIN),
    )


def _honest() -> Iterator[Case]:
    for i, (name, head, make) in enumerate(_numbers()):
        for form in ("xlsx" if i % 2 else "csv", "pdf", "docx" if i % 3 else "ods"):
            label = f"bukan data pribadi {name} {form}"
            r = chance.rng(label)
            yield _case(label, form, head, [make(r, k) for k in range(1, 11)], NO_CODE)
    for form in ("xlsx", "pdf", "docx", "csv"):
        label = f"empat NIK saja {form}"
        yield _case(label, form, HEAD_NIK, nik_rows(chance.rng(label), 4), NO_CODE)
        label = f"tiga rekening saja {form}"
        yield _case(label, form, HEAD_BANK, bank_rows(chance.rng(label), 3), NO_CODE)
