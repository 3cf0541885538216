# SPDX-License-Identifier: MIT
"""failures_table.py - docs/failures.md: what a person reads, as real runs said it.

A test that provokes a failure tells how, and its run is compared with the row of that name; so each run of the tests proves
the rows that it met. tools/failures-table.py has the rows written anew instead, for a person to look over.
"""
import fcntl
import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "failures.md"
REGENERATE = "KITH_TEST_REGENERATE" in os.environ
RENEW = "`tools/failures-table.py BUILD` writes the table anew."
# What is another one in each run.
CHANGING = (
    (r"/[^\s“”\"]*/kith-[a-z]+-[a-z0-9_]{8}", "FOLDER"),
    (r"(http://(?:127\.0\.0\.1|localhost)):\d+", r"\1:PORT"),
    (r"(?<=support: request )\S+, [^.]+\.", "ID, TIME."),
    (r"(?<=answers again )after [^.]+\.", "after TIME."),
    (r"(?<=cannot be trusted )\([^)]+\)", "(REASON)"),
    (r"(?<=redirect_uri=)[^&\s]+", "ADDRESS"),
    (r"(?<=state=)[^&\s]+", "STATE"),
    (r"(?<=client_id=)[^&\s]+", "ID"),
)
ROW = re.compile(r"\| `([a-z-]+)` \| (\d+) \| (.*?) \| (.*) \|")


def words(text):
    """What stands from the failure's title on, as one cell."""
    lines = text[re.search(r"^kith: ", text, re.M).start():].splitlines()
    for pattern, stands_for in CHANGING:
        lines = [re.sub(pattern, stands_for, line) for line in lines]
    cell = [f"**{lines[0].removeprefix('kith: ')}**"]
    for line in lines[1:]:
        then, _, command = line.partition("Then: ")
        cell.append(f"Then: `{command}`" if command and not then else line.strip())
    return "<br>".join(cell).replace("|", "\\|")


def rows(text):
    """{(id, how): (exit code, words)}"""
    return {(found[1], found[3]): (int(found[2]), found[4]) for found in ROW.finditer(text)}


def write(text, table):
    head = text[:text.index("|---")] + "|---|---|---|---|\n"
    lines = [f"| `{name}` | {code} | {how} | {said} |\n"
             for (name, how), (code, said) in sorted(table.items(), key=lambda row: (row[1][0], row[0]))]
    TABLE.write_text(head + "".join(lines), encoding="utf-8")


def assert_documented(failure_id, how, result):
    """The run failed as docs/failures.md says of a failure that is provoked like this."""
    met = (result.code, words(result.err))
    if REGENERATE:
        with open(TABLE) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # several tests write their rows at once
            text = TABLE.read_text(encoding="utf-8")
            write(text, {**rows(text), (failure_id, how): met})
    else:
        written = rows(TABLE.read_text(encoding="utf-8")).get((failure_id, how))
        assert written == met, f"docs/failures.md says of {failure_id}, {how}:\n{written}\nand this run:\n{met}\n{RENEW}"
