"""An agency asks about a score, a second verifier changes it, the secretariat releases, and everybody sees ranks."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect
from sqlalchemy import create_engine, update

from stranas.release.models import Release

BUDI, FITRI, ANI, TIRTO = "budi@example.com", "fitri.handayani@example.com", "ani@example.com", "tirto@example.com"
B15 = 5


def pass_by(url: str, **instants: datetime) -> None:
    """Days that the test does not wait for: B15's masa klarifikasi and release lie behind."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        done = connection.execute(update(Release).where(Release.period_id == B15).values(**instants))
    engine.dispose()
    assert done.rowcount == 1


def test_from_a_question_about_a_score_to_ranks_for_all(site, demo_url):
    budi = site.signed_in(BUDI)
    budi.goto("/hasil/B15")
    expect(budi.get_by_text("Masa klarifikasi nilai sampai 17 Juli 2020")).to_be_visible()
    row = budi.get_by_role("row").filter(has=budi.get_by_text("9-a", exact=True))
    row.get_by_role("link", name="Minta klarifikasi").click()
    budi.get_by_label("Alasan").fill("Lampiran dua keputusan belum ikut dinilai.")
    budi.get_by_role("button", name="Kirim permintaan klarifikasi").click()
    expect(row.get_by_text("Menunggu jawaban")).to_be_visible()

    fitri = site.signed_in(FITRI)
    fitri.get_by_role("link", name="Klarifikasi", exact=True).click()
    fitri.get_by_role("link", name=re.compile("Temanggung.*9-a B15")).click()
    expect(fitri.get_by_text("Lampiran dua keputusan belum ikut dinilai.")).to_be_visible()
    fitri.get_by_label("Nilai 75").check()
    fitri.get_by_label("Penjelasan").fill("Lampiran kedua belum ditandatangani.")
    fitri.get_by_role("button", name="Kirim jawaban").click()
    expect(fitri.get_by_text("Jawaban tersimpan")).to_be_visible()
    budi.reload()
    expect(row.get_by_text("menjadi terverifikasi, nilai 75")).to_be_visible()

    tirto = site.signed_in(TIRTO)
    tirto.goto("/kepatuhan?triwulan=B15")
    expect(tirto.get_by_role("heading", name="Menurut provinsi").first).to_be_visible()
    expect(tirto.get_by_text("Peringkat provinsi")).to_have_count(0)

    pass_by(demo_url, clarification_ends_at=datetime(2020, 6, 24, 17, tzinfo=UTC))
    ani = site.signed_in(ANI)
    ani.goto("/penetapan/B15")
    ani.get_by_role("link", name="Tetapkan hasil").click()
    expect(ani.get_by_text("klarifikasi belum dijawab")).to_be_visible()
    ani.get_by_label("Nomor keputusan").fill("Keputusan Nomor 5 Tahun 2020")
    ani.get_by_role("button", name="Tetapkan hasil B15").click()
    expect(ani.get_by_role("alert")).to_contain_text("Tulis alasan mengapa hasil tetap ditetapkan")
    ani.get_by_label("Alasan tetap menetapkan").fill("Verifikator kedua berhalangan sampai akhir bulan.")
    ani.get_by_role("button", name="Tetapkan hasil B15").click()
    expect(ani.get_by_text("Hasil B15 sudah ditetapkan untuk semua instansi.")).to_be_visible()

    # The youngest cut-off of a report lies two minutes back.
    pass_by(demo_url, released_at=datetime(2020, 7, 13, 1, tzinfo=UTC))
    tirto.reload()
    expect(tirto.get_by_role("heading", name="Peringkat provinsi")).to_be_visible()
    expect(tirto.get_by_text("Hasil ditetapkan 13 Juli 2020 pukul 08.00")).to_be_visible()
    expect(tirto.get_by_text("ementara")).to_have_count(0)
