/* SPDX-License-Identifier: MIT */
/*
 * alloc.c - memory that cannot run out, and arenas; see alloc.h.
 *
 * Used everywhere; the contacts of one page or one answer live in one arena and
 * go together.
 */
#include "base/alloc.h"

#include <stdint.h>

#include "base/text.h"

/* --- Single pieces ------------------------------------------------------ */

/*
 * The one place where the engine ends the process. Not abort(): a core dump
 * would carry tokens to the disk. 70 is the exit code of a defect.
 */
__attribute__((noreturn)) static void out_of_memory(void)
{
    static const char message[] = "kith: out of memory\n";

    (void)!write(STDERR_FILENO, message, sizeof(message) - 1); /* nobody is left to hear that it failed */
    _exit(70);
}

size_t kith_array_bytes(size_t n, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes) || bytes > PTRDIFF_MAX)
        out_of_memory();
    return bytes;
}

void *kith_xcalloc(size_t n, size_t size)
{
    size_t bytes = kith_array_bytes(n, size);
    void *p = calloc(1, bytes > 0 ? bytes : 1);

    if (!p)
        out_of_memory();
    return p;
}

void *kith_xrealloc(void *p, size_t n, size_t size)
{
    size_t bytes = kith_array_bytes(n, size);
    void *grown = realloc(p, bytes > 0 ? bytes : 1);

    if (!grown)
        out_of_memory();
    return grown;
}

char *kith_xstrdup(const char *text)
{
    return kith_xstrndup(text, text ? strlen(text) : 0);
}

char *kith_xstrndup(const char *text, size_t len)
{
    if (len >= PTRDIFF_MAX)
        out_of_memory();
    char *copy = kith_xcalloc(len + 1, 1);
    if (len > 0)
        memcpy(copy, text, len);
    return copy;
}

/* --- Arenas ------------------------------------------------------------- */

enum {
    FIRST_BLOCK_BYTES = 4 * 1024,
    LARGEST_BLOCK_BYTES = 256 * 1024,
};

struct block {
    struct block *next;
    size_t size; /* of data */
    size_t used;
    _Alignas(max_align_t) unsigned char data[];
};

struct kith_arena {
    struct block *current; /* pieces are cut from this one; its chain holds every older one */
    struct block *first;   /* the last of the chain */
    size_t next_size;      /* of the next ordinary block */
    size_t bytes;          /* held from the system */
};

static struct block *block_new(struct kith_arena *arena, size_t size)
{
    struct block *block = kith_xcalloc(1, sizeof(*block) + size);

    block->size = size;
    arena->bytes += sizeof(*block) + size;
    return block;
}

struct kith_arena *kith_arena_new(void)
{
    struct kith_arena *arena = kith_xnew(struct kith_arena);

    arena->first = block_new(arena, FIRST_BLOCK_BYTES);
    arena->current = arena->first;
    arena->next_size = 2 * FIRST_BLOCK_BYTES;
    return arena;
}

static void free_all_but_first(struct kith_arena *arena)
{
    while (arena->current != arena->first) {
        struct block *older = arena->current->next;
        free(arena->current);
        arena->current = older;
    }
}

void kith_arena_free(struct kith_arena *arena)
{
    if (!arena)
        return;
    free_all_but_first(arena);
    free(arena->first);
    free(arena);
}

void kith_arena_reset(struct kith_arena *arena)
{
    free_all_but_first(arena);
    memset(arena->first->data, 0, arena->first->used); /* pieces are promised to be zeroed */
    arena->first->used = 0;
    arena->next_size = 2 * FIRST_BLOCK_BYTES;
    arena->bytes = sizeof(*arena->first) + arena->first->size;
}

/*
 * A large piece gets a block to itself. It goes behind the current one, whose
 * rest stays in use; it can never become the last, which is the first block.
 */
static void *take_large(struct kith_arena *arena, size_t size)
{
    struct block *block = block_new(arena, size);

    block->used = size;
    if (arena->current == arena->first) {
        block->next = arena->first;
        arena->current = block;
        return block->data;
    }
    block->next = arena->current->next;
    arena->current->next = block;
    return block->data;
}

static void add_block(struct kith_arena *arena)
{
    struct block *block = block_new(arena, arena->next_size);

    block->next = arena->current;
    arena->current = block;
    if (arena->next_size < LARGEST_BLOCK_BYTES)
        arena->next_size *= 2;
}

/* align: a power of two, at most that of max_align_t. */
static void *take(struct kith_arena *arena, size_t size, size_t align)
{
    if (size > PTRDIFF_MAX - sizeof(struct block))
        out_of_memory();

    size_t at = (arena->current->used + align - 1) & ~(align - 1);
    if (at > arena->current->size || size > arena->current->size - at) {
        if (size > arena->next_size / 4)
            return take_large(arena, size);
        add_block(arena);
        at = 0;
    }
    arena->current->used = at + size;
    return arena->current->data + at;
}

void *kith_arena_alloc(struct kith_arena *arena, size_t size)
{
    return take(arena, size, _Alignof(max_align_t));
}

char *kith_arena_copy(struct kith_arena *arena, const char *text, size_t len)
{
    /* Nothing can be written into an empty string but its own NUL, so the cast takes nobody's const away. */
    if (len == 0)
        return (char *)"";
    if (len >= PTRDIFF_MAX)
        out_of_memory();
    char *copy = take(arena, len + 1, 1); /* text needs no alignment: packed */
    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

size_t kith_arena_bytes(const struct kith_arena *arena)
{
    return arena->bytes;
}
