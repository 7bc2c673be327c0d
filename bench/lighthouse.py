"""Lighthouse on five public pages of a running product: medians of five runs each.

    bin/serve --demo --port 5000 &
    .venv/bin/python -m bench.lighthouse http://127.0.0.1:5000

Needs Node 20 with npx, and Chromium. The default is Lighthouse's own: a slow phone on a slow line.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys

VERSION = "12.8.2"
PAGES = ("/capaian", "/capaian/provinsi/33", "/capaian/instansi/33.23", "/capaian/aksi/1", "/capaian/peringkat")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-background-networking"
RUNS = 5


def main() -> None:
    address, runs = sys.argv[1].rstrip("/"), int(sys.argv[2]) if len(sys.argv) > 2 else RUNS
    print(f"{'page':28}" + "".join(f"{name:>16}" for name in CATEGORIES))
    for page in PAGES:
        reports = [_run(address + page) for _ in range(runs)]
        medians = [statistics.median(report[name] for report in reports) for name in CATEGORIES]
        print(f"{page:28}" + "".join(f"{median:16.0f}" for median in medians), flush=True)


def _run(url: str) -> dict[str, float]:
    """Scores from 0 to 100; what fails is told on the error stream."""
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    words = ["npx", "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    done = subprocess.run(words, env=os.environ | {"CHROME_PATH": chromium}, check=True, capture_output=True, text=True)
    report = json.loads(done.stdout)
    for name in CATEGORIES[1:]:
        for audit in report["categories"][name]["auditRefs"]:
            score = report["audits"][audit["id"]]["score"]
            if audit["weight"] and score is not None and score < 1:
                print(f"{url}: {name}: {audit['id']}", file=sys.stderr)
    return {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}


if __name__ == "__main__":
    main()
