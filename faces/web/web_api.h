/* SPDX-License-Identifier: MIT */
/*
 * web_api.h - the handlers; docs/api/openapi.yaml says what each one does.
 *
 * A handler answers, or fails and leaves the words to the catalogue. What it wrote into the answer before it
 * failed is thrown away.
 */
#pragma once

#include "web_context.h"
#include "web_exchange.h"

typedef enum kith_status (*kith_web_handler)(struct kith_web *web, const struct kith_web_request *request,
                                             struct kith_web_answer *answer, struct kith_error *err);

#define KITH_WEB_HANDLER(name)                                                                                         \
    enum kith_status name(struct kith_web *web, const struct kith_web_request *request,                                \
                          struct kith_web_answer *answer, struct kith_error *err)

/* web_files.c: the page */
KITH_WEB_HANDLER(kith_web_get_root);
KITH_WEB_HANDLER(kith_web_get_start);
KITH_WEB_HANDLER(kith_web_get_file);

/* web_state.c, web_events.c: what is going on */
KITH_WEB_HANDLER(kith_web_get_state);
KITH_WEB_HANDLER(kith_web_get_events);

/* web_api_contacts.c: My Contacts */
KITH_WEB_HANDLER(kith_web_get_index);
KITH_WEB_HANDLER(kith_web_get_rows);
KITH_WEB_HANDLER(kith_web_get_contact);
KITH_WEB_HANDLER(kith_web_get_position);
KITH_WEB_HANDLER(kith_web_get_vcard);
KITH_WEB_HANDLER(kith_web_get_photo);
KITH_WEB_HANDLER(kith_web_get_find);
KITH_WEB_HANDLER(kith_web_get_who);
KITH_WEB_HANDLER(kith_web_get_export); /* web_export.c */

/* web_api_accounts.c: sign in, import, Linked Accounts */
KITH_WEB_HANDLER(kith_web_post_signin);
KITH_WEB_HANDLER(kith_web_post_signin_cancel);
KITH_WEB_HANDLER(kith_web_post_signin_paste);
KITH_WEB_HANDLER(kith_web_post_signin_close);
KITH_WEB_HANDLER(kith_web_post_import);
KITH_WEB_HANDLER(kith_web_post_refresh);
KITH_WEB_HANDLER(kith_web_post_run_cancel);
KITH_WEB_HANDLER(kith_web_post_run_close);
KITH_WEB_HANDLER(kith_web_post_sign_out);
KITH_WEB_HANDLER(kith_web_post_rename);
KITH_WEB_HANDLER(kith_web_get_held);

/* web_api_files.c: Outlook files */
KITH_WEB_HANDLER(kith_web_post_upload);
KITH_WEB_HANDLER(kith_web_post_upload_file);
KITH_WEB_HANDLER(kith_web_post_upload_drop);
KITH_WEB_HANDLER(kith_web_post_upload_import);
KITH_WEB_HANDLER(kith_web_post_upload_cancel);
/* Make request->intake for a file that is about to come in. */
enum kith_status kith_web_upload_intake(struct kith_web *web, struct kith_web_request *request, struct kith_error *err);

/* web_api_settings.c: Settings */
KITH_WEB_HANDLER(kith_web_get_settings);
KITH_WEB_HANDLER(kith_web_patch_settings);
KITH_WEB_HANDLER(kith_web_get_guide);
KITH_WEB_HANDLER(kith_web_get_regions);
KITH_WEB_HANDLER(kith_web_post_repair);
KITH_WEB_HANDLER(kith_web_post_remove_everything);
