"""The looks of the comparison page: of its own, for screens wide and narrow and for A4."""

from __future__ import annotations

from exports import looks

INK, NAVY, SLATE, LINE, MARK, TICK = "#1B2538", "#1F3864", "#4A5870", "#A9B7CF", "#9A3B00", "#0B6B2E"
TONES = tuple(f"#{tone}" for tone in looks.TONES)
"""By tone of the grid, as in the annex."""
PALE, GREY, PAPER, CHANGED = "#E8ECF4", "#F3F4F6", "#FFFFFF", "#FFF3E6"

CONTRASTS = (
    *((INK, tone) for tone in (*TONES, PALE, GREY, PAPER, CHANGED)),
    (PAPER, NAVY),
    (SLATE, PAPER),
    (MARK, CHANGED),
    (TICK, PAPER),
    (NAVY, PAPER),
    (NAVY, PALE),
)
"""Every pair of text and ground on the page."""

_TONES = "".join(f".t{number}{{background:{tone}}}" for number, tone in enumerate(TONES))

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
.criteria th,.criteria td{{padding:.3rem .8rem;border-bottom:1px solid {LINE};text-align:right;vertical-align:top}}
.criteria th[scope=row],.criteria thead th:first-child{{text-align:left;font-weight:normal;min-width:13rem}}
.criteria thead th{{border-bottom:2px solid {NAVY};min-width:7rem;max-width:12rem;overflow-wrap:anywhere}}
.criteria .better,.criteria thead th.better{{color:{SLATE};text-align:left;min-width:0}}
.criteria .part th,.criteria .part td{{font-size:.85rem;padding-top:.1rem;padding-bottom:.1rem}}
.criteria .part th,.criteria .part td{{border-bottom-style:dotted}}
.criteria .part th[scope=row]{{padding-left:2.2rem}}
.criteria .best{{font-weight:bold}}
.criteria .best span:first-of-type{{color:{TICK}}}
.options{{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,40rem),1fr));gap:0 1.6rem}}
.option{{min-width:0}}
.count{{font-weight:normal;font-size:.95rem;color:{MARK}}}
.impossible{{border:3px double {MARK};background:{CHANGED};padding:.2rem 1rem}}
.grid{{width:100%;min-width:36rem;table-layout:fixed;border:2px solid {NAVY};font-size:.85rem}}
.grid th,.grid td{{border:1px solid {LINE};padding:.45rem .35rem;text-align:center;overflow-wrap:anywhere}}
.grid thead th{{background:{NAVY};color:{PAPER};border-color:{PAPER}}}
.grid thead th:first-child,.grid thead th:last-child{{width:4.6rem}}
.grid tbody th,.grid .time{{background:{PALE};color:{NAVY};font-weight:bold;font-size:.8rem}}
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
dt{{font-weight:bold;margin-top:.4rem}}
dd{{margin:0 0 0 1.2rem;max-width:46rem}}
@media (max-width:44rem){{
body{{padding:.8rem}}
.wide{{display:none}}
.days{{display:block}}
.criteria th,.criteria td{{padding:.3rem .45rem}}
.criteria th[scope=row],.criteria thead th:first-child{{min-width:9rem}}
.criteria thead th{{min-width:6rem}}
}}
@media print{{
@page{{size:A4 landscape;margin:12mm}}
*{{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
html{{font-size:8.5pt}}
body{{padding:0;font-size:1rem}}
nav,.skip{{display:none}}
.wide{{display:block}}
.days{{display:none}}
.scroll{{overflow:visible}}
.options{{grid-template-columns:1fr 1fr}}
.grid{{min-width:0;font-size:6.8pt}}
.grid th,.grid td{{padding:.15rem}}
.criteria th,.criteria td{{padding:.1rem .5rem}}
.option,.criteria tr,dt,dd{{break-inside:avoid}}
ol.moves{{margin:.2rem 0;padding-left:1.4rem}}
dl{{columns:2}}
}}
"""
