/* SPDX-License-Identifier: MIT */
/*
 * sandbox_picture.c - a symmetric mosaic of two colours as baseline JPEG (ITU T.81) or PNG (RFC 2083).
 *
 * Before: sandbox_graph_photo.c knows the contact.
 * After:  its bytes; a program must decode them like any photo.
 *
 * The mosaic's squares are whole 8 x 8 blocks, so a JPEG of them needs the first
 * coefficient of each block only, and one code to say that no others follow.
 */
#include "sandbox/sandbox_picture.h"

#include <zlib.h>

#include "base/text.h"
#include "sandbox/sandbox_dice.h"

enum { BLOCKS = SANDBOX_PICTURE_SIDE / 8, CELLS = 5 };

struct mosaic {
    uint8_t colour[2][3]; /* ground, figure; red, green, blue */
    uint64_t pattern;
};

static struct mosaic make_mosaic(uint64_t key)
{
    struct sandbox_dice dice = {.state = sandbox_mix(key)};
    struct mosaic m = {.pattern = sandbox_roll(&dice)};

    for (int i = 0; i < 3; i++) {
        m.colour[0][i] = (uint8_t)(200 + sandbox_roll_below(&dice, 48));
        m.colour[1][i] = (uint8_t)(30 + sandbox_roll_below(&dice, 130));
    }
    return m;
}

/* Which of the two colours a block has: CELLS x CELLS squares, the right half mirrors the left. */
static const uint8_t *colour_at(const struct mosaic *m, int x, int y)
{
    int column = x * CELLS / BLOCKS, row = y * CELLS / BLOCKS;

    column = column > CELLS / 2 ? CELLS - 1 - column : column;
    return m->colour[m->pattern >> (row * 3 + column) & 1];
}

static bool is_png(uint64_t key)
{
    return sandbox_mix2(key, 0x706e67) % 4 == 0;
}

const char *sandbox_picture_type(uint64_t key)
{
    return is_png(key) ? "image/png" : "image/jpeg";
}

/* All appends stay far below the answer's ceiling. */
static void put(struct kith_buf *out, const void *bytes, size_t len)
{
    (void)kith_buf_add(out, bytes, len);
}

/* --- JPEG -------------------------------------------------------------------------------- */

struct bits {
    struct kith_buf *out;
    uint32_t held;
    int n;
};

static void put_bits(struct bits *b, unsigned value, int n)
{
    for (int i = n - 1; i >= 0; i--) {
        b->held = b->held << 1 | (value >> i & 1);
        if (++b->n < 8)
            continue;
        unsigned char byte = (unsigned char)b->held;
        put(b->out, &byte, 1);
        if (byte == 0xff) /* would begin a marker */
            put(b->out, "\0", 1);
        b->held = 0;
        b->n = 0;
    }
}

/* A difference of first coefficients: how many bits it has, as a code of T.81 table K.3, then the bits. */
static void put_difference(struct bits *b, int difference)
{
    static const struct {
        unsigned code;
        int len;
    } codes[] = {{0, 2}, {2, 3}, {3, 3}, {4, 3}, {5, 3}, {6, 3}, {14, 4}, {30, 5}, {62, 6}, {126, 7}};
    unsigned size = (unsigned)(difference < 0 ? -difference : difference);
    int n = 0;

    while (size >> n)
        n++;
    put_bits(b, codes[n].code, codes[n].len);
    if (n > 0)
        put_bits(b, (unsigned)(difference < 0 ? difference + (1 << n) - 1 : difference), n);
    put_bits(b, 0, 1); /* no further coefficients: the only code of the second table */
}

static int clamp(int value)
{
    return value < -128 ? -128 : value > 127 ? 127 : value;
}

