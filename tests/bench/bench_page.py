# SPDX-License-Identifier: MIT
"""bench_page.py - results become a table and plots: the measured part of docs/performance.md."""
import html
import re
import statistics

from bench_goals import rows, size_name
from bench_mailbox import cpu_s, median, wall_s

BEGIN, END = "<!-- measured: begin, written by tests/bench/bench.py -->", "<!-- measured: end -->"
VERDICT = {True: "met", False: "**missed**", None: ""}


def table(results):
    lines = ["| # | what | contacts | measured | goal | | |", "|---|---|---|---|---|---|---|"]
    for row in rows(results):
        lines.append(f"| {row.number} | {row.what} | {row.size} | {row.measured} | {row.goal.replace('<=', '≤')} | "
                     f"{VERDICT[row.met]} | {row.note} |")
    return "\n".join(lines)


def spread(weights, of):
    values = sorted(of(weight) for weight in weights)
    return f"{statistics.median(values):.2f} ({values[0]:.2f} to {values[-1]:.2f})"


NAMES = (("first", "kith, first import"), ("same", "kith, again, nothing changed"),
         ("one_percent", "kith, again, 1 % changed"), ("refresh_one_percent", "kith, refresh, 1 % changed"),
         ("floor", "floor"),
         ("floor_no_latin", "floor, no Latin letters"), ("node", "script for Node"), ("python", "script for Python"))


def spreads(results):
    lines = ["| contacts | | CPU s | wall s | peak MiB | the server's CPU s |", "|---|---|---|---|---|---|"]
    for r in sorted(results["sizes"].values(), key=lambda r: r["n"]):
        for name, title in NAMES:
            if r.get(name):
                peak = max(weight["peak_kib"] for weight in r[name]) / 1024
                served = median(r[name], lambda weight: weight["server_cpu_s"])
                lines.append(f"| {size_name(r['n'])} | {title} | {spread(r[name], cpu_s)} | {spread(r[name], wall_s)} | "
                             f"{peak:.0f} | {served:.2f} |")
    return "\n".join(lines)


def find_table(results):
    lines = ["| contacts | words | 1 letter | 2 | 3 | 4 | 5 |", "|---|---|---|---|---|---|---|"]
    for r in sorted(results["sizes"].values(), key=lambda r: r["n"]):
        for words in (1, 2):
            parts = [f"{part['cpu']['p50_ms']:.2f} / {part['cpu']['p99_ms']:.2f}" for part in r["find"]["parts"]
                     if part["words"] == words]
            lines.append(f"| {size_name(r['n'])} | {words} | {' | '.join(parts)} |")
    return "\n".join(lines)


def address_book_table(results):
    lines = []
    for r in results["sizes"].values():
        for name, weights in r.get("address_books", {}).items():
            lines.append(f"| {name} | {median(weights) * 1e3:.0f} | {median(weights, wall_s) * 1e3:.0f} | "
                         f"{max(weight['peak_kib'] for weight in weights) / 1024:.0f} |")
    head = ["| `find mar` in 10,000 contacts | CPU ms | wall ms | peak MiB |", "|---|---|---|---|"]
    return "\n".join(head + lines) if lines else ""


def runs_text(results):
    runs = sorted({len(r["first"]) for r in results["sizes"].values()})
    return f"{runs[0]} to {runs[-1]}" if len(runs) > 1 else str(runs[0])


def machine_text(results):
    m = results["machine"]
    packages = ", ".join(f"{name} {version}" for name, version in m["packages"].items())
    text = (f"{m['date']}, {m['kith']} ({m['commit']}), {m['n_cpus']} x {m['cpu']}, {m['memory_gib']} GiB, "
            f"{m['system']}, Linux {m['kernel']}, {m['compiler']}, Node {m['node']}, {m['python']}; {packages}. "
            f"Medians of {runs_text(results)} runs, taken in turns.")
    if m["busy"]:
        text += (f" The machine had other work meanwhile (load {m['load']:.0f} on {m['n_cpus']} processors at the start): "
                 "wall times are too long, how much they vary stands below; CPU times and their ratios hold.")
    return text


# --- Plots -------------------------------------------------------------------------------

