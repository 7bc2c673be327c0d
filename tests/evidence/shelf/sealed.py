"""Papers with electronic signatures, whole and spoilt, and papers that only speak of one."""

from collections.abc import Iterator

from tests.evidence.shelf import paper, seal
from tests.evidence.shelf.case import Case

SAYS = "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan BSrE"


def cases() -> Iterator[Case]:
    for seed in range(6):
        yield from _of(seed, paper.decree(seed, 1 + seed % 3, compress_streams=False))
    yield from _in_words()


def _of(seed: int, plain: bytes) -> Iterator[Case]:
    def case(label: str, build, *codes: str, trusts: bool = True) -> Case:
        return Case(label, f"tte-{seed}.pdf", build, frozenset(codes), "keputusan", trusts=trusts)

    one = seal.signed(plain, seal.regent())
    intact, partial, unjudged = "signature_intact", "signature_partial", "signature_unjudged"
    yield case("signed by one", lambda: one, intact)
    yield case("signed by two", lambda: seal.signed(plain, seal.regent(), seal.secretary()), intact)
    yield case("signed by three", lambda: seal.signed(one, seal.secretary(), seal.regent()), intact)
    yield case("certificate ended after signing", lambda: seal.signed(plain, seal.since_expired()), intact)
    yield case("signed, no list of trust", lambda: one, unjudged, trusts=False)
    yield case("one byte changed", lambda: _byte_changed(one), "signature_changed")
    yield case("saved anew after signing", lambda: seal.saved_anew(one), "signature_changed")
    yield case(
        "first of two broken by a note", lambda: seal.signed(seal.with_note(one), seal.secretary()), partial, intact
    )
    yield case("note after signing", lambda: seal.with_note(one), partial)
    yield case("page changed after signing", lambda: seal.with_page(one), partial)
    yield case("proof for later added", lambda: seal.with_technical_update(one), partial)
    yield case("signed by a stranger", lambda: seal.signed(plain, seal.stranger()), "signature_untrusted")
    yield case("certificate ended before signing", lambda: seal.signed(plain, seal.expired()), "signature_untrusted")
    yield case("signature of an unknown kind", lambda: _of_unknown_kind(one), unjudged)


def _byte_changed(content: bytes) -> bytes:
    at = content.index(b"persen")
    return content[:at] + b"P" + content[at + 1 :]


def _of_unknown_kind(content: bytes) -> bytes:
    """A kind that no reader here knows, with a container that says nothing to us."""
    named = content.replace(b"/adbe.pkcs7.detached", b"/adbe.x509.rsa_sha1_").replace(b"/ETSI.CAdES", b"/ETSI.CAdEZ")
    begin = named.index(b"/Contents <") + len(b"/Contents <")
    end = named.index(b">", begin)
    return named[:begin] + b"5" * (end - begin) + named[end:]


def _in_words() -> Iterator[Case]:
    for seed in range(8):
        yield Case(
            "printed from a signed paper",
            f"cetak-{seed}.pdf",
            lambda seed=seed: paper.typed([paper.lines(seed, tail=SAYS[: 60 + seed * 6])]),
            frozenset({"signature_picture"}),
            kind="surat",
        )
        yield Case(
            "words about signatures in general",
            f"perbup-{seed}.pdf",
            lambda seed=seed: paper.typed(
                [paper.lines(seed, tail="Naskah dinas dapat memuat tanda tangan elektronik")]
            ),
            kind="peraturan",
        )
