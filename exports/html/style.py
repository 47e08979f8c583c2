"""The style of the comparison page, for wide and narrow screens and for A4."""

from __future__ import annotations

from exports import colours

INK, NAVY, LINE, MARK = (f"#{each}" for each in (colours.INK, colours.NAVY, colours.LINE, colours.MARK))
PALE, GREY, PAPER = (f"#{each}" for each in (colours.PALE, colours.GREY, colours.WHITE))
SLATE, TICK, CHANGED = "#4A5870", "#0B6B2E", "#FFF3E6"
"""Of the page alone: darker than in the workbook, so that small letters are read on a screen."""
TONES = tuple(f"#{tone}" for tone in colours.TONES)
"""By tone of the grid, as in the annex."""

CONTRASTS = (
    *((INK, tone) for tone in (*TONES, PALE, GREY, PAPER, CHANGED)),
    (PAPER, NAVY),
    (SLATE, PAPER),
    (MARK, CHANGED),
    (TICK, PAPER),
    (NAVY, PAPER),
    (NAVY, PALE),
)
"""Every pair of text and background on the page."""

_TONES = "".join(f".t{number}{{background:{tone}}}" for number, tone in enumerate(TONES))
_COLUMNS = "".join(f".for{count} thead th:nth-child(n+3){{width:{72 // count}%}}" for count in range(1, 9))

