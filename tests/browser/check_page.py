"""Opens the comparison page in a real browser, without a window: does it hold at every width, and is it inert?

Run it where Chromium or Chrome is installed:

    PYTHONPATH=tests python tests/browser/check_page.py [FOLDER FOR SCREENSHOTS]

The page forbids scripts; the questions are put by a script in a copy of the page without that policy, and the page as
it is handed over is asked separately whether a script in a title ran. Exit status 0: all is well; 1: something is not;
2: there is no browser.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

from support.project import SCENARIOS

from exports.html.compare import html_bytes
from scheduler.comparison.compare import compare
from scheduler.comparison.option import Option
from scheduler.outcome import Settings
from scheduler.reading.loading import load
from scheduler.solving.engine import solve

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTHS = {"desktop": 1440, "tablet": 820, "phone": 500}
"""Chromium makes no window narrower than 500 pixels; the phone is asked for at 390 inside a frame."""
OPTIONS = SCENARIOS / "options"
HOSTILE = "<script>document.title='ran'</script>"
PROBE = """<script>
function found() {
  const shown = e => e.offsetParent !== null;
  const boxes = [...document.querySelectorAll('.scroll')];
  const wide = [...document.querySelectorAll('main *')].filter(e => shown(e) && !e.closest('.scroll')
    && !e.classList.contains('unseen') && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  const focusable = [...document.querySelectorAll('a, [tabindex]')].filter(shown);
  const broken = [];
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode, box = node.parentElement;
    if (!shown(box) || box.closest('.unseen')) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) broken.push(word[0]);
    }
  }
  const tops = [...document.querySelectorAll('.option')].map(e => Math.round(e.getBoundingClientRect().top));
  const unreachable = focusable.filter(e => { e.focus(); return document.activeElement !== e; });
  return {width: document.documentElement.clientWidth, overflow: wide.map(e => e.outerHTML.slice(0, 80)),
    page: document.documentElement.scrollWidth,
    grids: [...document.querySelectorAll('table.grid')].filter(shown).length,
    lists: [...document.querySelectorAll('ol.days')].filter(shown).length, boxes: boxes.length,
    beside: tops.filter(top => top === tops[0]).length, broken: broken,
    sides: [...document.querySelectorAll('.side')].filter(shown).length,
    focusable: focusable.length, unreachable: unreachable.length, title: document.title};
}
window.addEventListener('load', () => { const e = document.createElement('pre'); e.id = 'found';
  e.textContent = JSON.stringify(found()); document.body.append(e); });
</script>"""


def page() -> str:
    """Options of CSP11, the first with a script as its name."""
    options = []
    for letter, path in zip("ABCDE", sorted(OPTIONS.glob("csp11*.yaml")), strict=True):
        scenario = load(path).scenario
        name = HOSTILE if letter == "A" else str(scenario.option)
        outcome = solve(scenario, Settings(workers=1))
        options.append(Option(letter, name, scenario, outcome.timetable, outcome.status.value, reasons=("No room.",)))
    return html_bytes(compare(options)).decode()


def run(browser: str, folder: Path, *arguments: str) -> str:
    """One call of the browser; what it prints."""
    profile = f"--user-data-dir={folder / 'profile'}"
    quiet = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--hide-scrollbars",
        profile,
    ]
    done = subprocess.run([browser, *quiet, *arguments], capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def main(screenshots: Path) -> int:
    """Every check, one line each."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("no browser: install Chromium or Chrome")
        return 2
    problems = []
    screenshots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder, text = Path(name), page()
        handed = folder / "page.html"
        handed.write_text(text, "utf-8")
        asked = folder / "asked.html"
        asked.write_text(
            re.sub(r'<meta http-equiv="Content.*?>', "", text).replace("</head>", f"{PROBE}</head>"), "utf-8"
        )
        frame = folder / "frame.html"
        frame.write_text(f'<iframe src="{handed.name}" style="width:390px;height:2400px;border:0"></iframe>', "utf-8")
        title = re.findall(r"<title>(.*?)</title>", run(browser, folder, "--dump-dom", handed.as_uri()))
        if title != ["CSP11 Working Group Meetings: options side by side"]:
            problems.append(f"a script ran: the title is {title}")
        for kind, width in WIDTHS.items():
            dom = run(browser, folder, f"--window-size={width},1200", "--dump-dom", asked.as_uri())
            found = json.loads(unescape(re.findall(r'<pre id="found">(.*?)</pre>', dom, re.DOTALL)[0]))
            print(
                kind,
                json.dumps(
                    {
                        key: found[key]
                        for key in ("width", "page", "grids", "lists", "beside", "sides", "focusable", "unreachable")
                    }
                ),
            )
            if found["overflow"] or found["page"] > found["width"]:
                problems.append(f"{kind}: wider than the window: {found['overflow'] or found['page']}")
            if (found["grids"], found["lists"]) != ((0, 4) if kind == "phone" else (4, 0)):
                problems.append(f"{kind}: {found['grids']} grids and {found['lists']} lists are shown")
            if found["broken"]:
                problems.append(f"{kind}: words broken inside: {found['broken'][:5]}")
            if found["beside"] != (3 if kind == "desktop" else 1):
                problems.append(f"{kind}: {found['beside']} options stand beside one another")
            if not found["sides"]:
                problems.append(f"{kind}: no side events are shown")
            if found["unreachable"]:
                problems.append(f"{kind}: {found['unreachable']} parts cannot be reached by keyboard")
            target = screenshots / f"options-{kind}.png"
            run(browser, folder, f"--window-size={width},3300", f"--screenshot={target}", handed.as_uri())
        run(
            browser, folder, "--window-size=500,2400", f"--screenshot={screenshots / 'options-390.png'}", frame.as_uri()
        )
        printed = screenshots / "options-a4.pdf"
        run(browser, folder, "--no-pdf-header-footer", f"--print-to-pdf={printed}", handed.as_uri())
        pages = printed.read_bytes().count(b"/Type /Page\n") or len(
            re.findall(rb"/Type\s*/Page\b(?!s)", printed.read_bytes())
        )
        print(f"A4: {pages} pages")
    for problem in problems:
        print(f"problem: {problem}")
    print("all is well" if not problems else f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())))