class Plot:
    """Horizontal bars, one group a size. Colours that are told apart in light and dark, and in grey."""
    LEFT, WIDTH, BAR, GAP = 250, 760, 18, 6
    INK = "#1d1f23"
    COLOURS = {"kith": "#2f6fde", "floor": "#8a8f98", "rival": "#c77d2e"}

    def __init__(self, title, unit):
        self.title, self.unit, self.bars, self.lines = title, unit, [], []

    def add(self, label, value, kind, goal=None):
        self.bars.append((label, value, kind, goal))

    def svg(self):
        top, room = 46, self.WIDTH - self.LEFT - 80
        height = top + len(self.bars) * (self.BAR + self.GAP) + 14
        largest = max([value for _, value, _, _ in self.bars] + [goal or 0 for _, _, _, goal in self.bars]) or 1
        out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.WIDTH} {height}" role="img" '
               f'font-family="sans-serif" font-size="13">',
               f"<title>{html.escape(self.title)}</title>",
               f'<rect width="{self.WIDTH}" height="{height}" fill="#ffffff"/>',
               f'<text x="12" y="26" font-size="15" font-weight="bold" fill="{self.INK}">{html.escape(self.title)}</text>']
        for i, (label, value, kind, goal) in enumerate(self.bars):
            y, width = top + i * (self.BAR + self.GAP), value / largest * room
            out += [f'<text x="{self.LEFT - 10}" y="{y + 14}" text-anchor="end" fill="{self.INK}">'
                    f"{html.escape(label)}</text>",
                    f'<rect x="{self.LEFT}" y="{y}" width="{width:.1f}" height="{self.BAR}" fill="{self.COLOURS[kind]}"/>',
                    f'<text x="{self.LEFT + width + 6:.1f}" y="{y + 14}" fill="{self.INK}">{value:.3g} {self.unit}</text>']
            if goal is not None:
                x = self.LEFT + goal / largest * room
                out.append(f'<path d="M{x:.1f} {y - 3}v{self.BAR + 6}" stroke="#c0392b" stroke-width="2"/>')
        return "\n".join([*out, "</svg>"]) + "\n"


def import_plot(r):
    plot = Plot(f"First import of {size_name(r['n'])} contacts: CPU seconds (red: the goal)", "s")
    floor, first = median(r["floor"]), median(r["first"])
    plot.add("floor", floor, "floor")
    plot.add("kith", first, "kith", 1.6 * floor)
    plot.add("kith, again, nothing changed", median(r["same"]), "kith")
    plot.add("kith, refresh, 1 % changed", median(r["refresh_one_percent"]), "kith", 0.06 * first)
    for name, title in (("node", "script for Node"), ("python", "script for Python")):
        if r.get(name):
            plot.add(title, median(r[name]), "rival")
    return plot


def find_plot(r, goal):
    plot = Plot(f"Search in {size_name(r['n'])} contacts: p99 in ms (red: the goal)", "ms")
    for part in r["find"]["parts"]:
        plural = "s" if part["letters"] > 1 else ""
        words = "one word" if part["words"] == 1 else "two words"
        plot.add(f"{words}, {part['letters']} letter{plural}", part["cpu"]["p99_ms"], "kith", goal)
    return plot


def plots(results):
    for r in sorted(results["sizes"].values(), key=lambda r: r["n"]):
        goal = 0.5 if r["n"] <= 10000 else 1 if r["n"] <= 100000 else 5
        yield f"bench-import-{r['n']}.svg", import_plot(r)
        yield f"bench-find-{r['n']}.svg", find_plot(r, goal)
    if results.get("latency"):
        r = results["latency"]
        plot = Plot(f"{size_name(r['n'])} contacts, {r['latency_ms']} ms a request: wall seconds (red: the goal)", "s")
        bare = median(r["bare"], wall_s)
        plot.add("bare requests, four at a time", bare, "floor")
        plot.add("kith", median(r["kith"], wall_s), "kith", bare + 1)
        plot.add("bare requests, one by one", median(r["sequential"], wall_s), "floor")
        yield "bench-latency.svg", plot


# --- The page ----------------------------------------------------------------------------

def measured(results):
    parts = [BEGIN, machine_text(results), "## Numbers to reach", table(results), "## Plots"]
    parts += [f"![{plot.title}](img/{name})" for name, plot in plots(results)]
    parts += ["## Spread", "Medians, and from the least to the most of all runs.", spreads(results),
              "## Search by what was typed", "Median / p99 in ms of CPU time, 20 answers.", find_table(results)]
    if books := address_book_table(results):
        parts += ["## What people search with today", books]
    return "\n\n".join([*parts, END])


def write(docs, results):
    page = docs / "performance.md"
    text = page.read_text(encoding="utf-8") if page.exists() else f"# How fast, and how much it takes\n\n{BEGIN}\n{END}\n"
    text = re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: measured(results), text, flags=re.S)
    page.write_text(text, encoding="utf-8")
    for name, plot in plots(results):
        (docs / "img" / name).write_text(plot.svg(), encoding="utf-8")