STYLE = f"""
*{{box-sizing:border-box}}
body{{margin:0;padding:1.25rem;color:{INK};background:{PAPER};font:15px/1.4 Arial,"Liberation Sans",sans-serif}}
h1{{margin:0;color:{NAVY};font-size:1.45rem}}
h2{{margin:1.6rem 0 .5rem;color:{NAVY};font-size:1.15rem}}
h3{{margin:1rem 0 .3rem;font-size:1rem}}
.about,.footnote,footer{{color:{SLATE}}}
.footnote,footer{{font-size:.8rem}}
a{{color:{NAVY}}}
a:focus-visible,[tabindex]:focus-visible{{outline:3px solid {MARK};outline-offset:2px}}
.skip{{position:absolute;left:-999rem}}
.skip:focus{{position:static}}
.unseen{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
nav ul{{display:flex;flex-wrap:wrap;gap:.3rem 1rem;padding:0;list-style:none}}
.scroll{{overflow-x:auto;position:relative}}
table{{border-collapse:collapse}}
caption{{padding:.3rem 0;color:{SLATE};font-size:.85rem;text-align:left}}
.criteria{{width:100%}}
.criteria th,.criteria td{{padding:.3rem .8rem;border-bottom:1px solid {LINE};text-align:right;vertical-align:top}}
.criteria th[scope=row],.criteria thead th:first-child{{text-align:left;font-weight:normal;min-width:13rem}}
.criteria thead th{{border-bottom:2px solid {NAVY};min-width:7rem}}
{_COLUMNS}
.criteria .better,.criteria thead th.better{{color:{SLATE};text-align:left;min-width:0;width:1%}}
.criteria .part th,.criteria .part td{{font-size:.85rem;padding-top:.1rem;padding-bottom:.1rem}}
.criteria .part th,.criteria .part td{{border-bottom-style:dotted}}
.criteria .part th[scope=row]{{padding-left:2.2rem}}
.criteria .best{{font-weight:bold}}
.criteria .tick{{color:{TICK}}}
.less{{color:{MARK}}}
.letter{{display:none}}
.options{{display:grid;grid-template-columns:1fr;gap:0 1.2rem}}
.option{{min-width:0}}
.count{{display:block;font-weight:normal;font-size:.95rem;color:{MARK}}}
.impossible{{border:3px double {MARK};background:{CHANGED};padding:.2rem 1rem}}
.grid{{width:100%;border:2px solid {NAVY};font-size:.85rem}}
.grid th,.grid td{{border:1px solid {LINE};padding:.45rem .3rem;text-align:center}}
.grid thead th{{background:{NAVY};color:{PAPER};border-color:{PAPER}}}
.grid thead th:first-child,.grid thead th:last-child{{width:4rem}}
.grid tbody th,.grid .time{{background:{PALE};color:{NAVY};font-weight:bold;font-size:.8rem}}
.grid .pause{{background:{GREY};padding:.1rem .3rem;font-size:.9em}}
.rooms{{table-layout:fixed}}
.grid .none{{background:{GREY}}}
.grid ul,.days ul ul{{margin:.2rem 0 0;padding-left:1.1rem;text-align:left}}
.note{{font-size:.9em}}
{_TONES}
.grid td.changed{{background:{CHANGED};border:3px solid {MARK}}}
.mark{{color:{MARK};font-weight:bold;font-size:.95em}}
.days{{display:none;padding:0;list-style:none}}
.days>li>ul{{padding:0;list-style:none}}
.days>li>ul>li{{margin:.25rem 0;padding:.4rem .6rem;border:1px solid {LINE}}}
.days>li>ul>li.changed{{background:{CHANGED};border:3px solid {MARK}}}
.days .hours{{font-weight:bold;color:{INK}}}
.days .side{{color:{INK}}}
dt{{font-weight:bold;margin-top:.4rem}}
dd{{margin:0 0 0 1.2rem;max-width:46rem}}
@media (min-width:75rem){{
.of2{{grid-template-columns:1fr 1fr}}
.of3{{grid-template-columns:repeat(3,minmax(0,1fr))}}
.of3 .grid{{font-size:.72rem}}
.of3 .grid th,.of3 .grid td{{padding:.3rem .15rem}}
.of3 .grid .time,.of3 .grid thead th:last-child{{display:none}}
.of3 .grid tbody th{{font-size:.7rem}}
.of3.full{{grid-template-columns:1fr 1fr}}
.of3 .grid thead th{{min-width:4.2rem}}
.of3 .grid thead th:first-child{{width:3rem;min-width:0}}
}}
@media (max-width:44rem){{
body{{padding:.8rem;overflow-wrap:break-word}}
.wide{{display:none}}
.days{{display:block}}
.criteria,.criteria caption,.criteria tbody{{display:block}}
.criteria thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
.criteria tr{{display:flex;flex-wrap:wrap;gap:0 1rem;padding:.35rem 0;border-bottom:1px solid {LINE}}}
.criteria .part{{padding-left:1rem;border-bottom-style:dotted}}
.criteria th,.criteria td{{border:0;padding:.1rem 0;text-align:left}}
.criteria th[scope=row],.criteria .part th[scope=row]{{flex:1 1 100%;min-width:0;padding-left:0}}
.criteria td.better:empty{{display:none}}
.criteria td.better{{flex:1 1 100%;width:auto;font-size:.85rem}}
.letter{{display:inline}}
td>.letter:first-child{{color:{SLATE};font-weight:normal}}
}}
@media print{{
@page{{size:A4 landscape;margin:12mm}}
*{{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
html{{font-size:10pt}}
body{{padding:0;font-size:9pt}}
nav,.skip{{display:none}}
.wide{{display:block}}
.days{{display:none}}
.scroll{{overflow:visible}}
h1{{font-size:13pt}}
h2{{font-size:11pt;margin:.8rem 0 .3rem;break-after:avoid}}
h3{{font-size:9pt;break-after:avoid}}
small,sup,.note,.mark,caption,.footnote,footer,.criteria .part th,.criteria .part td{{font-size:8pt}}
sup{{line-height:0}}
.of2,.of3{{grid-template-columns:1fr 1fr}}
.full{{grid-template-columns:1fr}}
.grid,.grid tbody th,.grid .time,.of3 .grid,.of3 .grid tbody th{{font-size:8pt}}
.grid th,.grid td{{padding:.12rem}}
.grid thead th{{min-width:3.8rem}}
.grid thead th:first-child{{width:3rem;min-width:0}}
.grid .time,.grid thead th:last-child{{display:none}}
.criteria th,.criteria td{{padding:.1rem .5rem}}
.option,.criteria tbody,.grid tr,dl>div{{break-inside:avoid}}
ol.moves{{margin:.2rem 0;padding-left:1.4rem}}
dl{{columns:2}}
}}
"""


def within(name: str) -> str:
    """The same style for the parts of another page that have the class ``name``."""
    lines = []
    for line in STYLE.splitlines():
        selectors, opened, looks = line.partition("{")
        if line.startswith(("@page", "html{", "*{")):
            continue
        if not opened or line.startswith("@"):
            lines.append(line)
            continue
        own = [f".{name}" if each == "body" else f".{name} {each}" for each in selectors.split(",")]
        lines.append(f"{','.join(own)}{{{looks}")
    return "\n".join(lines)
