/* SPDX-License-Identifier: MIT */
/*
 * conduct_export.c - contacts as text that other programs read: store/ gives them one by one, show/ writes them.
 *
 * Before: the contacts are in the store.
 * After:  they are in somebody else's program.
 */
#include <kith/export.h>

#include "base/fail.h"
#include "base/json_write.h"
#include "engine/handle.h"
#include "show/show_csv.h"
#include "show/show_json.h"
#include "show/show_vcard.h"

enum { CONTACT_BYTES_MAX = 64 * 1024 * 1024, CHUNK_BYTES = 64 * 1024 };

struct export_run {
    struct kith *k;
    enum kith_format format;
    kith_write_fn write;
    void *ctx;
    struct kith_buf buf;
    struct kith_json_writer *json;
    int64_t n;
    bool refused; /* the taker wants no more */
};

static bool flush(struct export_run *run)
{
    if (run->buf.len > 0 && !run->write(run->ctx, run->buf.data, run->buf.len))
        run->refused = true;
    kith_buf_clear(&run->buf);
    return !run->refused;
}

static void add_json(struct export_run *run, const struct kith_contact *contact)
{
    (void)kith_buf_add_text(&run->buf, run->n > 0 ? ",\n" : "");
    kith_json_writer_reset(run->json);
    kith_show_json_contact(run->json, NULL, contact);
}

/* The picture belongs to the contact where the format has a place for it; one that is not here yet is no failure. */
static struct kith_photo *add_photo(struct export_run *run, struct kith_contact *contact)
{
    struct kith_photo *photo = NULL;

    if (!contact->has_photo || run->format == KITH_FORMAT_CSV ||
        kith_store_photo_get(run->k->store, contact->id, &photo, NULL) != KITH_OK)
        return NULL;
    contact->photo = photo->bytes;
    contact->n_photo = photo->n_bytes;
    return photo;
}

static void write_contact(struct export_run *run, const struct kith_contact *contact)
{
    switch (run->format) {
    case KITH_FORMAT_VCARD4:
        (void)kith_show_vcard4(&run->buf, contact);
        break;
    case KITH_FORMAT_VCARD3:
        (void)kith_show_vcard3(&run->buf, contact);
        break;
    case KITH_FORMAT_CSV:
        (void)kith_show_csv(&run->buf, contact);
        break;
    case KITH_FORMAT_JSON:
        add_json(run, contact);
        break;
    }
}

static bool export_contact(void *ctx, const struct kith_contact *contact)
{
    struct export_run *run = ctx;
    struct kith_contact with_photo = *contact;
    struct kith_photo *photo = add_photo(run, &with_photo);

    write_contact(run, &with_photo);
    free(photo);
    run->n++;
    return run->buf.len < CHUNK_BYTES || flush(run);
}

static void begin(struct export_run *run)
{
    if (run->format == KITH_FORMAT_JSON)
        (void)kith_buf_add_text(&run->buf, "{\"schema\":1,\"contacts\":[\n");
    else if (run->format == KITH_FORMAT_CSV)
        (void)kith_show_csv_begin(&run->buf);
}

enum kith_status kith_export(struct kith *k, const char *account, enum kith_format format, kith_write_fn write,
                             void *ctx, int64_t *n_written, struct kith_error *err)
{
    struct export_run run = {.k = k, .format = format, .write = write, .ctx = ctx};
    enum kith_status st;

    kith_buf_init(&run.buf, CONTACT_BYTES_MAX);
    run.json = kith_json_writer_new(&run.buf, /* indented= */ false);
    begin(&run);
    st = kith_contacts_each(k, account, export_contact, &run, err);
    if (st == KITH_OK && format == KITH_FORMAT_JSON)
        (void)kith_buf_add_text(&run.buf, "\n]}\n");
    if (st == KITH_OK && !run.refused)
        (void)flush(&run);
    kith_json_writer_free(run.json);
    kith_buf_done(&run.buf);
    if (st != KITH_OK)
        return st;
    if (run.refused)
        return kith_fail(err, KITH_E_CANCELLED, "the output does not take more");
    if (n_written)
        *n_written = run.n;
    return KITH_OK;
}
