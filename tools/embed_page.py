#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Turn the files of the web page into one C file, so that the program reads nothing from the disk.

usage: embed_page.py OUT.c DEPFILE FOLDER_OR_FILE...

Each file becomes a row of kith_web_page_files[] (faces/web/web_page.h): name, content type, bytes, and
an ETag that is a digest of the bytes. Files whose ending is not a page's (README, licence texts) are left out.
"""
import hashlib
import os
import re
import sys

TYPES = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.svg': 'image/svg+xml',
}
NAME = re.compile(r'[a-z0-9-]+\.[a-z]+')
PER_LINE = 24


def page_files(paths):
    """The files, folders opened, by name."""
    files = []
    for path in paths:
        inside = [os.path.join(path, name) for name in os.listdir(path)] if os.path.isdir(path) else [path]
        files += [f for f in inside if os.path.splitext(f)[1] in TYPES]
    files.sort(key=os.path.basename)
    for file in files:
        if not NAME.fullmatch(os.path.basename(file)):
            sys.exit(f'embed_page.py: "{file}": a file of the page has a name of a-z, 0-9 and "-"')
    return files


def c_bytes(data):
    lines = (data[i:i + PER_LINE] for i in range(0, len(data), PER_LINE))
    return ',\n'.join('    ' + ','.join(str(b) for b in line) for line in lines)


def write_c(out, files):
    rows = []
    out.write('/* Made by tools/embed_page.py; edit the files in faces/web/page/ instead. */\n#include "web_page.h"\n\n')
    for i, file in enumerate(files):
        with open(file, 'rb') as f:
            data = f.read()
        etag = hashlib.sha256(data).hexdigest()[:32]
        kind = TYPES[os.path.splitext(file)[1]]
        # A NUL behind the bytes keeps an empty file a valid array.
        out.write(f'static const unsigned char file_{i}[] = {{\n{c_bytes(data + bytes(1))}\n}};\n\n')
        rows.append(f'    {{"{os.path.basename(file)}", "{kind}", file_{i}, {len(data)}, "\\"{etag}\\""}},\n')
    out.write('const struct kith_web_page_file kith_web_page_files[] = {\n' + ''.join(rows) + '};\n\n')
    out.write(f'const size_t kith_web_n_page_files = {len(rows)};\n')


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    out_path, dep_path, paths = sys.argv[1], sys.argv[2], sys.argv[3:]
    files = page_files(paths)
    with open(out_path, 'w', encoding='ascii') as out:
        write_c(out, files)
    # The folders themselves too: a file that comes or goes changes them.
    needed = [p.replace(' ', '\\ ') for p in files + [p for p in paths if os.path.isdir(p)]]
    with open(dep_path, 'w', encoding='utf-8') as dep:
        dep.write(f'{os.path.basename(out_path)}: {" ".join(needed)}\n')


if __name__ == '__main__':
    main()
