"""Papers that speak of an agency and a sub-aksi: swapped ones, and honest ones in every form of letterhead."""

from collections.abc import Iterator
from random import Random

from tests.evidence.shelf import country, paper
from tests.evidence.shelf.case import Case, bad

_DATED = "20 Juni 2020"
_OWN_KINDS = ("laporan", "notulen", "berita_acara", "keputusan", "rencana", "sop")
# Agencies with names that are easily mixed up, and all levels.
_PLACES = (
    "33.23",
    "33.07",
    "33.08",
    "33.71",
    "32.04",
    "32.17",
    "32.73",
    "11.07",
    "13.02",
    "18.01",
    "71.09",
    "73.10",
    "91.03",
    "91.71",
    "53.04",
    "12.12",
    "76.01",
    "63.03",
    "63.72",
    "34.04",
)
_RENAMED = (
    ("kemendikbud", "KEMENTERIAN PENDIDIKAN DAN KEBUDAYAAN"),
    ("kemenko-marves", "KEMENTERIAN KOORDINATOR BIDANG KEMARITIMAN"),
    ("kemenko-marves", "KEMENTERIAN KOORDINATOR BIDANG KEMARITIMAN DAN INVESTASI"),
    ("bp2mi", "BADAN NASIONAL PENEMPATAN DAN PERLINDUNGAN TENAGA KERJA INDONESIA (BNP2TKI)"),
    ("bp2mi", "BADAN PELINDUNGAN PEKERJA MIGRAN INDONESIA"),
)
# Honest words of Kabupaten Temanggung (or of the agency named) that name others.
_BESIDE = (
    "Kunjungan kerja ke Kabupaten Sleman dan Kota Yogyakarta dilaksanakan untuk studi banding.",
    "Kepada Yth. Gubernur Jawa Tengah c.q. Inspektur Provinsi Jawa Tengah di Semarang.",
    "Tembusan: Bupati Magelang, Bupati Wonosobo, dan Inspektur Jenderal Kementerian Dalam Negeri.",
    "Capaian serupa tercatat di Kabupaten Banyumas, Kabupaten Kebumen, dan Kota Semarang.",
    "Data diterima dari Kementerian Keuangan dan Badan Pengawasan Keuangan dan Pembangunan.",
)


def cases() -> Iterator[Case]:
    yield from _swapped()
    yield from _honest_heads()
    yield from _renamed()
    yield from _local_words()
    yield from _of_others()
    yield from _not_to_be_told()
    yield from _other_items()
    yield from _own_items()


def _offices() -> dict:
    return {office.code: office for office in country.offices()}


def _upper(code: str) -> str:
    name = _offices()[code].names[0].upper()
    return name if code[:1].isalpha() else f"PEMERINTAH {name}"


def _text(head: str, place: str, seed: int, item: str = "1-a", *, more: str = "") -> list[str]:
    """One page about a sub-aksi, in the words of its target and what is asked for."""
    rng = Random(seed)
    subject = next(one for one in country.surroundings().subjects if one.key == item)
    rows = [head, "INSPEKTORAT", f"Nomor 700/{rng.randint(1, 900)}/2020", f"Tentang {subject.title}", ""]
    rows += [f"{place}, {_DATED}", ""] if place else [_DATED, ""]
    said = subject.words.split()
    for number in range(6):
        start = rng.randrange(max(1, len(said) - 6))
        rows.append(
            f"{number + 1}. {subject.title}: {' '.join(said[start : start + 7])}, {rng.randint(10, 99)} persen."
        )
    return [row for long in [*rows, more] for row in _folded(long)]


def _folded(row: str) -> list[str]:
    words, lines = row.replace("(", "").replace(")", "").split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 80:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _typed(*words, **more) -> bytes:
    return paper.typed([_text(*words, **more)])


def _swapped() -> Iterator[Case]:
    """The neighbour's paper, handed in by mistake."""
    for seed, code in enumerate(_PLACES):
        other = _PLACES[(seed + 3) % len(_PLACES)]
        for kind in (_OWN_KINDS[seed % 6], _OWN_KINDS[(seed + 2) % 6]):
            yield bad(
                "paper of another agency",
                f"tertukar-{seed}.pdf",
                lambda seed=seed, other=other: _typed(_upper(other), "", seed),
                "other_agency",
                kind=kind,
                agency=code,
                item="1-a",
            )


def _honest_heads() -> Iterator[Case]:
    codes = [office.code for office in country.offices()]
    for seed, code in enumerate(codes[::7]):
        place = (_offices()[code].places or ("Jakarta",))[0]
        yield Case(
            "own letterhead",
            f"sendiri-{code}.pdf",
            lambda code=code, place=place, seed=seed: _typed(
                _upper(code), place, seed, more=_BESIDE[seed % len(_BESIDE)]
            ),
            kind=_OWN_KINDS[seed % 6],
            agency=code,
            item="1-a",
        )


