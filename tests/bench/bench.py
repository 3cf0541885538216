#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bench.py - builds what it needs, measures every row of "Numbers to reach", writes the numbers down.

    tests/bench/bench.py                        10,000 and 100,000 contacts; results in build/bench/results.json
    tests/bench/bench.py --sizes 1000000        a million (an hour, 6 GB of disk)
    tests/bench/bench.py --write-page           and docs/performance.md with its plots
    tests/bench/bench.py --page-only            the page again from the results that are there

Everything is compared with something in the same run, in turns, and medians are taken: ratios travel between machines,
seconds do not.
"""
import argparse
import contextlib
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import sqlite3
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import bench_page  # noqa: E402
from bench_mailbox import HERE, Mailbox, PERSON, Programs  # noqa: E402

ROOT = HERE.parent.parent
RIVALS = HERE / "rivals"
LATENCY_MS = 150
LATENCY_CONTACTS = 10000


def say(*words):
    print(*words, file=sys.stderr, flush=True)


# --- What is needed -----------------------------------------------------------------------

def build_programs():
    folder = ROOT / "build/bench"
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", str(folder), str(ROOT)], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["nice", "ninja", "-C", str(folder), "--quiet"], check=True)
    return folder


def prepare_rivals():
    """The packages as the lock file names them. better-sqlite3 is native: built here, from its source, against the
    headers of the node that runs it; no package's own script is run. What cannot be had is left out, and said."""
    rivals = {}
    if subprocess.run(["/usr/bin/python3", "-c", "import requests"], capture_output=True, check=False).returncode == 0:
        rivals["python"] = ["/usr/bin/python3", str(RIVALS / "import_contacts.py")]
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return rivals
    module = RIVALS / "node_modules/better-sqlite3"
    if not (module / "build/Release/better_sqlite3.node").exists():
        say("npm packages of the rivals, and better-sqlite3 from its source (minutes)")
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=RIVALS,
                       check=True)
        prefix = pathlib.Path(os.path.realpath(node)).parent.parent
        candidates = [prefix / "lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js",
                      pathlib.Path("/usr/share/nodejs/node-gyp/bin/node-gyp.js")]
        gyp = next((path for path in candidates if path.exists()), None)
        if not gyp or not (prefix / "include/node/node.h").exists():
            say("node-gyp or the headers of node are missing: no script for Node is measured")
            return rivals
        subprocess.run(["nice", node, str(gyp), "rebuild", "--release", f"--nodedir={prefix}"], cwd=module, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rivals["node"] = [node, str(RIVALS / "import_contacts.mjs")]
    return rivals


def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (done.stdout or done.stderr).strip().split("\n")[0]


def machine(programs):
    """The machine, and what on it the numbers depend on."""
    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())
    release = dict(re.findall(r'^(\w+)="?([^"\n]*)', pathlib.Path("/etc/os-release").read_text(), re.M))
    packages = ["libsqlite3-0", "libcurl4", "libsimdjson14", "libicu72", "libphonenumber8", "zlib1g",
                "python3-requests", "khard", "abook"]
    versions = {name: first_line("dpkg-query", "-W", "-f=${Version}", name) for name in packages}
    return {
        "date": datetime.date.today().isoformat(),
        "cpu": cpu.group(1) if cpu else platform.machine(),
        "n_cpus": os.cpu_count(),
        "memory_gib": round(int(memory.group(1)) / 2**20) if memory else 0,
        "system": release.get("PRETTY_NAME", ""),
        "kernel": platform.release(),
        "compiler": first_line("cc", "--version"),
        "kith": first_line(programs.kith, "--version"),
        "commit": first_line("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"),
        "node": first_line("node", "--version"),
        "python": first_line("/usr/bin/python3", "--version"),
        "packages": {name: version for name, version in versions.items() if re.match(r"[0-9]", version)},
        "load": os.getloadavg()[0],
    }


# --- One size -----------------------------------------------------------------------------

def pages_that_differ(before, after):
    """How many of a database's pages one import wrote."""
    size = 4096
    with open(before, "rb") as one, open(after, "rb") as other:
        n = abs(os.path.getsize(before) - os.path.getsize(after)) // size
        while (a := one.read(size)) and (b := other.read(size)):
            n += a != b
    return n