static void put_jpeg_head(struct kith_buf *out)
{
    static const unsigned char app0[] = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F',
                                         0,    1,    1,    0,    0, 1,  0,   1,   0,   0};
    static const unsigned char quantisers[] = {0xff, 0xdb, 0, 67, 0};
    static const unsigned char frame[] = {0xff,
                                          0xc0,
                                          0,
                                          17,
                                          8,
                                          SANDBOX_PICTURE_SIDE >> 8,
                                          SANDBOX_PICTURE_SIDE & 255,
                                          SANDBOX_PICTURE_SIDE >> 8,
                                          SANDBOX_PICTURE_SIDE & 255,
                                          3,
                                          1,
                                          0x11,
                                          0,
                                          2,
                                          0x11,
                                          0,
                                          3,
                                          0x11,
                                          0};
    static const unsigned char first_codes[] = {0xff, 0xc4, 0, 31, 0, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0,  0, 0,
                                                0,    0,    0, 0,  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    static const unsigned char other_codes[] = {0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0,
                                                0,    0,    0, 0,  0,    0, 0, 0, 0, 0, 0};
    static const unsigned char scan[] = {0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0};

    put(out, app0, sizeof(app0));
    put(out, quantisers, sizeof(quantisers));
    for (int i = 0; i < 64; i++)
        put(out, "\x08", 1); /* eight: a first coefficient is then the block's level itself */
    put(out, frame, sizeof(frame));
    put(out, first_codes, sizeof(first_codes));
    put(out, other_codes, sizeof(other_codes));
    put(out, scan, sizeof(scan));
}

static void draw_jpeg(const struct mosaic *m, struct kith_buf *out)
{
    struct bits bits = {.out = out};
    int before[3] = {0, 0, 0};

    put_jpeg_head(out);
    for (int i = 0; i < BLOCKS * BLOCKS; i++) {
        const uint8_t *rgb = colour_at(m, i % BLOCKS, i / BLOCKS);
        int r = rgb[0], g = rgb[1], b = rgb[2];
        const int level[3] = {
            clamp((299 * r + 587 * g + 114 * b) / 1000 - 128),
            clamp((-169 * r - 331 * g + 500 * b) / 1000),
            clamp((500 * r - 419 * g - 81 * b) / 1000),
        };
        for (int k = 0; k < 3; k++) {
            put_difference(&bits, level[k] - before[k]);
            before[k] = level[k];
        }
    }
    put_bits(&bits, 0x7f, bits.n ? 8 - bits.n : 0);
    put(out, "\xff\xd9", 2);
}

/* --- PNG ---------------------------------------------------------------------------------- */

static void put_number(unsigned char out[4], uint32_t value)
{
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void put_chunk(struct kith_buf *out, const char *type, const unsigned char *bytes, size_t len)
{
    unsigned char number[4];
    uLong check = crc32(crc32(0, (const Bytef *)type, 4), bytes, (uInt)len);

    put_number(number, (uint32_t)len);
    put(out, number, 4);
    put(out, type, 4);
    put(out, bytes, len);
    put_number(number, (uint32_t)check);
    put(out, number, 4);
}

static void draw_png(const struct mosaic *m, struct kith_buf *out)
{
    enum { SIDE = SANDBOX_PICTURE_SIDE, ROW = 1 + 3 * SIDE };
    static const unsigned char rest_of_head[] = {8, 2, 0, 0, 0}; /* 8 bit, red green blue */
    static _Thread_local unsigned char rows[SIDE * ROW];
    static _Thread_local unsigned char packed[SIDE * ROW + 1024];
    unsigned char head[13];
    uLongf len = sizeof(packed);

    put_number(head, SIDE);
    put_number(head + 4, SIDE);
    memcpy(head + 8, rest_of_head, sizeof(rest_of_head));
    for (int y = 0; y < SIDE; y++) {
        rows[y * ROW] = 0; /* no filter */
        for (int x = 0; x < SIDE; x++)
            memcpy(rows + y * ROW + 1 + 3 * x, colour_at(m, x / 8, y / 8), 3);
    }
    put(out, "\x89PNG\r\n\x1a\n", 8);
    put_chunk(out, "IHDR", head, sizeof(head));
    if (compress2(packed, &len, rows, sizeof(rows), 1) == Z_OK)
        put_chunk(out, "IDAT", packed, len);
    put_chunk(out, "IEND", NULL, 0);
}

void sandbox_picture_draw(uint64_t key, struct kith_buf *out)
{
    struct mosaic m = make_mosaic(key);

    if (is_png(key))
        draw_png(&m, out);
    else
        draw_jpeg(&m, out);
}
