/* SPDX-License-Identifier: MIT */
/*
 * alloc.h - memory that cannot run out, and memory that goes all at once.
 *
 * Small allocations end the process when there is no memory: no caller could do
 * better. Whatever a server or a file decides the size of goes through
 * struct kith_buf, which has a ceiling, or an arena that was filled from one.
 */
#pragma once

#include <stddef.h>

#include "base/cleanup.h"

/* Zeroed; never NULL. kith_xnew(struct x) gives one, kith_xnew_n(struct x, n) n of them (n*size checked). */
void *kith_xcalloc(size_t n, size_t size);
void *kith_xrealloc(void *p, size_t n, size_t size);
char *kith_xstrdup(const char *text); /* NULL counts as "" */
char *kith_xstrndup(const char *text, size_t len);
#define kith_xnew(type) ((type *)kith_xcalloc(1, sizeof(type)))
#define kith_xnew_n(type, n) ((type *)kith_xcalloc((n), sizeof(type)))

/*
 * An arena: many small pieces with one life. Pieces are aligned for any type and
 * stay where they are until kith_arena_free() or kith_arena_reset().
 */
struct kith_arena;
struct kith_arena *kith_arena_new(void);
void kith_arena_free(struct kith_arena *arena);                                /* NULL is fine */
void kith_arena_reset(struct kith_arena *arena);                               /* empty again; keeps its first block */
void *kith_arena_alloc(struct kith_arena *arena, size_t size);                 /* zeroed */
char *kith_arena_copy(struct kith_arena *arena, const char *text, size_t len); /* adds the NUL; "" costs nothing */
size_t kith_arena_bytes(const struct kith_arena *arena);
KITH_DEFINE_AUTO(kith_arena, kith_arena_free)

#define kith_arena_new_n(arena, type, n) ((type *)kith_arena_alloc((arena), kith_array_bytes((n), sizeof(type))))

/* n * size, or the end of the process when that does not fit: for sizes that were bounded before. */
size_t kith_array_bytes(size_t n, size_t size);
