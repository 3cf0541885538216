#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn src/store/sqlite/NNNN-name.sql into a C array, so that the schema travels in the program.

Comments are left out: SQLite keeps the text of every statement in the file and reads it
again whenever the file is opened.
"""
import pathlib
import re
import sys


def squeeze(sql):
    """Without comments, and one space where there was any."""
    without = re.sub(r"--[^\n]*", "", sql)
    return re.sub(r"\s+", " ", without).strip()


def main():
    out, *scripts = sys.argv[1:]
    lines = ["/* Made by embed_sql.py. */"]
    for path in map(pathlib.Path, scripts):
        name = "sql_" + re.sub(r"\W", "_", path.stem)
        data = squeeze(path.read_text(encoding="utf-8")).encode() + b"\0"
        lines.append(f"static const char {name}[] = {{")
        for i in range(0, len(data), 24):
            lines.append("    " + " ".join(f"{byte}," for byte in data[i:i + 24]))
        lines.append("};")
    pathlib.Path(out).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