def sums_of(path):
    """Of contacts and what belongs to them: rows that are written anew get new numbers."""
    tables = {"contact": "id", "email": "contact", "phone": "contact", "address": "contact"}
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return [db.execute(f"SELECT count(*), total({key}) FROM {table}").fetchone() for table, key in tables.items()]


def measure_first(box, rivals, runs, result):
    """Rows 1, 2, 4 and 11. The last home stays, with its contacts."""
    home = box.new_home()
    box.import_into(home)  # the sandbox makes its pages once
    url = box.page_url()
    for name, command in rivals.items():
        box.rival(*command)
    for run in range(runs):
        say(f"  first import {run + 1} of {runs}")
        box.drop(home)
        home = box.new_home()
        result["first"].append(box.import_into(home))
        result["floor"].append(box.floor(url))
        result["floor_no_latin"].append(box.floor(url, "--no-latin"))
        for name, command in rivals.items():
            result[name].append(box.rival(*command))
    return home


def measure_again(box, home, runs, result):
    """Rows 5, 6 and 10."""
    store = home.data / "contacts.db"
    copy = box.scratch / "before.db"
    few = max(1, box.n // 100)

    result["bytes"] = store.stat().st_size
    shutil.copy(store, copy)
    for run in range(runs):
        result["same"].append(box.import_into(home))
    result["pages_written_by_same"] = pages_that_differ(copy, store)
    result["pages"] = store.stat().st_size // 4096
    result["rows_touched_by_same"] = sums_of(copy) != sums_of(store)
    copy.unlink()
    for run in range(runs):
        say(f"  1 % changed {run + 1} of {runs}")
        box.sandbox.call("POST", "/sandbox/change", {"person": PERSON, "change": few})
        result["one_percent"].append(box.import_into(home))
    result["first_refresh"] = box.refresh(home)  # learns from where changes are told
    before = store.stat().st_size
    for run in range(10):
        box.sandbox.call("POST", "/sandbox/change", {"person": PERSON, "change": few})
        result["refresh_one_percent"].append(box.refresh(home))
    result["growth"] = store.stat().st_size / before - 1


def measure_questions(box, home, n_questions, n_commands, result):
    """Rows 7, 8 and 9."""
    say("  questions")
    result["numbers"] = box.questions(home, "numbers")
    for kind in ("who", "written", "find"):
        result[kind] = box.questions(home, kind, n_questions)
    result["commands"] = {
        "who": box.kith_often(n_commands, home, "who", "+1 202 555 0147"),
        "find": box.kith_often(n_commands, home, "find", "mar"),
    }
    box.sandbox.call("POST", "/sandbox/change", {"person": PERSON, "change": box.n})
    result["find_while_writing"] = {}
    with box.asked_meanwhile(home, result["find_while_writing"]):
        result["import_while_asked"] = box.import_into(home)


def measure_size(programs, n, options, rivals):
    result = {"n": n, **{name: [] for name in ("first", "floor", "floor_no_latin", "same", "one_percent",
                                               "refresh_one_percent", *rivals)}}
    say(f"{n} contacts")
    with Mailbox(programs, n, scratch=options.scratch) as box:
        home = measure_first(box, rivals, options.runs, result)
        measure_again(box, home, options.runs, result)
        measure_questions(box, home, options.questions, options.commands, result)
        if n <= 10000 and options.address_books:
            result["address_books"] = measure_address_books(box, home, options.commands)
    return result


# --- Beside the sizes --------------------------------------------------------------------

def measure_latency(programs, n, options):
    """Row 3: each answer comes late, as from far away."""
    result = {"n": n, "latency_ms": LATENCY_MS, "kith": [], "bare": [], "sequential": []}
    say(f"{n} contacts, {LATENCY_MS} ms a request")
    with Mailbox(programs, n, "--latency", LATENCY_MS, scratch=options.scratch) as box:
        home = box.new_home()
        box.import_into(home)
        urls = box.get_urls()
        result["requests"] = len(urls)
        for run in range(options.runs):
            box.drop(home)
            home = box.new_home()
            result["kith"].append(box.import_into(home))
            result["bare"].append(box.bare(urls, 4))
        result["sequential"].append(box.bare(urls, 1))
    return result


def measure_notes(programs, n, note_bytes, options):
    """Rows 4 and 10 once more, with long notes."""
    say(f"{n} contacts with notes of {note_bytes} bytes")
    with Mailbox(programs, n, scratch=options.scratch) as box:
        box.sandbox.call("POST", "/sandbox/mailbox", {"person": PERSON, "contacts": n, "note_bytes": note_bytes})
        home = box.new_home()
        weight = box.import_into(home)
        return {"n": n, "note_bytes": note_bytes, "first": weight, "bytes": (home.data / "contacts.db").stat().st_size}


def measure_address_books(box, home, times):
    """What people search with today: one name, as a command, in the same contacts."""
    say("  khard, abook")
    cards = box.scratch / "all.vcf"
    folder = box.scratch / "cards"
    result = {"kith": box.kith_often(times, home, "find", "mar")}
    if home.run("export", "--format", "vcard3", "-o", cards).code != 0:
        return result
    text = cards.read_text(encoding="utf-8")
    if shutil.which("khard"):
        folder.mkdir()
        for number, card in enumerate(text.split("BEGIN:VCARD")[1:]):
            (folder / f"{number}.vcf").write_text("BEGIN:VCARD" + card, encoding="utf-8", newline="")
        config = box.scratch / "khard.conf"
        config.write_text(f"[addressbooks]\n[[all]]\npath = {folder}\n[general]\ndefault_action = list\n")
        env = dict(home.env, PYTHONDONTWRITEBYTECODE="1")
        result["khard"] = box.weigh_often(3, "khard", "-c", config, "list", "mar", env=env)
    if shutil.which("abook"):
        book = box.scratch / "abook"
        box.weigh("abook", "--convert", "--informat", "vcard", "--infile", cards, "--outformat", "abook", "--outfile",
                  book, env=home.env)
        result["abook"] = box.weigh_often(times, "abook", "--datafile", book, "--mutt-query", "mar", env=home.env)
    return result


# --- The whole -----------------------------------------------------------------------------

def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", help="folder of a finished build (default: build/bench, made here)")
    parser.add_argument("--sizes", default="10000,100000", help="numbers of contacts, with commas between")
    parser.add_argument("--runs", type=int, default=5, help="of what is compared; medians are taken")
    parser.add_argument("--questions", type=int, default=5000)
    parser.add_argument("--commands", type=int, default=40)
    parser.add_argument("--no-rivals", dest="rivals", action="store_false")
    parser.add_argument("--no-latency", dest="latency", action="store_false")
    parser.add_argument("--no-address-books", dest="address_books", action="store_false")
    parser.add_argument("--notes", type=int, default=0, metavar="N", help="N contacts with notes of 32 kB each, too")
    parser.add_argument("--busy", action="store_true", help="note that the machine had other work meanwhile")
    parser.add_argument("--scratch", help="folder for the stores (default: the system's for temporary files)")
    parser.add_argument("--out", help="where the results go (default: results.json in the build folder)")
    parser.add_argument("--write-page", action="store_true", help="write docs/performance.md and its plots")
    parser.add_argument("--page-only", action="store_true", help="from the results that are there; measure nothing")
    return parser.parse_args(arguments)


def measure(options, build, results, save):
    programs = Programs(build)
    rivals = prepare_rivals() if options.rivals else {}
    results["machine"] = dict(machine(programs), busy=options.busy)
    for n in (int(size) for size in options.sizes.split(",")):
        results.setdefault("sizes", {})[str(n)] = measure_size(programs, n, options, rivals)
        save()
    if options.latency:
        results["latency"] = measure_latency(programs, min(LATENCY_CONTACTS, n), options)
        save()
    if options.notes:
        results["notes"] = measure_notes(programs, options.notes, 32 * 1024, options)
        save()


def main():
    options = options_of(sys.argv[1:])
    build = options.build or (ROOT / "build/bench" if options.page_only else build_programs())
    out = pathlib.Path(options.out or pathlib.Path(build) / "results.json")
    results = json.loads(out.read_text()) if out.exists() else {}
    if not options.page_only:
        measure(options, build, results, lambda: out.write_text(json.dumps(results, indent=1) + "\n"))
    print(bench_page.table(results))
    if options.write_page or options.page_only:
        bench_page.write(ROOT / "docs", results)


if __name__ == "__main__":
    main()
