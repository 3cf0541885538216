# SPDX-License-Identifier: MIT
"""bench_goals.py - the rows of "Numbers to reach": what was measured, what is wanted, whether it is met."""
from bench_mailbox import cpu_s, median, wall_s


class Row:
    def __init__(self, number, what, size, measured, goal, met, note=""):
        self.number, self.what, self.size, self.measured, self.goal, self.met, self.note = \
            number, what, size, measured, goal, met, note


def at(n, ten_thousand, hundred_thousand, million):
    """The goal of a size; sizes between are held to the next larger one's."""
    return ten_thousand if n <= 10000 else hundred_thousand if n <= 100000 else million


def size_name(n):
    return f"{n:,}"


def ratio(number, what, n, value, goal, note=""):
    return Row(number, what, size_name(n), f"{value:.2f}", f"<= {goal}", value <= goal, note)


def first_rows(r):
    n, first, floor = r["n"], median(r["first"]), median(r["floor"])
    library = r["numbers"]["library_s"]
    yield ratio(1, "first import, CPU, to the floor's", n, first / floor, 1.6, f"{first:.2f} s / {floor:.2f} s")
    yield ratio(1, "... without libphonenumber's share", n, (first - library) / floor, 1.25,
                f"{r['numbers']['by_library']:,} of {r['numbers']['numbers']:,} numbers: {library:.2f} s")
    yield Row(1, "... to a floor that spells no name in Latin letters", size_name(n),
              f"{first / median(r['floor_no_latin']):.2f}", "-", None, f"floor: {median(r['floor_no_latin']):.2f} s")
    wall, floor_wall = median(r["first"], wall_s), median(r["floor"], wall_s)
    yield ratio(2, "first import, wall, to the floor's", n, wall / floor_wall, 1.15,
                f"{wall:.2f} s / {floor_wall:.2f} s")


def memory_rows(sizes):
    peaks = {r["n"]: max(weight["peak_kib"] for weight in r["first"]) / 1024 for r in sizes}
    smallest = peaks[min(peaks)]
    for n, peak in sorted(peaks.items()):
        yield Row(4, "peak memory of a first import", size_name(n), f"{peak:.0f} MiB", "<= 40 MiB", peak <= 40)
        if n != min(peaks):
            yield ratio(4, f"... to that of {size_name(min(peaks))}", n, peak / smallest, 1.5)


def again_rows(r):
    n, first = r["n"], median(r["first"])
    yield ratio(5, "import again, nothing changed, CPU, to the first", n, median(r["same"]) / first,
                at(n, 0.45, 0.38, 0.30))
    yield Row(5, "... rows written", size_name(n), "some" if r["rows_touched_by_same"] else "none", "none",
              not r["rows_touched_by_same"],
              f"{r['pages_written_by_same']} of {r['pages']:,} pages differ: the import's own entry")
    yield ratio(5, "import again, 1 % changed, CPU, to the first", n, median(r["one_percent"]) / first,
                at(n, 0.55, 0.45, 0.42))
    refresh = median(r["refresh_one_percent"])
    yield ratio(6, "refresh by change tracking, 1 % changed, CPU, to the first import", n, refresh / first, 0.06,
                f"{refresh:.3f} s")


def ask_rows(r, busy):
    n, clock = r["n"], "cpu" if busy else "wall"
    find = r["find"][clock]["p99_ms"]
    told = "of the asking thread's CPU time" if busy else "wall"
    goal = at(n, 0.05, 0.1, 0.3)
    for kind, what in (("who", f"who is calling, p99, {told}"), ("written", "... numbers as people write them")):
        p99 = r[kind][clock]["p99_ms"]
        yield Row(7, what, size_name(n), f"{p99:.3f} ms", f"<= {goal} ms", p99 <= goal,
                  f"median {r[kind][clock]['p50_ms']:.3f} ms")
    goal = at(n, 0.5, 1, 5)
    yield Row(8, f"search as you type, p99, {told}", size_name(n), f"{find:.2f} ms", f"<= {goal} ms", find <= goal,
              f"median {r['find'][clock]['p50_ms']:.2f} ms, slowest {r['find'][clock]['max_ms']:.2f} ms")
    meanwhile = r["find_while_writing"][clock]["p99_ms"]
    yield Row(8, "... while another process imports", size_name(n), f"{meanwhile:.2f} ms", f"<= {goal} ms",
              meanwhile <= goal, f"{r['find_while_writing']['asked']:,} searches while {n:,} contacts changed")
    for name in ("who", "find"):
        weights = r["commands"][name]
        took = median(weights, cpu_s if busy else wall_s) * 1e3
        what = f"`kith {name}` as a command, {'CPU' if busy else 'wall'}"
        yield Row(9, what, size_name(n), f"{took:.1f} ms", "<= 10 ms", took <= 10,
                  f"fastest by the wall clock {min(map(wall_s, weights)) * 1e3:.1f} ms")


def file_rows(r):
    n, each = r["n"], r["bytes"] / r["n"]
    yield Row(10, "file, bytes a contact", size_name(n), f"{each:.0f}", "<= 750", each <= 750)
    yield Row(10, "... growth after ten refreshes of 1 %", size_name(n), f"{r['growth'] * 100:.1f} %", "<= 15 %",
              r["growth"] <= 0.15)


def rival_rows(r):
    for name, title, goal in (("node", "a script for Node", 0.4), ("python", "a script for Python", 0.5)):
        if r.get(name):
            theirs = median(r[name])
            yield ratio(11, f"first import, CPU, to {title}", r["n"], median(r["first"]) / theirs, goal,
                        f"{theirs:.2f} s, {r[name][0]['peak_kib'] / 1024:.0f} MiB")


def latency_rows(r):
    wall, bare = median(r["kith"], wall_s), median(r["bare"], wall_s)
    sequential = median(r["sequential"], wall_s)
    note = f"{wall:.2f} s / {bare:.2f} s; the same requests one after the other: {sequential:.2f} s"
    more = wall - bare
    yield Row(3, f"{r['latency_ms']} ms a request: more than the bare requests, four at a time", size_name(r["n"]),
              f"{more:.2f} s", "<= 1.0 s", more <= 1.0, note)
    yield Row(3, "... the whole import", size_name(r["n"]), f"{wall:.2f} s", "< 4 s", wall < 4,
              f"{r['requests']} requests")


def notes_rows(r):
    each, peak = r["bytes"] / r["n"], r["first"]["peak_kib"] / 1024
    what = f"notes of {r['note_bytes'] // 1024} kB each: "
    yield Row(4, what + "peak memory", size_name(r["n"]), f"{peak:.0f} MiB", "<= 40 MiB", peak <= 40)
    beside = max(0, each - r["note_bytes"])
    yield Row(10, what + "bytes a contact beside the note", size_name(r["n"]), f"{beside:.0f}", "<= 750", beside <= 750,
              f"{each:.0f} with the note, which is packed")


def rows(results):
    sizes = sorted(results.get("sizes", {}).values(), key=lambda r: r["n"])
    busy = results["machine"]["busy"]
    all_rows = []
    for r in sizes:
        for part in (first_rows(r), again_rows(r), ask_rows(r, busy), file_rows(r), rival_rows(r)):
            all_rows += part
    if sizes:
        all_rows += memory_rows(sizes)
    if results.get("latency"):
        all_rows += latency_rows(results["latency"])
    if results.get("notes"):
        all_rows += notes_rows(results["notes"])
    order = {id(row): i for i, row in enumerate(all_rows)}
    return sorted(all_rows, key=lambda row: (row.number, order[id(row)]))
