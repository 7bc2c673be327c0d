"""Files made by real programs. Where the program is missing, the cases that need it are not yielded."""

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

SOFFICE = shutil.which("soffice") or ""
GS = shutil.which("gs") or ""
QPDF = shutil.which("qpdf") or ""


@functools.cache
def convert(data: bytes, ending: str, to: str) -> bytes:
    """The file as LibreOffice saves it in another format."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"a.{ending}"
        source.write_bytes(data)
        subprocess.run(
            [
                SOFFICE,
                f"-env:UserInstallation=file://{folder}/p",
                "--headless",
                "--convert-to",
                to,
                "--outdir",
                f"{folder}/o",
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return next((Path(folder) / "o").iterdir()).read_bytes()


def convert_many(files: dict[str, bytes], to: str) -> dict[str, bytes]:
    """Many files in one start of LibreOffice, since the start is what takes time."""
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
            sources.append(str(Path(folder) / name))
        subprocess.run(
            [
                SOFFICE,
                f"-env:UserInstallation=file://{folder}/p",
                "--headless",
                "--convert-to",
                to,
                "--outdir",
                f"{folder}/o",
                *sources,
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        made = {p.stem: p.read_bytes() for p in (Path(folder) / "o").iterdir()}
        return {name: made[Path(name).stem] for name in files}


@functools.cache
def through_gs(data: bytes, settings: tuple[str, ...] = ("-dPDFSETTINGS=/ebook",)) -> bytes:
    """The PDF as Ghostscript writes it anew (as web services for making PDFs smaller do)."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "a.pdf", Path(folder) / "b.pdf"
        source.write_bytes(data)
        subprocess.run(
            [
                GS,
                "-q",
                "-dNOPAUSE",
                "-dBATCH",
                "-sDEVICE=pdfwrite",
                *settings,
                f"-sOutputFile={out}",
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return out.read_bytes()


@functools.cache
def through_qpdf(data: bytes, options: tuple[str, ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "a.pdf", Path(folder) / "b.pdf"
        source.write_bytes(data)
        subprocess.run([QPDF, *options, str(source), str(out)], check=True, capture_output=True, timeout=60)
        return out.read_bytes()
