/* SPDX-License-Identifier: MIT */
/* export.h - contacts as text that other programs read. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <kith/account.h>
#include <kith/contact.h>
#include <kith/error.h>
#include <kith/find.h>
#include <kith/import.h>
#include <kith/outlook.h>
#include <kith/settings.h>
#include <kith/visibility.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith;
struct kith_health;

enum kith_format {
    KITH_FORMAT_VCARD4, /* RFC 6350 */
    KITH_FORMAT_JSON,   /* docs/output-schema.md */
    KITH_FORMAT_VCARD3, /* RFC 2426, for programs that know no later one */
    KITH_FORMAT_CSV,    /* the 92 columns of Outlook's English layout, UTF-8; what has no column is in the notes */
};

/* Takes len bytes; false stops the export (the reason stays with you). */
typedef bool (*kith_write_fn)(void *ctx, const char *bytes, size_t len);

/*
 * Write every contact of account (NULL: all accounts) in the list's order.
 * n_written: NULL, or on return how many were written.
 * When write answers false the call returns KITH_E_CANCELLED.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_export(struct kith *k, const char *account, enum kith_format format,
                                                      kith_write_fn write, void *ctx, int64_t *n_written,
                                                      struct kith_error *err);

/* One contact as text: NUL-terminated, yours to free(). Never NULL. */
KITH_API char *kith_contact_to_vcard(const struct kith_contact *contact);
KITH_API char *kith_contact_to_json(const struct kith_contact *contact);
KITH_API char *kith_contact_to_text(const struct kith_contact *contact); /* for a terminal, labels at the left */

/*
 * The rest of what faces say, each as one JSON object of docs/output-schema.md, so that all
 * faces say the same: NUL-terminated, yours to free(). Never NULL.
 */
KITH_API char *kith_row_to_json(const struct kith_row *row);
KITH_API char *kith_account_to_json(const struct kith_account *account);
KITH_API char *kith_import_result_to_json(const struct kith_import_result *result);
KITH_API char *kith_event_to_json(const struct kith_event *event);
KITH_API char *kith_error_to_json(const struct kith_error *error);
KITH_API char *kith_health_to_json(const struct kith_health *health);
KITH_API char *kith_setting_to_json(const struct kith_setting *setting);
KITH_API char *kith_outlook_file_to_json(const struct kith_outlook_file *file);

#ifdef __cplusplus
}
#endif
