"""Offices with their letterheads, places and heads."""

from dataclasses import dataclass

TEMANGGUNG_PLACES = (
    "Parakan",
    "Ngadirejo",
    "Kranggan",
    "Pringsurat",
    "Kaloran",
    "Candiroto",
    "Tembarak",
    "Selopampang",
    "Jumo",
    "Bejen",
    "Tretep",
    "Wonoboyo",
    "Gemawang",
    "Kedu",
    "Bansari",
    "Kledung",
    "Tlogomulyo",
)


@dataclass(frozen=True)
class Office:
    """Who writes: the lines of the letterhead, where, and who signs."""

    code: str
    head: tuple[str, ...]
    seat: str
    places: tuple[str, ...]
    chief: str
    unit: str
    region: str


NAMES = (
    "Drs. Sigit Haryanto, M.Si.",
    "Ir. Retno Widyastuti",
    "Bambang Prasetyo, S.H.",
    "Dra. Endang Lestari, M.M.",
    "Agus Supriyadi, S.Sos.",
    "Nurul Hidayati, S.E., M.Ak.",
    "Eko Wahyudi, S.Kom.",
    "Sri Mulyani Rahayu, S.STP.",
    "Teguh Santoso, S.T., M.T.",
    "Wahyu Kurniawan, S.IP.",
    "Dwi Astuti, A.Md.",
    "Joko Purnomo, S.Pd.",
    "Hendra Gunawan, S.T.",
    "Maria Ulfah, S.H., M.H.",
    "Yohanes Kristanto, S.E.",
    "Siti Aminah, S.Ag.",
)

OPD = (
    "Dinas Pekerjaan Umum",
    "Dinas Lingkungan Hidup",
    "Dinas Kesehatan",
    "Dinas Perhubungan",
    "Bagian Hukum",
    "Dinas Pertanian",
    "Dinas Koperasi dan Perdagangan",
    "Satpol PP",
    "Badan Keuangan Daerah",
    "Bagian Organisasi",
)
POSTS = (
    "Kepala Bidang",
    "Kepala Seksi",
    "Kepala Subbagian",
    "Analis",
    "Pengelola Data",
    "Staf",
    "Sekretaris",
    "Auditor",
)

_OWN_UNITS = (
    ("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "Kepala Dinas", "Jalan Jenderal Sudirman Nomor 41"),
    ("Inspektorat Daerah", "Inspektur", "Jalan Setia Budi Nomor 2"),
    ("Sekretariat Daerah", "Sekretaris Daerah", "Jalan Jenderal Ahmad Yani Nomor 32"),
    ("Dinas Komunikasi dan Informatika", "Kepala Dinas", "Jalan Gajah Mada Nomor 85"),
    ("Badan Perencanaan Pembangunan Daerah", "Kepala Badan", "Jalan Pahlawan Nomor 10"),
    ("Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", "Kepala Badan", "Jalan Suwandi Suwardi Nomor 7"),
    ("Dinas Pemberdayaan Masyarakat dan Desa", "Kepala Dinas", "Jalan Kadar Maron Nomor 3"),
)


def own(index: int = 0) -> Office:
    """One of the offices of Kabupaten Temanggung."""
    unit, chief, street = _OWN_UNITS[index % len(_OWN_UNITS)]
    head = (
        "PEMERINTAH KABUPATEN TEMANGGUNG",
        unit.upper(),
        f"{street} Telp. (0293) 49{1000 + 37 * index} Temanggung 56213",
    )
    return Office("33.23", head, "Temanggung", TEMANGGUNG_PLACES, chief, unit, "Kabupaten Temanggung")


def local(code: str, name: str, seat: str, places: tuple[str, ...], government: str = "") -> Office:
    """An office of another region, whose name begins with Kabupaten, Kota or Provinsi."""
    top = government or f"PEMERINTAH {name.upper()}"
    head = (top, "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU", f"Jalan Pemuda Nomor 17 {seat}")
    return Office(
        code, head, seat, places, "Kepala Dinas", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", name
    )


def ministry(code: str, name: str, unit: str = "Sekretariat Jenderal", chief: str = "Sekretaris Jenderal") -> Office:
    head = (name.upper(), unit.upper(), "Jalan Medan Merdeka Barat Nomor 8 Jakarta 10110")
    return Office(code, head, "Jakarta", ("Utara", "Selatan", "Tengah", "Barat"), chief, unit, name)


WONOSOBO = local("33.07", "Kabupaten Wonosobo", "Wonosobo", ("Kertek", "Garung", "Mojotengah", "Kejajar", "Sapuran"))
MAGELANG = local("33.08", "Kabupaten Magelang", "Mungkid", ("Secang", "Grabag", "Muntilan", "Salaman", "Tempuran"))
KENDAL = local("33.24", "Kabupaten Kendal", "Kendal", ("Weleri", "Kaliwungu", "Boja", "Sukorejo", "Patean"))
BANDUNG = local("32.04", "Kabupaten Bandung", "Soreang", ("Majalaya", "Ciparay", "Banjaran", "Pangalengan"))
SURABAYA = local("35.78", "Kota Surabaya", "Surabaya", ("Wonokromo", "Rungkut", "Gubeng", "Sukolilo"))
KENDARI = local("74.71", "Kota Kendari", "Kendari", ("Mandonga", "Baruga", "Poasia", "Kadia"))
KOTABARU = local("63.02", "Kabupaten Kotabaru", "Kotabaru", ("Pamukan", "Kelumpang", "Sampanahan"))
JATENG = local("33", "Provinsi Jawa Tengah", "Semarang", ("Utara", "Selatan", "Tengah"))
KULONPROGO = local("34.01", "Kabupaten Kulon Progo", "Wates", ("Sentolo", "Nanggulan", "Girimulyo"))
OTHERS = (WONOSOBO, MAGELANG, KENDAL, BANDUNG, SURABAYA, KENDARI, KOTABARU, KULONPROGO)

ACEH = local("11", "Provinsi Aceh", "Banda Aceh", ("Utara", "Barat", "Tengah"), "PEMERINTAH ACEH")
ACEH_BESAR = local("11.06", "Kabupaten Aceh Besar", "Kota Jantho", ("Lhoong", "Indrapuri", "Seulimeum"))
AGAM = local("13.06", "Kabupaten Agam", "Lubuk Basung", ("Matur", "Baso", "Tilatang Kamang"))
TANGGAMUS = local("18.06", "Kabupaten Tanggamus", "Kota Agung", ("Gisting", "Talang Padang", "Wonosobo"))
MANOKWARI = local("92.02", "Kabupaten Manokwari", "Manokwari", ("Warmare", "Prafi", "Masni"))
KUKAR = local("64.02", "Kabupaten Kutai Kartanegara", "Tenggarong", ("Muara Badak", "Loa Kulu", "Samboja"))
JAKARTA = local("31", "Provinsi Daerah Khusus Ibukota Jakarta", "Jakarta", ("Gambir", "Menteng", "Tebet"))
TOBA = local("12.12", "Kabupaten Toba Samosir", "Balige", ("Laguboti", "Porsea", "Silaen"))
