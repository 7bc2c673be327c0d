"""Lists of people that no proof needs, and honest tables full of other long numbers."""

from collections.abc import Iterator
from random import Random

from tests.evidence import samples
from tests.evidence.shelf import office, paper
from tests.evidence.shelf.case import Case, bad

_HEADS = ("NIK", "No. KTP", "Nomor Induk Kependudukan", "NIK Penerima", "No KK", "Nomor KK")
_BANKS = ("No. Rekening", "Nomor Rekening Bank", "No Rek", "Rekening Penerima")


def cases() -> Iterator[Case]:
    yield from _identities()
    yield from _accounts()
    yield from _honest_tables()
    yield from _honest_papers()


def nik(rng: Random) -> str:
    day = rng.randint(1, 28) + rng.choice((0, 40))
    place = f"33{rng.randint(1, 29):02}{rng.randint(1, 20):02}"
    return f"{place}{day:02}{rng.randint(1, 12):02}{rng.randint(50, 99)}{rng.randint(1, 999):04}"


def _csv(head: tuple[str, ...], rows: int, row) -> bytes:
    return samples.csv_table((head, *(row(number) for number in range(1, rows + 1))))


def _identities() -> Iterator[Case]:
    for seed in range(24):
        rng = Random(seed)
        head = _HEADS[seed % 6]
        yield bad(
            "list of recipients with their numbers",
            f"penerima-{seed}.csv",
            lambda rng=rng, head=head: _csv(("No", "Nama", head), 12, lambda n: (n, f"Warga {n}", nik(rng))),
            "personal_numbers",
            kind="data",
        )
    for seed in range(8):
        rows = [f"{n} Warga {n} {nik(Random(seed * 50 + n))} Kecamatan {n}" for n in range(1, 14)]
        yield bad(
            "the same list printed",
            f"daftar-{seed}.pdf",
            lambda rows=rows: paper.typed([["PEMERINTAH KABUPATEN TEMANGGUNG", "20 Juni 2020", "No Nama NIK", *rows]]),
            "personal_numbers",
            kind="laporan",
        )
    for seed in range(6):
        rng = Random(100 + seed)
        yield bad(
            "worksheet with a column of NIK",
            f"bansos-{seed}.xlsx",
            lambda rng=rng: samples.xlsx((("No", "Nama", "NIK"), *((n, f"Warga {n}", nik(rng)) for n in range(1, 20)))),
            "personal_numbers",
            kind="data",
        )


def _accounts() -> Iterator[Case]:
    for seed in range(22):
        rng = Random(seed)
        head, width = _BANKS[seed % 4], 9 + seed % 6
        yield bad(
            "payments with account numbers",
            f"penyaluran-{seed}.csv",
            lambda rng=rng, head=head, width=width: _csv(
                ("No", "Nama", head, "Nilai"),
                10,
                lambda n: (n, f"Kelompok {n}", rng.randrange(10 ** (width - 1), 10**width), 1500000),
            ),
            "bank_numbers",
            kind="data",
        )


def _honest_tables() -> Iterator[Case]:
    columns = (
        ("Kode Rekening", lambda n, r: f"5.1.02.01.01.{n:04}"),
        ("NIP", lambda n, r: f"1980{r.randint(1, 12):02}{r.randint(1, 28):02}20050{r.randint(1, 9)}1{n:03}"),
        ("Kode SIPD", lambda n, r: str(r.randrange(10**15, 10**16))[:-4] + "0000"),
        ("NIK", lambda n, r: f"3323********{n:04}"),
        ("Nilai (Rp)", lambda n, r: f"{r.randrange(10**9, 10**12):,}".replace(",", ".")),
        ("Nomor Izin", lambda n, r: f"503/{n}/{r.randint(1, 99)}/2020"),
        ("NIB", lambda n, r: str(r.randrange(10**12, 10**13))),
        ("Telepon", lambda n, r: f"0812{r.randrange(10**7, 10**8)}"),
        ("Jumlah NIK padan", lambda n, r: r.randint(100, 90000)),
        ("Kode Rekening Belanja", lambda n, r: f"5 2 2 03 {n:02}"),
    )
    for seed in range(80):
        rng = Random(seed)
        head, make = columns[seed % len(columns)]
        yield Case(
            f"table of {head}",
            f"tabel-{seed}.csv",
            lambda rng=rng, head=head, make=make: _csv(
                ("No", "Uraian", head), 15, lambda n: (n, f"Kegiatan {n}", make(n, rng))
            ),
            kind="data",
        )
    for seed in range(20):
        yield Case(
            "worksheet of figures",
            f"angka-{seed}.xlsx",
            lambda seed=seed: office.worksheet(seed + 900, 60),
            kind="data",
        )


def _honest_papers() -> Iterator[Case]:
    for seed in range(20):
        rng = Random(seed)
        two = [f"Pihak pertama NIK {nik(rng)}", f"Pihak kedua NIK {nik(rng)}", "Rekening Kas Daerah 1023004567"]
        yield Case(
            "agreement that names two persons",
            f"perjanjian-{seed}.pdf",
            lambda seed=seed, two=two: paper.typed([[*paper.lines(seed), *two]]),
            kind="perjanjian",
        )
