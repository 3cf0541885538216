/* SPDX-License-Identifier: MIT */
/*
 * page_size.c - see page_size.h.
 *
 * Used by fetch_microsoft.c: nobody knows what contacts weigh before some are here, so the first page is asked for as
 * if they were as everybody's. Only where one turns out too heavy a few are weighed, and pages are cut to measure from
 * there on, to grow again as soon as the contacts are lighter.
 */
#include "fetch/page_size.h"

enum {
    USUAL_BYTES = 2 * 1024, /* of a contact, before one was weighed */
    FEWEST = 16,            /* enough to be weighed; a page of these may be as heavy as it is */
    GROWTH = 4,             /* times as many on the next page at most: a few light contacts say little */
};

void kith_page_size_init(struct kith_page_size *size, int largest)
{
    *size = (struct kith_page_size){.largest = largest, .items = largest, .each_bytes = USUAL_BYTES};
}

size_t kith_page_size_ceiling(int items)
{
    return items > FEWEST ? KITH_PAGE_MOST_BYTES : KITH_PAGE_CEILING_BYTES;
}

size_t kith_page_size_expected(const struct kith_page_size *size, int64_t items)
{
    return (size_t)(items * size->each_bytes);
}

/* Parts of more than half of a largest page are not worth their requests. */
static int items_by_weight(const struct kith_page_size *size)
{
    int64_t items = KITH_PAGE_PART_BYTES / size->each_bytes;

    if (items > size->largest / 2)
        return size->largest;
    if (items > FEWEST)
        return (int)items;
    return FEWEST < size->largest ? FEWEST : size->largest;
}

bool kith_page_size_learn(struct kith_page_size *size, size_t bytes, size_t n_items)
{
    if (n_items == 0)
        return false;
    size->each_bytes = bytes > n_items ? (int64_t)(bytes / n_items) : 1;
    if (size->items == size->largest)
        return false;

    int items = items_by_weight(size);
    if (items > size->items * GROWTH)
        items = size->items * GROWTH;
    if (items > size->items / 2 && items < size->items + size->items / 2 && items < size->largest)
        return false; /* near enough: another size costs what was asked for ahead */
    bool other = items != size->items;
    size->items = items;
    return other;
}

bool kith_page_size_shrink(struct kith_page_size *size, int items)
{
    if (items <= FEWEST)
        return false;
    if (size->items >= items)
        size->items = FEWEST;
    return true;
}

void kith_page_size_halve(struct kith_page_size *size, int items)
{
    size->largest = items / 2;
    if (size->items > size->largest)
        size->items = size->largest;
}
