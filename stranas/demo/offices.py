"""Which unit of an agency does the work of an item and holds its documents. Invented where sources are silent."""

from stranas.demo.story import Place

_LOCAL = {
    "1-a": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "2-a": "Dinas Pekerjaan Umum dan Penataan Ruang",
    "2-b": "Dinas Lingkungan Hidup dan Kehutanan",
    "3-a": "Dinas Sosial",
    "6-a": "Badan Perencanaan Pembangunan Daerah",
    "7-a": "Unit Kerja Pengadaan Barang dan Jasa",
    "7-b": "Biro Pengadaan Barang dan Jasa",
    "7-c": "Biro Pengadaan Barang dan Jasa",
    "9-a": "Inspektorat Daerah",
    "9-b": "Dinas Komunikasi dan Informatika",
    "9-c": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "10-a": "Dinas Pemberdayaan Masyarakat dan Desa",
}
_NATIONAL = {
    "1": "Biro Perencanaan dan Kerja Sama",
    "2": "Pusat Data Geospasial",
    "3": "Pusat Data dan Informasi",
    "4": "Pusat Data dan Informasi",
    "5": "Unit Pengawasan Internal",
    "6": "Biro Perencanaan dan Keuangan",
    "7": "Biro Umum dan Pengadaan",
    "9": "Biro Organisasi dan Tata Laksana",
    "10": "Biro Perencanaan",
    "11": "Pusat Data dan Informasi",
}


def office_of(place: Place, item_key: str) -> str:
    if place.is_local:
        return _LOCAL.get(item_key, "Sekretariat Daerah")
    return _NATIONAL.get(item_key.partition("-")[0], "Sekretariat Utama")


def short(office: str) -> str:
    """How a report names the unit on second mention."""
    return {
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu": "DPMPTSP",
        "Unit Kerja Pengadaan Barang dan Jasa": "UKPBJ",
        "Badan Perencanaan Pembangunan Daerah": "Bappeda",
        "Dinas Komunikasi dan Informatika": "Dinas Kominfo",
        "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia": "BKPSDM",
        "Dinas Pekerjaan Umum dan Penataan Ruang": "Dinas PUPR",
        "Dinas Pemberdayaan Masyarakat dan Desa": "Dinas PMD",
    }.get(office, office)


def town(place: Place) -> str:
    return place.seat or "Jakarta"
