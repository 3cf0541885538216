#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make_pst.py - writes small Outlook data files (PST) of invented people, so that no test needs a foreign sample.

    make_pst(path, [Folder("Contacts", [Contact({0x3A06: "Ada"}, named={(ADDRESS, 0x8083): "ada@contoso.example"})])])

Properties are {id: value}; named ones {(property set, long id or name): value}. The value's Python type gives the
property's type: str, int, bool, float, datetime, bytes, UUID, and a list of one of them for a multi-value.
Typed(type, value) says it outright; with bytes as the value it writes exactly those, even where Outlook never would.

The layers are those of Microsoft's published description, [MS-PST], and the code stands in that order: blocks and
pages in two b-trees (NodeFile); heaps, b-trees on heaps, property and table contexts (Context); folders and messages
(Writer). What a reader needs is there; the search folders Outlook itself keeps are not.

As a program it writes a demonstration file: make_pst.py OUT.pst --contacts N
"""
import argparse
import dataclasses
import datetime
import hashlib
import struct
import typing
import uuid
import zlib

# Property sets of named properties.
MAPI = uuid.UUID("00020328-0000-0000-c000-000000000046")
PUBLIC_STRINGS = uuid.UUID("00020329-0000-0000-c000-000000000046")
ADDRESS = uuid.UUID("00062004-0000-0000-c000-000000000046")
COMMON = uuid.UUID("00062008-0000-0000-c000-000000000046")
KEYWORDS = (PUBLIC_STRINGS, "Keywords")

# Types of values; 0x1000 added makes a multi-value.
I16, I32, DOUBLE, BOOL, I64 = 0x0002, 0x0003, 0x0005, 0x000B, 0x0014
TEXT8, TEXT, TIME, GUID, BINARY = 0x001E, 0x001F, 0x0040, 0x0048, 0x0102
MULTI = 0x1000
FIXED = {I16: "<H", I32: "<I", DOUBLE: "<d", BOOL: "<B", I64: "<Q", TIME: "<Q"}
SMALL_INTEGERS = {0x3A4D}  # ids whose integers have 16 bits: gender

UTC = datetime.timezone.utc
YEAR_1601 = datetime.datetime(1601, 1, 1, tzinfo=UTC)
CREATED = datetime.datetime(2024, 2, 29, 8, 30, tzinfo=UTC)
STORE_KEY = uuid.UUID("5f0c6a1e-7b32-4d7a-9c11-0e4b8a2d6f35").bytes_le
ONE_OFF = bytes.fromhex("00000000812b1fa4bea310199d6e00dd010f5402")
WRAPPED = bytes.fromhex("00000000c091add3519dcf11a4a900aa0047faa4")

# ---------------------------------------------------------------------------------------------------------------------
# What a file is made of, for the caller.


class Typed(typing.NamedTuple):
    """A value with its type said outright; bytes are written as they are."""

    type: int
    value: object


@dataclasses.dataclass
class Attachment:
    name: str
    data: bytes
    properties: dict = dataclasses.field(default_factory=dict)


def contact_picture(data):
    """The picture of a contact: an attachment Outlook knows by its name and by property 0x7FFF."""
    return Attachment("ContactPicture.jpg", data, {0x7FFF: True})


@dataclasses.dataclass(eq=False)
class Item:
    """A message of any class. associated: one of the hidden ones in which a folder keeps its settings."""

    properties: dict = dataclasses.field(default_factory=dict)
    named: dict = dataclasses.field(default_factory=dict)
    attachments: list = dataclasses.field(default_factory=list)
    message_class: str = "IPM.Note"
    associated: bool = False


@dataclasses.dataclass(eq=False)
class Contact(Item):
    message_class: str = "IPM.Contact"


@dataclasses.dataclass
class Member:
    """A member of a distribution list: a name and an address, or an item of the same file that is pointed at.

    contact: with slot 1 to 3, one of its e-mail addresses.   sublist: another distribution list.
    """

    name: str = ""
    address: str = ""
    type: str = "SMTP"
    contact: Contact = None
    slot: int = 1
    sublist: Item = None


@dataclasses.dataclass(eq=False)
class DistList(Item):
    """A distribution list. stream: keep the members in 0x8064, as Outlook does for long lists."""

    message_class: str = "IPM.DistList"
    name: str = ""
    members: list = dataclasses.field(default_factory=list)
    stream: bool = False


@dataclasses.dataclass(eq=False)
class Mail(Item):
    """A letter: nothing a reader of contacts should take."""

    subject: str = "Lunch?"

    def __post_init__(self):
        self.properties = {0x0037: self.subject, 0x0C1A: "Grace Okafor", 0x1000: "At one?", **self.properties}


@dataclasses.dataclass(eq=False)
class Folder:
    """deleted_items: the store points at this folder as the one of deleted items (0x35E3)."""

    name: str
    items: list = dataclasses.field(default_factory=list)
    folders: list = dataclasses.field(default_factory=list)
    container_class: str = "IPF.Contact"
    deleted_items: bool = False


def email(slot, address, display="", address_type="SMTP", original=None):
    """The five named properties of e-mail slot 1, 2 or 3, to be merged into named={...}."""
    base = 0x8080 + 0x10 * (slot - 1)
    return {
        (ADDRESS, base): display or address,
        (ADDRESS, base + 2): address_type,
        (ADDRESS, base + 3): address,
        (ADDRESS, base + 4): address if original is None else original,
        (ADDRESS, base + 5): one_off(display or address, address, address_type),
    }


def one_off(name, address, address_type="SMTP"):
    """An entry id that holds a name and an address itself, in UTF-16."""
    texts = "".join(text + "\0" for text in (name, address_type, address))
    return ONE_OFF + struct.pack("<HH", 0, 0x8001) + texts.encode("utf-16-le")


def compress_rtf(rtf):
    """RTF text as property 0x1009 holds it: [MS-OXRTFCP], with references back wherever three bytes repeat."""
    known = (
        rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
        rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    ) + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
    raw = rtf.encode("ascii")
    text, at, tokens = known + raw, len(known), []
    while at < len(text):
        for length in range(min(17, len(text) - at), 2, -1):
            found = text.rfind(text[at : at + length], max(0, at - 4095), at)
            if found >= 0:
                tokens.append((True, struct.pack(">H", (found % 4096) << 4 | length - 2)))
                at += length
                break
        else:
            tokens.append((False, text[at : at + 1]))
            at += 1
    tokens.append((True, struct.pack(">H", (at % 4096) << 4)))  # a reference to the place being written ends it
    body = b""
    for first in range(0, len(tokens), 8):
        run = tokens[first : first + 8]
        body += bytes([sum(is_reference << bit for bit, (is_reference, _) in enumerate(run))])
        body += b"".join(token for _, token in run)
    return struct.pack("<IIII", len(body) + 12, len(raw), 0x75465A4C, checksum(body)) + body


# ---------------------------------------------------------------------------------------------------------------------
# Blocks and pages.

# The byte permutation called "compressible encryption", [MS-PST] 5.1.
PERMUTATION = bytes.fromhex(
    "41361362a8216ebbf416cc047f64e85d1ef2cb2a74c55e35d295479e962d9a88"
    "4c7d843fdbac31b6485ff6c4d8398be7233b388ec8c1df25b120a546604e9cfb"
    "aad35651457c550007c92b9d859b09a08fadb30f63ab894bd7a7155a716642bf"
    "264a6b98faea7753b270052cfd593a867ece06eb827857c78d43afb41cd45bcd"
    "e2e9274fc3087280cfb0eff5286dbe304d3492d50e3c2232e5e4f99fc2d10a81"
    "12e1ee918376e397e6618a1779a4b7dc907a5c8c02a6ca69de501a1193b95287"
    "58fced1d37491b6ae0293399bd6cd994f340546ff0c673b8d63e6518441fdd67"
    "10f10c19ecae03a1147ba90bfff8a3c0a201f72ebc2468750dfeba2fb5d0da3d"
)
PAGE = 512
SLOT = 64  # the unit of allocation
FIRST_REGION = 0x4400
REGION = 496 * 8 * SLOT  # what one allocation map covers, itself included
BLOCK = 8192  # the largest block, its trailer included
BBT, NBT, FREE_MAP, PAGE_MAP, ALLOCATION_MAP = 0x80, 0x81, 0x82, 0x83, 0x84


class Shape(typing.NamedTuple):
    """What differs between the two kinds of file."""

    version: int
    word: str  # struct code of block ids, offsets and keys
    word_bytes: int
    page_trailer: int
    block_trailer: int
    padding: bytes  # four bytes that only the wide kind has in several places
    row_number: int  # bytes of a row number in a table's index

    @property
    def block_room(self):
        return BLOCK - self.block_trailer

    def trailer(self, start, data, ident):
        """What ends a page or a block; the two kinds of file differ in the order as well."""
        parts = [struct.pack("<I", checksum(data)), struct.pack("<" + self.word, ident)]
        return start + b"".join(parts if self.version == 23 else reversed(parts))


UNICODE = Shape(23, "Q", 8, 16, 16, bytes(4), 4)
ANSI = Shape(14, "I", 4, 12, 12, b"", 2)


def checksum(data):
    """CRC-32 without its usual inversions at both ends."""
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def signature(offset, block_id):
    mixed = (offset ^ block_id) & 0xFFFFFFFF
    return mixed >> 16 ^ mixed & 0xFFFF


def round_up(number, unit):
    return -(-number // unit) * unit


def groups(values, size):
    return [values[first : first + size] for first in range(0, len(values), size)]


class NodeFile:
    """The lower half of a PST: nodes made of blocks, found by two b-trees of pages."""

    def __init__(self, shape, encrypted):
        self.shape = shape
        self.encrypted = encrypted
        self.image = bytearray(FIRST_REGION)
        self.used = []  # (offset, bytes) of everything allocated
        self.regions = 0
        self.blocks = {}  # block id: (offset, bytes)
        self.nodes = {}  # node id: (data, sub-nodes, parent)
        self.next_block = 4
        self.next_page = 1

    # Space.

    def reserve(self, size, unit):
        offset = round_up(len(self.image), unit)
        if not self.regions or offset + size > FIRST_REGION + self.regions * REGION:
            self.begin_region()
            offset = len(self.image)
        self.image.extend(bytes(offset + size - len(self.image)))
        self.used.append((offset, size))
        return offset

    def begin_region(self):
        """Each region begins with its maps; only the first of them is still in use by Outlook."""
        start = FIRST_REGION + self.regions * REGION
        self.image.extend(bytes(start - len(self.image)))
        size = PAGE * (1 + len(self.maps_after(self.regions)))
        self.image.extend(bytes(size))
        self.used.append((start, size))
        self.regions += 1

    @staticmethod
    def maps_after(region):
        maps = [PAGE_MAP] if region % 8 == 0 else []
        return maps + ([FREE_MAP] if region >= 128 and (region - 128) % 496 == 0 else [])

    def put_page(self, offset, body, kind, page_id, sign=True):
        room = PAGE - self.shape.page_trailer
        body = body.ljust(room, b"\0")
        start = struct.pack("<BBH", kind, kind, signature(offset, page_id) if sign else 0)
        self.image[offset : offset + PAGE] = body + self.shape.trailer(start, body, page_id)

    # Blocks.

    def add_block(self, data, internal=False):
        if self.encrypted and not internal:
            data = data.translate(PERMUTATION)
        block_id = self.next_block | (2 if internal else 0)
        self.next_block += 4
        size = round_up(len(data) + self.shape.block_trailer, SLOT)
        offset = self.reserve(size, SLOT)
        start = struct.pack("<HH", len(data), signature(offset, block_id))
        trailer = self.shape.trailer(start, data, block_id)
        self.image[offset : offset + size] = data.ljust(size - len(trailer), b"\0") + trailer
        self.blocks[block_id] = (offset, len(data))
        return block_id

    def add_data(self, pieces):
        """Pieces of at most a block's room each become one block, or a tree of them. Returns its id, 0 for nothing."""
        level = [(self.add_block(piece), len(piece)) for piece in pieces]
        height, capacity = 0, (self.shape.block_room - 8) // self.shape.word_bytes
        while len(level) > 1:
            height += 1
            level = [self.add_data_index(height, group) for group in groups(level, capacity)]
        return level[0][0] if level else 0

    def add_data_index(self, height, group):
        total = sum(size for _, size in group)
        ids = struct.pack(f"<{len(group)}{self.shape.word}", *(block_id for block_id, _ in group))
        return self.add_block(struct.pack("<BBHI", 1, height, len(group), total) + ids, internal=True), total

    def add_stream(self, data):
        return self.add_data(groups(data, self.shape.block_room))

    def add_subnodes(self, subnodes):
        """{node id: (data, sub-nodes)}; returns the id of the block that lists them, 0 for none."""
        if not subnodes:
            return 0
        word, nids = self.shape.word, sorted(subnodes)
        leaves = [
            (group[0], self.add_subnode_block(0, [struct.pack("<" + 3 * word, nid, *subnodes[nid]) for nid in group]))
            for group in groups(nids, 256)
        ]
        if len(leaves) == 1:
            return leaves[0][1]
        return self.add_subnode_block(1, [struct.pack("<" + 2 * word, *leaf) for leaf in leaves])

    def add_subnode_block(self, level, entries):
        header = struct.pack("<BBH", 2, level, len(entries)) + self.shape.padding
        return self.add_block(header + b"".join(entries), internal=True)

    # The two trees and the header.

    def add_node(self, node_id, data, subnodes=0, parent=0):
        self.nodes[node_id] = (data, subnodes, parent)

    def add_tree(self, kind, leaves, leaf_bytes):
        """A b-tree of pages over sorted (key, entry). Returns the id and the offset of its root."""
        room = PAGE - self.shape.page_trailer - 4 - len(self.shape.padding)
        word, level, entries, entry_bytes = self.shape.word, 0, leaves, leaf_bytes
        while True:
            capacity = room // entry_bytes
            above = []
            for group in groups(entries, capacity):
                page_id, self.next_page = self.next_page, self.next_page + 1
                offset = self.reserve(PAGE, PAGE)
                body = b"".join(entry for _, entry in group).ljust(room, b"\0")
                body += struct.pack("<4B", len(group), capacity, entry_bytes, level)
                self.put_page(offset, body, kind, page_id)
                above.append((group[0][0], struct.pack("<" + 3 * word, group[0][0], page_id, offset)))
            if len(above) == 1:
                return page_id, offset
            level, entries, entry_bytes = level + 1, above, 3 * self.shape.word_bytes

    def save(self, path):
        word, padding = self.shape.word, self.shape.padding
        nodes = [
            (nid, struct.pack(f"<3{word}I", nid, data, subnodes, parent) + padding)
            for nid, (data, subnodes, parent) in sorted(self.nodes.items())
        ]
        blocks = [
            (block_id, struct.pack(f"<2{word}HH", block_id, offset, size, 2) + padding)
            for block_id, (offset, size) in sorted(self.blocks.items())
        ]
        node_tree = self.add_tree(NBT, nodes, len(nodes[0][1]))
        block_tree = self.add_tree(BBT, blocks, len(blocks[0][1]))
        self.image.extend(bytes(FIRST_REGION + self.regions * REGION - len(self.image)))
        free = self.put_maps()
        header = self.header(node_tree, block_tree, free)
        self.image[: len(header)] = header
        with open(path, "wb") as out:
            out.write(self.image)

    def put_maps(self):
        """Fill in the allocation maps; returns the bytes that are free."""
        maps = [bytearray(496) for _ in range(self.regions)]
        for offset, size in self.used:
            region, place = divmod(offset - FIRST_REGION, REGION)
            for slot in range(place // SLOT, (place + size) // SLOT):
                maps[region][slot // 8] |= 0x80 >> slot % 8
        for region, bits in enumerate(maps):
            offset = FIRST_REGION + region * REGION
            self.put_map(offset, bytes(bits), ALLOCATION_MAP)
            for kind in self.maps_after(region):
                offset += PAGE
                self.put_map(offset, b"\xff" * 496, kind)
        return len(maps) * REGION - sum(size for _, size in self.used)

    def put_map(self, offset, bits, kind):
        if self.shape is ANSI:
            bits = bytes(4) + bits
        self.put_page(offset, bits, kind, offset, sign=False)

    def header(self, node_tree, block_tree, free):
        word = self.shape.word
        last_map = FIRST_REGION + (self.regions - 1) * REGION
        root = struct.pack(f"<I8{word}BBH", 0, len(self.image), last_map, free, 0, *node_tree, *block_tree, 2, 0, 0)
        ids = struct.pack("<32I", *(self.next_node_index(kind) for kind in range(32)))
        begin = struct.pack("<2sHHBBII", b"SM", self.shape.version, 19, 1, 1, 0, 0)
        next_block, next_page = struct.pack("<" + word, self.next_block), struct.pack("<" + word, self.next_page)
        unique = struct.pack("<I", 1)
        end = b"\xff" * 256 + struct.pack("<BB", 0x80, 1 if self.encrypted else 0) + bytes(2)
        if self.shape is ANSI:
            body = (begin + next_block + next_page + unique + ids + root + end).ljust(504, b"\0")
            return b"!BDN" + struct.pack("<I", checksum(body[:471])) + body
        body = begin + bytes(8) + next_page + unique + ids + bytes(8) + root + bytes(4) + end + next_block
        return b"!BDN" + struct.pack("<I", checksum(body[:471])) + body + struct.pack("<I", checksum(body)) + bytes(36)

    def next_node_index(self, kind):
        first = {0x03: 0x4000, 0x04: 0x10000, 0x08: 0x8000}.get(kind, 0x400)
        return max([first] + [(nid >> 5) + 1 for nid in self.nodes if nid & 0x1F == kind])


# ---------------------------------------------------------------------------------------------------------------------
# Heaps, and the two structures that live on them.

LARGEST_IN_HEAP = 3580
PROPERTY_CONTEXT, TABLE_CONTEXT, BTREE = 0xBC, 0x7C, 0xB5
ROW_ID, ROW_VERSION = (0x67F2, I32), (0x67F3, I32)


class Heap:
    """Pieces of at most 3580 bytes in one or more blocks, each known by an id that fits in four bytes."""

    def __init__(self, client, room):
        self.client = client
        self.room = room
        self.blocks = [[]]
        self.taken = self.header_bytes(0)

    @staticmethod
    def header_bytes(number):
        """The first block's header says what the heap is; every 128th from the ninth on maps the free space."""
        return 12 if number == 0 else 66 if number % 128 == 8 else 2

    def add(self, piece):
        pieces = len(self.blocks[-1])
        if pieces == 2047 or self.taken + len(piece) + 2 * pieces + 9 > self.room:  # an id has 11 bits for the piece
            self.blocks.append([])
            self.taken = self.header_bytes(len(self.blocks) - 1)
        self.blocks[-1].append(piece)
        self.taken += len(piece)
        return len(self.blocks) - 1 << 16 | len(self.blocks[-1]) << 5

    def replace(self, heap_id, piece):
        pieces, place = self.blocks[heap_id >> 16], (heap_id >> 5 & 0x7FF) - 1
        assert len(piece) == len(pieces[place]), "what follows has its place already"
        pieces[place] = piece

    def fill_level(self, number):
        used = self.header_bytes(number) + sum(map(len, self.blocks[number])) + 2 * len(self.blocks[number]) + 6
        limits = (3584, 2560, 2048, 1792, 1536, 1280, 1024, 768, 512, 256, 128, 64, 32, 16, 8)
        return next((level for level, limit in enumerate(limits) if self.room - used >= limit), 15)

    def fill_levels(self, first, count):
        levels = [self.fill_level(n) if n < len(self.blocks) else 0 for n in range(first, first + count)]
        return bytes(low | high << 4 for low, high in zip(levels[::2], levels[1::2]))

    def block(self, number):
        header_bytes = self.header_bytes(number)
        ends = [header_bytes]
        for piece in self.blocks[number]:
            ends.append(ends[-1] + len(piece))
        map_at = round_up(ends[-1], 2)
        header = struct.pack("<H", map_at)
        if number == 0:
            header += struct.pack("<BBI", 0xEC, self.client, 0x20) + self.fill_levels(0, 8)
        elif header_bytes > 2:
            header += self.fill_levels(number, 128)
        body = (header + b"".join(self.blocks[number])).ljust(map_at, b"\0")
        return body + struct.pack(f"<HH{len(ends)}H", len(ends) - 1, 0, *ends)

    def pieces(self):
        return [self.block(number) for number in range(len(self.blocks))]


class Context:
    """A heap together with the sub-nodes that hold what is too large for it."""

    def __init__(self, file, client, root_bytes, subnodes=None):
        self.file = file
        self.heap = Heap(client, file.shape.block_room)
        self.subnodes = dict(subnodes or {})
        self.large = 0
        self.root = self.heap.add(bytes(root_bytes))  # the first piece, where the heap's header says it is

    def keep(self, data):
        """Returns the id under which the value is found: of the heap, of a sub-node, or 0 for an empty one."""
        if not data:
            return 0
        if len(data) <= LARGEST_IN_HEAP:
            return self.heap.add(data)
        return self.keep_apart(self.file.add_stream(data))

    def keep_apart(self, data_id):
        self.large += 1
        node_id = self.large << 5 | 0x1F
        self.subnodes[node_id] = (data_id, 0)
        return node_id

    def btree(self, key_bytes, records):
        """A b-tree on the heap over sorted (key, value); returns the eight bytes of its header."""
        value_bytes = len(records[0][1]) if records else 4 if self.heap.client == TABLE_CONTEXT else 6
        level, entry_bytes, entries = -1, key_bytes + value_bytes, records
        while entries and (level < 0 or len(entries) > 1):
            level += 1
            packed = [(key, key.to_bytes(key_bytes, "little") + value) for key, value in entries]
            entries = [
                (group[0][0], struct.pack("<I", self.heap.add(b"".join(entry for _, entry in group))))
                for group in groups(packed, LARGEST_IN_HEAP // entry_bytes)
            ]
            entry_bytes = key_bytes + 4
        root = struct.unpack("<I", entries[0][1])[0] if entries else 0
        return struct.pack("<BBBBI", BTREE, key_bytes, value_bytes, max(level, 0), root)

    def finish(self):
        return self.file.add_data(self.heap.pieces()), self.file.add_subnodes(self.subnodes)


def property_context(file, values, subnodes=None):
    """{id: (type, bytes)} as a property context; returns (data, sub-nodes) for a node."""
    context = Context(file, PROPERTY_CONTEXT, 8, subnodes)
    records = []
    for ident, (kind, data) in sorted(values.items()):
        inline = kind in FIXED and len(data) <= 4
        value = data.ljust(4, b"\0") if inline else struct.pack("<I", context.keep(data))
        records.append((ident, struct.pack("<H", kind) + value))
    context.heap.replace(context.root, context.btree(2, records))
    return context.finish()


def table_context(file, columns, rows):
    """rows: [(row id, {id: (type, bytes)})]; a cell with no value, or one of another type, is left out."""
    columns = [ROW_ID, ROW_VERSION, *columns]  # the bits of a row are numbered in this order
    places, ends = lay_out(columns)
    context = Context(file, TABLE_CONTEXT, 22 + 8 * len(columns))
    row_bytes = ends[-1]
    index_header = context.heap.add(bytes(8))

    matrix = []
    for number, (row_id, cells) in enumerate(rows):
        own = {ROW_ID[0]: (I32, struct.pack("<I", row_id)), ROW_VERSION[0]: (I32, struct.pack("<I", number + 1))}
        matrix.append(table_row(context, columns, places, ends, {**cells, **own}))
    matrix_id = 0
    if len(matrix) * row_bytes <= LARGEST_IN_HEAP:
        matrix_id = context.keep(b"".join(matrix))
    else:  # rows do not cross from one block to the next, so all blocks but the last are filled up
        blocks = [b"".join(group) for group in groups(matrix, file.shape.block_room // row_bytes)]
        full = [block.ljust(file.shape.block_room, b"\0") for block in blocks[:-1]]
        matrix_id = context.keep_apart(file.add_data(full + blocks[-1:]))

    index = [(row_id, number.to_bytes(file.shape.row_number, "little")) for number, (row_id, _) in enumerate(rows)]
    context.heap.replace(index_header, context.btree(4, sorted(index)))
    description = struct.pack("<BB4HIII", TABLE_CONTEXT, len(columns), *ends, index_header, matrix_id, 0)
    for bit, (ident, kind) in sorted(enumerate(columns), key=lambda numbered: numbered[1]):
        description += struct.pack("<HHHBB", kind, ident, places[ident], cell_bytes(kind), bit)
    context.heap.replace(context.root, description)
    return context.finish()


def cell_bytes(kind):
    return struct.calcsize(FIXED[kind]) if kind in FIXED else 4


def lay_out(columns):
    """Where each cell lies in a row: wide ones, two bytes, one byte, then a bit for each saying whether it is there."""
    places, ends, at = {}, [], 0
    for sizes in ((4, 8), (2,), (1,)):
        for ident, kind in columns:
            if cell_bytes(kind) in sizes:
                places[ident] = at
                at += cell_bytes(kind)
        ends.append(at)
    return places, ends + [at + (len(columns) + 7) // 8]


def table_row(context, columns, places, ends, cells):
    row = bytearray(ends[-1])
    for bit, (ident, kind) in enumerate(columns):
        if cells.get(ident, (None,))[0] != kind:
            continue
        data = cells[ident][1]
        if kind not in FIXED:
            data = struct.pack("<I", context.keep(data))
        row[places[ident] : places[ident] + len(data)] = data
        row[ends[2] + bit // 8] |= 0x80 >> bit % 8
    return bytes(row)


# ---------------------------------------------------------------------------------------------------------------------
# Values and the names of named properties.


class Encoder:
    """Python values as a PST holds them."""

    def __init__(self, ansi, codepage):
        self.text = TEXT8 if ansi else TEXT
        self.codepage = codepage

    def properties(self, properties):
        return {ident: self.encode(value, ident) for ident, value in properties.items()}

    def encode(self, value, ident=0):
        """(type, bytes) of a value."""
        kind, value = value if isinstance(value, Typed) else (self.type_of(value, ident), value)
        return kind, value if isinstance(value, bytes) else self.pack(kind, value)

    def type_of(self, value, ident):
        if isinstance(value, (list, tuple)):
            return MULTI | (self.type_of(value[0], ident) if value else self.text)
        if isinstance(value, int) and not isinstance(value, bool):
            return I16 if ident in SMALL_INTEGERS else I32 if -(1 << 31) <= value < 1 << 32 else I64
        types = {str: self.text, bool: BOOL, float: DOUBLE, bytes: BINARY, datetime.datetime: TIME, uuid.UUID: GUID}
        return types[type(value)]

    def pack(self, kind, value):
        if kind & MULTI:
            single = kind & ~MULTI
            return self.pack_many([v if isinstance(v, bytes) else self.pack(single, v) for v in value], single)
        if kind == TEXT:
            return value.encode("utf-16-le")
        if kind == TEXT8:
            return value.encode(self.codepage, "replace")
        if kind == GUID:
            return value.bytes_le
        if kind == TIME:
            value = value if value.tzinfo else value.replace(tzinfo=UTC)
            value = (value - YEAR_1601) // datetime.timedelta(microseconds=1) * 10
        if isinstance(value, int):
            value &= (1 << 8 * struct.calcsize(FIXED[kind])) - 1
        return struct.pack(FIXED[kind], value)

    @staticmethod
    def pack_many(values, kind):
        """Values of a fixed size lie side by side; others follow a list of where each begins."""
        if kind in FIXED or kind == GUID:
            return b"".join(values)
        at, offsets = 4 + 4 * len(values), []
        for value in values:
            offsets.append(at)
            at += len(value)
        return struct.pack(f"<{1 + len(values)}I", len(values), *offsets) + b"".join(values)


class NameMap:
    """The node that says which (property set, long id or name) each id from 0x8000 on stands for."""

    BUCKETS = 251

    def __init__(self, names):
        self.ids = {}
        for property_set, name in names:
            self.id_of(property_set, name)

    def id_of(self, property_set, name):
        return self.ids.setdefault((property_set, name), 0x8000 + len(self.ids))

    def properties(self):
        for name in (KEYWORDS, (ADDRESS, 0x8005)):  # no file of Outlook's is without names, and libpff insists on some
            self.id_of(*name)
        sets = {MAPI: 1, PUBLIC_STRINGS: 2}
        strings, entries, buckets = b"", b"", {}
        for number, (property_set, name) in enumerate(self.ids):
            which = sets.setdefault(property_set, len(sets) + 1) << 1
            ident = hashed = name
            if isinstance(name, str):
                text = name.encode("utf-16-le")
                which, ident, hashed = which | 1, len(strings), checksum(text)
                strings += (struct.pack("<I", len(text)) + text).ljust(4 + round_up(len(text), 4), b"\0")
            entries += struct.pack("<IHH", ident, which, number)
            bucket = 0x1000 + (hashed ^ which) % self.BUCKETS
            buckets[bucket] = buckets.get(bucket, b"") + struct.pack("<IHH", hashed, which, number)
        guids = b"".join(property_set.bytes_le for property_set in list(sets)[2:])
        return {0x0001: self.BUCKETS, 0x0002: guids, 0x0003: entries, 0x0004: strings, **buckets}


# ---------------------------------------------------------------------------------------------------------------------
# Folders and messages.

MESSAGE_STORE, NAME_MAP, ROOT_FOLDER = 0x21, 0x61, 0x122
SUBTREE, FINDER, DELETED_ITEMS, FIRST_FOLDER = 0x8022, 0x8042, 0x8062, 0x8082
HIERARCHY, CONTENTS, ASSOCIATED, SEARCH_CONTENTS = 0x0D, 0x0E, 0x0F, 0x10  # kinds of a folder's tables
ATTACHMENT_TABLE, RECIPIENT_TABLE = 0x671, 0x692

# The columns of each kind of table; every text is TEXT here and becomes TEXT8 in an ANSI file.
COLUMNS = {
    HIERARCHY: [
        (0x0E30, BINARY), (0x0E33, I64), (0x0E34, BINARY), (0x0E38, I32), (0x3001, TEXT), (0x3602, I32), (0x3603, I32),
        (0x360A, BOOL), (0x3613, TEXT), (0x6635, I32), (0x6636, I32),
    ],
    CONTENTS: [
        (0x0017, I32), (0x001A, TEXT), (0x0036, I32), (0x0037, TEXT), (0x0039, TIME), (0x0042, TEXT), (0x0057, BOOL),
        (0x0058, BOOL), (0x0070, TEXT), (0x0071, BINARY), (0x0E03, TEXT), (0x0E04, TEXT), (0x0E06, TIME), (0x0E07, I32),
        (0x0E08, I32), (0x0E17, I32), (0x0E30, BINARY), (0x0E33, I64), (0x0E34, BINARY), (0x0E38, I32),
        (0x0E3C, BINARY), (0x0E3D, BINARY), (0x1097, I32), (0x3008, TIME), (0x65C6, I32),
    ],
    ASSOCIATED: [(0x001A, TEXT), (0x0E07, I32), (0x0E17, I32), (0x3001, TEXT)],
    SEARCH_CONTENTS: [(0x001A, TEXT), (0x0037, TEXT), (0x0E07, I32), (0x3008, TIME)],
    ATTACHMENT_TABLE: [(0x0E20, I32), (0x3704, TEXT), (0x3705, I32), (0x370B, I32)],
    RECIPIENT_TABLE: [
        (0x0C15, I32), (0x0E0F, BOOL), (0x0FF9, BINARY), (0x0FFE, I32), (0x0FFF, BINARY), (0x3001, TEXT),
        (0x3002, TEXT), (0x3003, TEXT), (0x300B, BINARY), (0x3900, I32), (0x39FF, TEXT), (0x3A40, BOOL),
    ],
}


def entry_id(node_id):
    return bytes(4) + STORE_KEY + struct.pack("<I", node_id)


def member_entry_ids(member, node_ids):
    """How a list holds one member: its entry id, and beside it a name and an address that still work without it."""
    if member.sublist:
        wrapper = WRAPPED + b"\xb4"  # a list of this file
        return wrapper + entry_id(node_ids[id(member.sublist)]), one_off(member.sublist.name, "", "MAPIPDL")
    if member.contact:
        base = 0x8080 + 0x10 * (member.slot - 1)
        name, kind, address = (member.contact.named.get((ADDRESS, base + part), "") for part in (0, 2, 3))
        wrapper = WRAPPED + bytes([0xC3 + 0x10 * (member.slot - 1)])  # a contact of this file, and which address
        return wrapper + entry_id(node_ids[id(member.contact)]), one_off(name, address, kind)
    own = one_off(member.name, member.address, member.type)
    return own, own


def distribution_list(item, node_ids):
    """The named properties of a list: its members in 0x8055 and 0x8054, or both in the stream."""
    pairs = [member_entry_ids(member, node_ids) for member in item.members]
    members, one_offs = [member for member, _ in pairs], [own for _, own in pairs]
    named = {(ADDRESS, 0x8053): item.name, (ADDRESS, 0x8005): item.name}
    if not item.stream:
        named[ADDRESS, 0x8054] = Typed(MULTI | BINARY, one_offs)
        named[ADDRESS, 0x8055] = Typed(MULTI | BINARY, members)
        named[ADDRESS, 0x804C] = checksum(b"".join(members))
        return named
    stream = struct.pack("<HHII", 1, 0, 10_000, 1)
    stream += struct.pack("<IIII", len(pairs), sum(map(len, members)), sum(map(len, one_offs)), 0)
    for member, own in pairs:
        stream += struct.pack("<I", len(member)) + member + struct.pack("<I", len(own)) + own + bytes(4)
    named[ADDRESS, 0x8064] = stream + bytes(8)
    return named


def with_parents(root):
    """Every folder with the one above it. Not recursive: a test may want folders deeper than Python's stack."""
    waiting = [(root, root)]
    for folder, above in waiting:
        yield folder, above
        waiting.extend((child, folder) for child in folder.folders)


class Writer:
    """The upper half: the store, its folders, and the messages in them."""

    def __init__(self, root, node_ids, ansi, encrypted, codepage, names_first):
        self.file = NodeFile(ANSI if ansi else UNICODE, encrypted)
        self.encoder = Encoder(ansi, codepage)
        self.names = NameMap(names_first)
        self.root = root
        self.node_ids = dict(node_ids)  # by id(); all are given first, for a list may name a contact written later
        self.give_ids()

    def give_ids(self):
        next_folder, next_message = FIRST_FOLDER, 0x10001
        for folder, _ in with_parents(self.root):
            if id(folder) not in self.node_ids:
                self.node_ids[id(folder)] = DELETED_ITEMS if folder.deleted_items else next_folder
                next_folder += 0 if folder.deleted_items else 0x20
            for item in folder.items:
                assert id(item) not in self.node_ids, "an item lies in one folder, once"
                self.node_ids[id(item)] = next_message << 5 | (0x08 if item.associated else 0x04)
                next_message += 1

    def columns(self, kind):
        return [(ident, self.encoder.text if column == TEXT else column) for ident, column in COLUMNS[kind]]

    def add_table(self, node_id, kind, rows):
        self.file.add_node(node_id, *table_context(self.file, self.columns(kind), rows))

    def store(self, name, password):
        crc = checksum(password.encode(self.encoder.codepage)) if password else 0
        properties = {
            0x0FF9: STORE_KEY, 0x3001: name, 0x35DF: 0x89, 0x35E0: entry_id(SUBTREE), 0x35E3: entry_id(DELETED_ITEMS),
            0x35E7: entry_id(FINDER), 0x67FF: crc,
        }
        self.file.add_node(MESSAGE_STORE, *property_context(self.file, self.encoder.properties(properties)))

    def templates(self):
        """Empty tables from which Outlook makes those of a new folder or message."""
        for kind in (HIERARCHY, CONTENTS, ASSOCIATED, SEARCH_CONTENTS):
            self.add_table(0x30 << 5 | kind, kind, [])
        self.add_table(ATTACHMENT_TABLE, ATTACHMENT_TABLE, [])
        self.add_table(RECIPIENT_TABLE, RECIPIENT_TABLE, [])

    def folder_values(self, folder):
        properties = {0x3001: folder.name, 0x3603: 0, 0x360A: bool(folder.folders)}
        properties[0x3602] = sum(not item.associated for item in folder.items)
        if folder.container_class:
            properties[0x3613] = folder.container_class
        return self.encoder.properties(properties)

    def folder(self, folder, parent):
        """A folder with its messages, and the tables of what is in it."""
        node_id = self.node_ids[id(folder)]
        rows = {HIERARCHY: [(self.node_ids[id(child)], self.folder_values(child)) for child in folder.folders]}
        rows.update({CONTENTS: [], ASSOCIATED: []})
        for item in folder.items:
            rows[ASSOCIATED if item.associated else CONTENTS].append(self.message(item, node_id))
        self.file.add_node(node_id, *property_context(self.file, self.folder_values(folder)), parent)
        for kind, content in rows.items():
            self.add_table(node_id & ~0x1F | kind, kind, content)

    def message(self, item, parent):
        """A message with its attachments. Returns its row in the table of its folder."""
        node_id = self.node_ids[id(item)]
        search_key = hashlib.md5(struct.pack("<I", node_id)).digest()
        properties = {0x0E07: 1, 0x3007: CREATED, 0x3008: CREATED, 0x300B: search_key}
        if item.message_class is not None:
            properties[0x001A] = item.message_class
        if self.encoder.text == TEXT8:
            properties[0x3FFD] = int("".join(filter(str.isdigit, self.encoder.codepage)))
        if isinstance(item, DistList):
            properties.update({0x0037: item.name, 0x3001: item.name})
        properties.update(item.properties)
        if isinstance(properties.get(0x0037), str):  # Outlook writes how long a prefix such as "Re: " is; here none
            properties[0x0037] = "\x01\x01" + properties[0x0037]
        values = self.encoder.properties(properties)
        named = distribution_list(item, self.node_ids) if isinstance(item, DistList) else {}
        named.update(item.named)
        values.update((self.names.id_of(*name), self.encoder.encode(value)) for name, value in named.items())
        values.setdefault(0x0E08, (I32, struct.pack("<I", sum(len(data) for _, data in values.values()))))

        subnodes = {RECIPIENT_TABLE: table_context(self.file, self.columns(RECIPIENT_TABLE), [])}
        subnodes.update(self.attachments(item.attachments))
        self.file.add_node(node_id, *property_context(self.file, values, subnodes), parent)
        return node_id, values

    def attachments(self, attachments):
        subnodes, rows = {}, []
        for number, attachment in enumerate(attachments, 1):
            node_id = 0x400 + number << 5 | 0x05
            properties = {
                0x0E20: len(attachment.data), 0x3701: attachment.data, 0x3704: attachment.name, 0x3705: 1,
                0x3707: attachment.name, 0x370B: 0xFFFFFFFF, **attachment.properties,
            }
            values = self.encoder.properties(properties)
            subnodes[node_id] = property_context(self.file, values)
            rows.append((node_id, values))
        if rows:
            subnodes[ATTACHMENT_TABLE] = table_context(self.file, self.columns(ATTACHMENT_TABLE), rows)
        return subnodes


def make_pst(path, folders, *, ansi=False, encrypted=True, password=None, codepage="cp1252",
             store_name="Invented people", top_name="Top of Outlook data file", names_first=()):
    """Write a PST with these folders below the top one.

    ansi:        the old kind of file (version 14, 2 GB, texts in `codepage`) instead of the Unicode one (version 23).
    encrypted:   the byte permutation Outlook applies by default.
    password:    only its checksum is kept, as Outlook does; no reader needs it.
    names_first: (property set, name) pairs that take the first ids from 0x8000 on, so that the same property has
                 another id than in another file.
    A folder of deleted items is added unless one of the given folders is it.
    """
    top, finder = Folder(top_name, container_class=""), Folder("Search Root", container_class="")
    root = Folder("", folders=[top, finder], container_class="")
    top.folders.extend(folders)
    if not any(folder.deleted_items for folder, _ in with_parents(root)):
        top.folders.append(Folder("Deleted Items", container_class="", deleted_items=True))

    node_ids = {id(root): ROOT_FOLDER, id(top): SUBTREE, id(finder): FINDER}
    writer = Writer(root, node_ids, ansi, encrypted, codepage, names_first)
    writer.store(store_name, password)
    writer.templates()
    for folder, above in with_parents(root):
        writer.folder(folder, writer.node_ids[id(above)])
    names = writer.encoder.properties(writer.names.properties())
    writer.file.add_node(NAME_MAP, *property_context(writer.file, names))
    writer.file.save(path)


# ---------------------------------------------------------------------------------------------------------------------
# The demonstration file: every property of a contact that a reader may meet, in people of many countries.


class Person(typing.NamedTuple):
    prefix: str
    given: str
    middle: str
    surname: str
    suffix: str
    sounds: str  # given name and surname, as they are said
    mailbox: str
    street: str
    city: str
    state: str
    postcode: str
    country: str
    country_code: str
    phone: str  # the part of a number that the last two digits follow; all are kept free for fiction
    hours: int  # east of Greenwich
    gender: int


PEOPLE = [
    Person("Dr.", "Åsa", "Märta", "Lindström", "", "oh-sa lind-strum", "asa", "Björkgatan 7", "Göteborg",
           "Västra Götaland", "411 05", "Sweden", "SE", "+46 31 390 06 ", 1, 1),
    Person("", "Юлія", "Олегівна", "Шевченко", "", "Julija Schewtschenko", "yulia", "Kastanienallee 12", "Berlin", "",
           "10435", "Germany", "DE", "+49 30 23125 0", 1, 1),
    Person("", "健太", "", "中村", "", "けんた なかむら", "kenta", "23 Sample Street\r\nFlat 4", "London", "Greater London",
           "SW1A 0ZZ", "United Kingdom", "GB", "+44 20 7946 09", 0, 2),
    Person("Mme", "Élodie", "Anne-Sophie", "d’Aubigné", "", "e-lo-di do-bi-nye", "elodie", "4 bis, rue des Exemples",
           "Lyon", "Auvergne-Rhône-Alpes", "69000", "France", "FR", "+33 1 99 00 10 ", 1, 1),
    Person("Mr.", "Robert", "James", "O'Brien", "Jr.", "rob-ert o-bry-en", "robert", "100 Example Avenue\r\nSuite 5",
           "Springfield", "VA", "22150", "United States", "US", "+1 703-555-01", -5, 2),
    Person("", "ليلى", "", "حداد", "", "Leila Haddad", "leila", "9 Sample Parade", "Sydney", "NSW",
           "2000", "Australia", "AU", "+61 2 5550 10", 10, 1),
    Person("Prof.", "Αλέξανδρος", "", "Παπαδάκης", "", "a-lex-an-dros pa-pa-da-kis", "alex", "Beispielweg 3",
           "Hamburg", "", "20095", "Germany", "DE", "+49 40 66969 0", 1, 2),
    Person("", "आरव", "", "शर्मा", "III", "aa-rav shar-ma", "aarav", "77 Specimen Road", "Cardiff", "",
           "CF10 9ZZ", "United Kingdom", "GB", "+44 29 2018 00", 0, 2),
    Person("Sra.", "María José", "", "Núñez Ibáñez", "", "ma-ri-a ho-se nu-nyeth", "mariajose", "1 Model Lane",
           "Melbourne", "VIC", "3000", "Australia", "AU", "+61 3 7010 10", 10, 1),
    Person("", "Nguyễn", "Thị", "Ánh", "", "nwin ti ang", "anh", "55 Pattern Boulevard", "Seattle", "WA",
           "98101", "United States", "US", "+1 206-555-01", -8, 1),
]
PHONES = (0x3A08, 0x3A1B, 0x3A09, 0x3A2F, 0x3A1C, 0x3A1A, 0x3A1F, 0x3A02, 0x3A1E, 0x3A1D, 0x3A21, 0x3A57, 0x3A24,
          0x3A25, 0x3A23, 0x3A2C, 0x3A2D, 0x3A4B, 0x3A2E)
HOME, OTHER = (0x3A5D, 0x3A59, 0x3A5C, 0x3A5B, 0x3A5A, 0x3A5E), (0x3A63, 0x3A5F, 0x3A62, 0x3A61, 0x3A60, 0x3A64)
MAILING, WORK = (0x3A29, 0x3A27, 0x3A28, 0x3A2A, 0x3A26, 0x3A2B), (0x8045, 0x8046, 0x8047, 0x8048, 0x8049, 0x804A)
TINY_PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def address_parts(person, number, kind):
    """Street, city, state, postal code, country, box; kind: 0 home, 1 work, 2 other."""
    box = f"PO Box {100 * (kind + 1) + number % 100}"
    street = f"{person.street}\r\n{('Door', 'Floor', 'Gate')[kind]} {number % 9 + 1}"
    return street, person.city, person.state, person.postcode, person.country, box


def formatted(parts):
    street, city, state, postcode, country, _ = parts
    return "\r\n".join((street, f"{city} {state} {postcode}".replace("  ", " "), country))


def demo_contact(number):
    """Invented person `number`: the same one every time."""
    person = PEOPLE[number % len(PEOPLE)]
    names = (person.prefix, person.given, person.middle, person.surname, person.suffix)
    display = " ".join(name for name in names if name)
    file_as = f"{person.surname}, {person.given}"
    mailbox, company = f"{person.mailbox}.{number}", f"Contoso {person.city} {number // len(PEOPLE) + 1}"
    initials = "".join(name[0] + "." for name in (person.given, person.middle, person.surname) if name)
    phones = [f"{person.phone}{(number + 7 * place) % 100:02}" for place in range(len(PHONES))]
    home, work, other = (address_parts(person, number, kind) for kind in range(3))
    mailing = number % 4
    birthday = datetime.datetime(1950 + number % 50, 1 + number % 12, 1 + number % 28)
    anniversary = datetime.datetime(1980 + number % 40, 1 + (number + 5) % 12, 1 + (number + 13) % 28)
    to_utc = datetime.timedelta(hours=person.hours)
    notes = f"Met {person.given} in {person.city}.\r\nTall trees: 木.\r\n"
    private = number % 7 == 3

    properties = {
        0x0036: 2 if private else 0, 0x0037: display, 0x3001: display, 0x3A05: person.suffix, 0x3A06: person.given,
        0x3A11: person.surname, 0x3A44: person.middle, 0x3A45: person.prefix, 0x3A0A: initials,
        0x3A4F: f"Nick {number}", 0x3A47: f"{person.given} (preferred)", 0x3A16: company, 0x3A17: "Wayfinder",
        0x3A18: "Maps & Signs", 0x3A19: f"Room {100 + number % 50}", 0x3A46: "Cartographer", 0x3A4E: "Grace Okafor",
        0x3A30: "Tove Example", 0x3A48: "Kim Example", 0x3A58: ["Noor", "Émile"], 0x3A43: "chess, kites",
        0x3A50: f"https://home.example/~{mailbox}", 0x3A51: f"https://contoso.example/{mailbox}",
        0x3A4D: person.gender, 0x3A4A: f"C-{number:05}", 0x3A07: f"G-{number:05}", 0x3A10: f"O-{number:05}",
        0x3A49: "net.contoso.example", 0x3A4C: "ftp://ftp.contoso.example/", 0x3A0C: "Esperanto", 0x3A0D: person.city,
        0x3A00: mailbox, 0x3A42: birthday - to_utc, 0x3A41: anniversary - to_utc, 0x3007: CREATED,
        0x3008: CREATED + datetime.timedelta(hours=number),
        0x1000: notes + "A long story. " * 2400 if number % 50 == 10 else notes,
        0x1009: compress_rtf(r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\pard\f0 Met in town.\par Tall trees.\par}"),
        0x1013: f"<html><body><p>Met {person.given}</p></body></html>".encode(),
        **dict(zip(PHONES, phones)), **dict(zip(HOME, home)), **dict(zip(OTHER, other)),
    }
    if mailing:
        chosen = (home, work, other)[mailing - 1]
        properties.update(zip(MAILING, chosen))
        properties[0x3A15] = formatted(chosen)

    exchange = f"/o=Contoso/ou=Exchange Administrative Group/cn=Recipients/cn={mailbox}"
    given_sound, surname_sound = person.sounds.split(" ", 1)
    address = {
        0x8005: file_as, 0x8006: 0x8017, 0x8010: "Maps & Signs", 0x800E: "Grace Okafor", 0x8015: number % 3 == 0,
        0x801A: formatted(home), 0x801B: formatted(work), 0x801C: formatted(other), 0x8022: mailing,
        0x802B: f"https://web.example/{mailbox}", 0x802C: given_sound, 0x802D: surname_sound, 0x802E: "kon-to-so",
        0x804F: "first", 0x8050: "second", 0x8051: "third", 0x8052: "fourth", 0x8062: f"im:{mailbox}@chat.example",
        0x80B2: "FAX", 0x80B3: f"{display}@{phones[12]}", 0x80B4: display, 0x80B5: one_off(display, phones[12], "FAX"),
        0x80C2: "FAX", 0x80C3: f"{display}@{phones[13]}", 0x80C4: display, 0x80C5: one_off(display, phones[13], "FAX"),
        0x80D2: "FAX", 0x80D3: "", 0x80D4: "", 0x80D5: one_off(display, "", "FAX"),
        0x80D8: f"https://contoso.example/free-busy/{mailbox}",
        0x80DA: person.country_code, 0x80DB: person.country_code, 0x80DC: person.country_code,
        0x80DD: person.country_code if mailing else "", 0x80DE: birthday, 0x80DF: anniversary,
        0x80E0: False, 0x80E2: b"", 0x80E5: [f"{mailbox}@contoso.example"], 0x80E8: 0,
        **dict(zip(WORK, work)),
    }
    common = {
        0x8535: f"B-{number}", 0x8506: private, 0x853A: ["Grace Okafor"], 0x8552: 120_000, 0x8554: "12.0",
    }
    named = {(ADDRESS, ident): value for ident, value in address.items()}
    named.update({(COMMON, ident): value for ident, value in common.items()})
    named.update(email(1, f"{mailbox}@contoso.example", f"{display} (work)"))
    named.update(email(2, f"{mailbox}@letterbox.example"))
    named.update(email(3, exchange, display, "EX", f"{mailbox}@exchange.example"))
    named[KEYWORDS] = ["Friends", "Größe XL"] if number % 2 else ["Colleagues"]
    return Contact(properties, named, [contact_picture(TINY_PICTURE)] if number % 3 == 0 else [])


def demo_folders(count):
    """`count` contacts, every tenth of them in a folder within the folder; lists, a letter, and a deleted contact."""
    contacts = [demo_contact(number) for number in range(count)]
    near = [contact for number, contact in enumerate(contacts) if number % 10 != 9]
    far = [contact for number, contact in enumerate(contacts) if number % 10 == 9]
    friends = DistList(name="Friends of the map")
    friends.members = [Member(contact=contact, slot=1 + number) for number, contact in enumerate(contacts[:2])]
    friends.members.append(Member("Ola Example", "ola@letterbox.example"))
    everybody = DistList(name="Everybody", stream=True, members=[Member(sublist=friends)])
    everybody.members += [Member(f"Guest {number}", f"guest.{number}@letterbox.example") for number in range(200)]
    hidden = Item({0x3001: "Settings"}, message_class="IPM.Configuration.Demo", associated=True)
    return [
        Folder("Contacts", near + [friends, everybody, hidden], [Folder("Ålesund", folders=[Folder("Øst", far)])]),
        Folder("Inbox", [Mail()], container_class="IPF.Note"),
        Folder("Deleted Items", [demo_contact(count)], container_class="", deleted_items=True),
    ]


def main():
    parser = argparse.ArgumentParser(description="Write an Outlook data file (PST) of invented people.")
    parser.add_argument("out", metavar="OUT.pst")
    parser.add_argument("--contacts", type=int, default=25, metavar="N", help="how many, beside a deleted one (25)")
    parser.add_argument("--ansi", action="store_true", help="the old kind of file: 32 bits, texts in Windows-1252")
    parser.add_argument("--plain", action="store_true", help="without the usual permutation of bytes")
    parser.add_argument("--password", metavar="WORD", help="as Outlook does: its checksum is kept, nothing is hidden")
    given = parser.parse_args()
    folders = demo_folders(given.contacts)
    make_pst(given.out, folders, ansi=given.ansi, encrypted=not given.plain, password=given.password)


if __name__ == "__main__":
    main()
