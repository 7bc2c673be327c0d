"""What keeps a story from being published: by field, in sentences that say the repair. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from stranas.publication.frozen import FrozenPicture
from stranas.publication.leaders import Leader, named, sentence
from stranas.publication.markdown import plain_words, stand_in
from stranas.publication.tokens import TOKEN, Offers, find, problem
from stranas.publication.videos import BadVideo, video
from stranas.publication.wording import changed_figure, has_braces, typed_number
from stranas.publication.written import Written

Problems = dict[str, list[str]]
_MISSING = {
    "title": "Tulis judulnya.",
    "summary": "Tulis ringkasannya: satu atau dua kalimat.",
    "body": "Tulis isinya.",
    "source": "Tulis sumbernya, misalnya nama unit yang menyusun publikasi ini.",
}


def wrong(written: Written, offers: Offers, leaders: Sequence[Leader] = ()) -> Problems:
    """What stands there and may not: numbers typed by hand, tokens without a figure, videos from elsewhere, and names
    of `leaders`: of those who are left out on this day."""
    found: Problems = defaultdict(list, _naming(written, leaders))
    for name, words in written.texts.items():
        found[name] += _wrong_words(name, words, written, offers)
    if written.video_url:
        try:
            video(written.video_url)
        except BadVideo as error:
            found["video_url"].append(str(error))
    return {name: said for name, said in found.items() if said}


def missing(written: Written, offers: Offers, *, is_correction: bool) -> Problems:
    """What is still to be written before anybody can be asked for approval."""
    found = {name: [said] for name, said in _MISSING.items() if not getattr(written, name).strip()}
    if is_correction and not written.correction_note.strip():
        found["correction_note"] = ["Tulis apa yang dikoreksi. Catatan ini tampil kepada publik dengan tanggalnya."]
    if written.quote.strip() and not written.quote_office.strip():
        found["quote_office"] = ["Tulis jabatan yang memberi kutipan."]
    if written.kind.has_figures and (written.action_key, written.period_key) not in offers:
        found["period_key"] = ["Pilih triwulan dan aksi yang memuat angka instansi Anda."]
    return found


def problems(
    written: Written,
    offers: Offers,
    *,
    is_correction: bool,
    pictures: Sequence[FrozenPicture] = (),
    leaders: Sequence[Leader] = (),
) -> Problems:
    """All together, by field; those of the pictures as "pictures"."""
    found: Problems = defaultdict(list)
    parts = (
        missing(written, offers, is_correction=is_correction),
        wrong(written, offers, leaders),
        wrong_pictures(pictures, leaders),
    )
    for part in parts:
        for name, said in part.items():
            found[name] += said
    return dict(found)


def wrong_pictures(pictures: Sequence[FrozenPicture], leaders: Sequence[Leader]) -> Problems:
    """A picture that shows a leader is left out with all that is said about it; others may not name him."""
    said = [
        f"Gambar {picture.position}: {sentence(leader)} Atau tandai gambar itu menampilkan pimpinan."
        for picture in pictures
        if not picture.shows_leader
        and (leader := named("\n".join((picture.alt, picture.caption, picture.credit)), leaders))
    ]
    return {"pictures": said} if said else {}


def _naming(written: Written, leaders: Sequence[Leader]) -> Problems:
    """In all that is shown but the name under the quote, which is left out by itself."""
    texts = {name: as_read(name, words) for name, words in written.texts.items()}
    texts |= {name: getattr(written, name) for name in ("quote_office", "source", "correction_note")}
    texts |= {name: "\n".join(getattr(written, name)) for name in ("units", "partners")}
    return {name: [sentence(found)] for name, words in texts.items() if (found := named(words, leaders))}


def _wrong_words(name: str, words: str, written: Written, offers: Offers) -> list[str]:
    tokens = list(find(words))
    if tokens and not written.kind.has_figures:
        return [
            f"Kabar kegiatan terbit tanpa angka capaian. Hapus {tokens[0].raw}, atau pilih jenis publikasi capaian."
        ]
    found = [said for token in tokens if (said := problem(token, written.about, offers))]
    # A known token only: an unknown one is named already and leaves no braces behind.
    seen = as_read(name, words)
    if found:
        return list(dict.fromkeys(found))
    return [said for said in (_typed(seen, written), _glued(seen), _braces(seen)) if said]


def as_read(name: str, words: str) -> str:
    """The words as a reader sees them; of the body without its mark-up."""
    return plain_words(words) if name == "body" else TOKEN.sub(lambda found: stand_in(found[0]), words)


def _typed(seen: str, written: Written) -> str:
    number = typed_number(seen)
    if not number:
        return ""
    if written.kind.has_figures:
        return f"“{number}” diketik sendiri. Hapus, lalu tekan Sisipkan pada daftar angka supaya angkanya resmi."
    return (
        f"“{number}” terbaca sebagai angka capaian. Kabar kegiatan terbit tanpa angka capaian: tulis tanpa angka itu."
    )


def _glued(seen: str) -> str:
    if changed_figure(seen):
        return (
            "Ada tanda, angka, atau satuan yang menempel pada angka yang disisipkan sehingga artinya berubah. "
            "Beri spasi, dan tulis persen hanya sesudah capaian, kepatuhan, ketepatan, atau lolos."
        )
    return ""


def _braces(seen: str) -> str:
    return (
        "Ada kurung kurawal ganda yang belum lengkap. Hapus, lalu tekan Sisipkan sekali lagi."
        if has_braces(seen)
        else ""
    )


def together(found: Mapping[str, list[str]]) -> str:
    return " ".join(said for sentences in found.values() for said in sentences)
