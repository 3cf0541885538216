#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check-layers.py - holds the include direction of the tree, and the promise that each file name occurs once.

The table is the architecture: what stands at the left may include what stands at the right, and itself.
Everything may include the public headers <kith/...> for their plain types.
"""
import pathlib
import re
import sys

STEPS = ["signin", "fetch", "parse", "normalise", "store", "find", "show"]
MAY_INCLUDE = {
    "base": [],
    "model": ["base"],
    "http": ["base", "model"],
    **{step: ["base", "model", "http"] if step in ("signin", "fetch") else ["base", "model"] for step in STEPS},
    "engine": ["base", "model", "http", *STEPS],
    "faces/cli": ["base", "faces/web"],
    "faces/web": ["base"],
    "reader": ["base", "model", "parse"],
    "sandbox": ["base"],
}
# Headers that a file may include without a folder: those of its own room, and the generated configuration.
GENERATED = {"kith_config.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
MAY_REPEAT = {"README.md", "meson.build", ".clang-tidy", "package.json", "package-lock.json"}


def room_of(path, root):
    parts = path.relative_to(root).parts
    if parts[0] == "src":
        return parts[1] if len(parts) > 2 else None
    if parts[0] == "faces":
        return "/".join(parts[:2])
    return parts[0]


def check_includes(root, path, room):
    for quote, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        if quote == "<" or name in GENERATED or name.startswith("kith/"):
            continue
        target = name.rsplit("/", 1)[0] if "/" in name else room
        if target == "store/sqlite":
            target = "store"
        if target != room and target not in MAY_INCLUDE[room]:
            yield f"{path.relative_to(root)}: {room} may not include \"{name}\""


def check_names(root):
    seen = {}
    for top in ("include", "src", "reader", "faces", "sandbox", "tests", "tools", "data"):
        for path in sorted((root / top).rglob("*")):
            inside = path.relative_to(root)
            if not path.is_file() or path.name in MAY_REPEAT or {"corpus", "node_modules", "__pycache__"} & set(inside.parts):
                continue
            if path.name in seen:
                yield f"{inside}: this file name stands at {seen[path.name]} too"
            seen.setdefault(path.name, inside)


def check_readmes(root):
    for room in MAY_INCLUDE:
        folder = root / (room if "/" in room or room in ("reader", "sandbox") else f"src/{room}")
        if not (folder / "README.md").is_file():
            yield f"{folder.relative_to(root)}: has no README.md"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    faults = []
    for top in ("src", "reader", "faces", "sandbox"):
        for path in sorted((root / top).rglob("*")):
            room = room_of(path, root) if path.suffix in (".c", ".h", ".cpp") else None
            if room in MAY_INCLUDE:
                faults += check_includes(root, path, room)
    faults += check_names(root)
    faults += check_readmes(root)
    print("1..1")
    for fault in faults:
        print(f"# {fault}")
    print(("not ok" if faults else "ok") + " 1 layers__includes_point_down_and_names_are_unique")
    return 1 if faults else 0


sys.exit(main())
