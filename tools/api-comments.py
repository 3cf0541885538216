#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""api-comments.py HEADER - a public header as doxygen wants it: comments say whether they stand before or behind what they are about.

`/* x.h - ...` is about the file, a comment at the beginning of a line about what follows, one behind code about that; headings
between dashes and the licence are about nothing. Names at the beginning of a line (`ret:`) become a list.
"""
import pathlib
import re
import sys


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    text = re.sub(r"^/\* (SPDX|---).*\n", "\n", text, flags=re.M)
    text = re.sub(r"^/\*(\n \*)? (\w+\.h) - ", r"/** @file \2" + "\n * ", text, count=1, flags=re.M)
    text = re.sub(r"^/\*(?=[ \n])", "/**", text, flags=re.M)
    text = re.sub(r"(?<=[;,{}\w)]) +/\* ", " /**< ", text)
    text = re.sub(r"^ \* (\w+): +", r" * - `\1`: ", text, flags=re.M)
    if sys.argv[1].endswith("/kith.h"):
        text = "/** @mainpage libkith\n * Begin with kith.h; a first program:\n * @include caller.c\n */\n" + text
    sys.stdout.write(text)


main()
