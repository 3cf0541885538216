#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""coverage-table.py SUMMARY OUT - a summary of gcovr as a table, a row for each folder of src/.

What stands in OUT outside of the table's rows stays: why a folder is where it is says a person.
"""
import collections
import json
import pathlib
import re
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    summary = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = collections.defaultdict(lambda: [0, 0])
    for file in summary["files"]:
        total = lines[file["filename"].split("/")[1]]
        total[0] += file["line_covered"]
        total[1] += file["line_total"]
    lines["all"] = [sum(row[i] for row in lines.values()) for i in (0, 1)]
    rows = "".join(f"| {folder} | {reached:,} | {there:,} | {100 * reached / there:.1f} % |\n"
                   for folder, (reached, there) in lines.items())
    out = pathlib.Path(sys.argv[2])
    out.write_text(re.sub(r"(\|---\S*\n)(\|.*\n)*", lambda head: head[1] + rows, out.read_text(encoding="utf-8"), count=1),
                   encoding="utf-8")


main()