def _renamed() -> Iterator[Case]:
    for seed, (code, head) in enumerate(_RENAMED):
        for kind in ("laporan", "keputusan", "notulen"):
            yield Case(
                "ministry under its name of before or after",
                f"nama-{seed}.pdf",
                lambda head=head, seed=seed: _typed(head, "Jakarta", seed),
                kind=kind,
                agency=code,
                item="1-a",
            )


def _local_words() -> Iterator[Case]:
    heads = (
        ("11.07", "PEMERINTAH ACEH KABUPATEN PIDIE", "QANUN KABUPATEN PIDIE NOMOR 3 TAHUN 2019"),
        ("11.07", "GAMPONG BLANG ASAN KECAMATAN KOTA SIGLI", "Geuchik Gampong Blang Asan"),
        ("13.77", "PEMERINTAH KOTA PARIAMAN", "NAGARI SUNUR"),
        ("18.04", "PEMERINTAH KABUPATEN LAMPUNG BARAT", "PEKON WAY MENGAKU"),
        ("91.03", "PEMERINTAH KABUPATEN JAYAPURA", "DISTRIK SENTANI KAMPUNG HOBONG"),
        ("33.23", "PEMERINTAH PROVINSI JAWA TENGAH", "PEMERINTAH KABUPATEN TEMANGGUNG"),
        ("33.23", "PEMERINTAH PROVINSI JAWA TENGAH", "Untuk seluruh kabupaten dan kota"),
        ("33.23", "KEMENTERIAN DALAM NEGERI REPUBLIK INDONESIA", "Kepada seluruh kepala daerah"),
    )
    for seed, (code, head, more) in enumerate(heads):
        for kind in ("laporan", "keputusan", "peraturan"):
            yield Case(
                "words of one region",
                f"daerah-{seed}.pdf",
                lambda head=head, more=more, seed=seed: _typed(head, "", seed, more=more),
                kind=kind,
                agency=code,
                item="1-a",
            )


def _of_others() -> Iterator[Case]:
    """Papers that come from others by their nature, and name the own agency."""
    for seed, code in enumerate(_PLACES):
        own = _offices()[code].names[0]
        yield Case(
            "letter of a ministry to the agency",
            f"surat-{seed}.pdf",
            lambda seed=seed, own=own: _typed(
                "KEMENTERIAN KEUANGAN REPUBLIK INDONESIA", "Jakarta", seed, more=f"Yth. Kepala Daerah {own}"
            ),
            kind="surat",
            agency=code,
            item="1-a",
        )


def _not_to_be_told() -> Iterator[Case]:
    """Papers that name another agency and not the own one, and are proof all the same: a ministry's letter to all who
    stand on a list, a region's paper in the hands of a ministry, minutes of a meeting that was held elsewhere."""
    heads = (
        ("KEMENTERIAN PERTANIAN REPUBLIK INDONESIA", "33.23", "surat", "Yth. daftar terlampir"),
        ("BADAN PENGAWAS OBAT DAN MAKANAN", "53.04", "surat", "Yth. para penerima undangan"),
        ("KEMENTERIAN PERHUBUNGAN", "76.01", "keputusan", "Berlaku sejak tanggal ditetapkan"),
        ("PEMERINTAH KABUPATEN WONOSOBO", "kementan", "surat", "Bersama ini disampaikan data yang diminta"),
        ("PEMERINTAH KABUPATEN SLEMAN", "kemendagri", "laporan", "Laporan menurut contoh yang ditentukan"),
        ("NOTULEN RAPAT KOORDINASI", "33.23", "notulen", "Rapat dilaksanakan di Kabupaten Magelang"),
        ("NOTULEN RAPAT KOORDINASI", "63.72", "notulen", "Kunjungan pada Pemerintah Kabupaten Kotabaru"),
    )
    for seed, (head, code, kind, more) in enumerate(heads):
        yield Case(
            "paper of others that the own agency may prove by",
            f"pihak-lain-{seed}.pdf",
            lambda head=head, more=more, seed=seed: _typed(head, "", seed, more=more),
            kind=kind,
            agency=code,
            item="1-a",
        )


def _other_items() -> Iterator[Case]:
    """A paper about another sub-aksi than the one that it is to prove."""
    keys = [one.key for one in country.surroundings().subjects]
    for seed in range(40):
        true, claimed = keys[seed % len(keys)], keys[(seed * 5 + 7) % len(keys)]
        if true.split("-")[0] == claimed.split("-")[0]:
            continue
        yield bad(
            "paper about another sub-aksi",
            f"aksi-{seed}.pdf",
            lambda seed=seed, true=true: _typed(_upper("33.23"), "Temanggung", seed, true),
            "other_item",
            kind=_OWN_KINDS[seed % 6],
            agency="33.23",
            item=claimed,
        )


def _own_items() -> Iterator[Case]:
    keys = [one.key for one in country.surroundings().subjects]
    for seed in range(120):
        key = keys[seed % len(keys)]
        yield Case(
            "paper about its own sub-aksi",
            f"sesuai-{seed}.pdf",
            lambda seed=seed, key=key: _typed(_upper("33.23"), "Temanggung", seed, key),
            kind=_OWN_KINDS[seed % 6],
            agency="33.23",
            item=key,
        )
