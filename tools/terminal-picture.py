#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""terminal-picture.py - draws what a terminal showed as an SVG, for the README.

With --run it runs the commands itself, in a terminal of the given width, and shows each behind a prompt;
without, it reads text that was captured before (plain, or with the colours that `script` keeps) from a file or
standard input. Nothing is added to what the programs wrote, so a picture can be made again by anyone:

    tools/terminal-picture.py -o docs/img/terminal.svg --run 'kith find maria' --run 'kith who "+1 408 555 0100"'
    script -qc ./demo demo.log && tools/terminal-picture.py -o demo.svg demo.log

It understands what kith writes: bold, dim and the sixteen colours, carriage return and erase-line (a progress bar leaves
its last state), wide and combining characters. Other control sequences are left out.
"""
import argparse
import fcntl
import os
import pty
import re
import struct
import sys
import termios
import unicodedata
from html import escape

CELL, LINE, SIZE = 8.43, 20, 14  # pixels; a monospace letter is 0.602 of its size wide
EDGE, BAR = 18, 34  # around the text; the window's upper edge
SEQUENCE = re.compile(r"\x1b\[([0-9;?]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-Za-z]|\x1b[@-Z\\-_=>78]")
COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

STYLE = """
    .ground { fill: #fbfaf7 } .edge { stroke: #d9d6cd } .knob { fill: #d9d6cd } .title { fill: #676b68 }
    text { fill: #1b1e1d } .d { fill: #676b68 } .b { font-weight: 700 }
    .black { fill: #1b1e1d } .red { fill: #a3271b } .green { fill: #1d6b34 } .yellow { fill: #7a4700 }
    .blue { fill: #1b4f9c } .magenta { fill: #7d2a83 } .cyan { fill: #0b6158 } .white { fill: #575b58 }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #191d1c } .edge { stroke: #3f4745 } .knob { fill: #3f4745 } .title { fill: #929b97 }
      text { fill: #ecefed } .d { fill: #929b97 }
      .black { fill: #abb3b0 } .red { fill: #ffafa1 } .green { fill: #9fdcae } .yellow { fill: #f3c77c }
      .blue { fill: #a9cbff } .magenta { fill: #e9b7ee } .cyan { fill: #74cfbf } .white { fill: #ecefed }
    }
"""


class Screen:
    """Lines of cells; a cell is its characters and its style, "" the right half of a wide one."""

    def __init__(self, columns):
        self.columns = columns
        self.lines, self.column, self.style = [[]], 0, frozenset()

    def put(self, character):
        line = self.lines[-1]
        wide = 2 if is_wide(character) else 1
        if is_mark(character):
            if 0 < self.column <= len(line):
                text, style = line[self.column - 1]
                line[self.column - 1] = (text + character, style)
            return
        if self.column + wide > self.columns:
            self.lines.append([])
            self.column, line = 0, self.lines[-1]
        while len(line) < self.column + wide:
            line.append((" ", frozenset()))
        line[self.column] = (character, self.style)
        if wide == 2:
            line[self.column + 1] = ("", self.style)
        self.column += wide

    def feed(self, text):
        at = 0
        while at < len(text):
            found = SEQUENCE.match(text, at)
            if found:
                self.control(found.group(1) or "", found.group(2) or "")
                at = found.end()
                continue
            self.take(text[at])
            at += 1

    def take(self, character):
        if character == "\n":
            self.lines.append([])
            self.column = 0
        elif character == "\r":
            self.column = 0
        elif character == "\t":
            self.column += 8 - self.column % 8
        elif character == "\b":
            self.column = max(0, self.column - 1)
        elif character >= " " and character != "\x7f":
            self.put(character)

    def control(self, numbers, letter):
        if letter == "K":
            if numbers == "2":
                self.lines[-1].clear()
            elif numbers in ("", "0"):
                del self.lines[-1][self.column:]
        elif letter == "m":
            for number in (int(n or 0) for n in numbers.split(";")):
                self.style = next_style(self.style, number)


def is_mark(character):
    return bool(unicodedata.combining(character)) or unicodedata.category(character) in ("Mn", "Me", "Cf")


def next_style(style, number):
    if number == 0:
        return frozenset()
    if number == 1:
        return style | {"b"}
    if number == 2:
        return style | {"d"}
    if number == 22:
        return style - {"b", "d"}
    if 30 <= number <= 37 or 90 <= number <= 97:
        return style - set(COLOURS) | {COLOURS[number % 10]}
    if number == 39:
        return style - set(COLOURS)
    return style


def is_rightward(text):
    """Written from right to left: such a word must not pull its neighbours along."""
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def runs_of(line):
    """(column, cells, text, style) of what may be drawn in one piece: one style, single spaces at most, all narrow."""
    run, start = [], 0
    for column, (text, style) in enumerate(line + [(" ", None)]):
        breaks = run and (style != run[0][1] or text == "" or is_wide(text) or is_wide(run[-1][0])
                          or (text == " " and (run[-1][0] == " " or column == len(line)))
                          or is_rightward(text) != is_rightward(run[-1][0]) and text != " ")
        if breaks:
            joined = "".join(cell[0] for cell in run)
            if joined.strip():
                yield start, len(run), joined.rstrip(), run[0][1]
            run = []
        if text == "" or style is None:
            continue
        if not run:
            if text == " ":
                continue
            start = column
        run.append((text, style))


def is_wide(text):
    return bool(text) and unicodedata.east_asian_width(text[0]) in "WF"


def draw_run(column, text, style, y):
    classes = " ".join(sorted(style))
    attributes = f' class="{classes}"' if classes else ""
    if is_rightward(text):
        attributes += ' direction="ltr" style="unicode-bidi: isolate"'
    return f'  <text x="{EDGE + column * CELL:.2f}" y="{y}"{attributes}>{escape(text)}</text>'


def draw(screen, columns, title):
    lines = list(screen.lines)
    while lines and not any(text.strip() for text, _ in lines[-1]):
        lines.pop()
    while lines and not any(text.strip() for text, _ in lines[0]):
        lines.pop(0)
    widest = max([columns] + [len(line) for line in lines])
    width, height = round(2 * EDGE + widest * CELL), BAR + LINE * len(lines) + EDGE
    shown = "\n".join("".join(text for text, _ in line).rstrip() for line in lines)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="title desc">',
        f'  <title id="title">{escape(title)}</title>',
        f'  <desc id="desc">{escape(shown)}</desc>',
        f"  <style>{STYLE}  </style>",
        f'  <rect class="ground edge" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="10"/>',
        *(f'  <circle class="knob" cx="{EDGE + 6 + 18 * i}" cy="18" r="5.5"/>' for i in range(3)),
        f'  <g font-family="ui-monospace, \'Cascadia Mono\', \'DejaVu Sans Mono\', Menlo, Consolas, monospace" '
        f'font-size="{SIZE}" xml:space="preserve">',
        f'  <text class="title" x="{width / 2:.1f}" y="23" text-anchor="middle" font-size="12">{escape(title)}</text>',
    ]
    for number, line in enumerate(lines):
        y = BAR + LINE * number + 15
        out += [draw_run(column, text, style, y) for column, _, text, style in runs_of(line)]
    return "\n".join(out + ["  </g>", "</svg>"]) + "\n"


def run(command, columns):
    """What command writes to a terminal of this width; a command that fails is no picture."""
    child, terminal = pty.fork()
    if child == 0:  # the size is set here, before anything can ask for it
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        os.execvp("sh", ["sh", "-c", command])
    written = b""
    while True:
        try:
            some = os.read(terminal, 65536)
        except OSError:  # Linux says EIO when the other end has closed
            break
        if not some:
            break
        written += some
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code != 0:
        sys.exit(f"terminal-picture: `{command}` ended with {code}:\n{written.decode(errors='replace')}")
    return written.decode("utf-8", "replace")


def main():
    parser = argparse.ArgumentParser(description="Draw what a terminal showed as an SVG.")
    parser.add_argument("capture", nargs="?", help="text captured before (default: standard input)")
    parser.add_argument("-o", "--output", required=True, help="the SVG to write")
    parser.add_argument("--run", action="append", metavar="COMMAND", help="run COMMAND and show it behind a prompt")
    parser.add_argument("--columns", type=int, default=100, help="width of the terminal (default: 100)")
    parser.add_argument("--title", default="kith", help="what stands in the upper edge")
    arguments = parser.parse_args()

    screen = Screen(arguments.columns)
    if arguments.run:
        for command in arguments.run:
            screen.feed(f"\x1b[2m$\x1b[0m {command}\n{run(command, arguments.columns)}\n")
    elif arguments.capture:
        with open(arguments.capture, encoding="utf-8", errors="replace", newline="") as capture:
            screen.feed(capture.read())
    else:
        screen.feed(sys.stdin.buffer.read().decode("utf-8", "replace"))
    with open(arguments.output, "w", encoding="utf-8") as picture:
        picture.write(draw(screen, arguments.columns, arguments.title))


if __name__ == "__main__":
    main()
