/* SPDX-License-Identifier: MIT */
/*
 * sandbox_graph_photo.c - a contact's photo: metadata, and a picture drawn from the contact's number.
 *
 * Before: sandbox_graph_contacts.c found the contact.
 * After:  JPEG or PNG bytes go out; most contacts have none, and Graph says so in three ways.
 */
#include "sandbox/sandbox_graph.h"

#include "base/text.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_dice.h"
#include "sandbox/sandbox_picture.h"

static void no_photo(struct sandbox_request *req, uint64_t key, struct sandbox_answer *ans)
{
    static const struct {
        const char *code, *message;
    } spellings[] = {
        {"ErrorItemNotFound", "The photo wasn't found."},
        {"GetUserPhoto", "The photo wasn't found."},
        {"ImageNotFound", "Exception of type 'ImageNotFoundException' was thrown."},
    };
    size_t i = sandbox_mix(key) % KITH_COUNT_OF(spellings);

    sandbox_graph_error(req, ans, 404, spellings[i].code, spellings[i].message);
}

static void metadata(struct sandbox_request *req, uint64_t key, struct sandbox_answer *ans)
{
    ans->content_type = SANDBOX_GRAPH_JSON;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "@odata.context", sandbox_graph_context(req, "contacts/photo/$entity"));
    kith_json_put_text(w, "@odata.mediaContentType", sandbox_picture_type(key));
    kith_json_put_text(w, "@odata.mediaEtag", sandbox_request_format(req, "\"%08llX\"", (unsigned long long)key >> 32));
    kith_json_put_text(w, "id", "240X240");
    kith_json_put_int(w, "width", SANDBOX_PICTURE_SIDE);
    kith_json_put_int(w, "height", SANDBOX_PICTURE_SIDE);
    kith_json_end(w);
}

void sandbox_graph_photo(struct sandbox_request *req, uint64_t contact_key, bool value, struct sandbox_answer *ans)
{
    if (!sandbox_contact_has_photo(contact_key)) {
        no_photo(req, contact_key, ans);
        return;
    }
    if (!value) {
        metadata(req, contact_key, ans);
        return;
    }
    ans->content_type = sandbox_picture_type(contact_key);
    sandbox_picture_draw(contact_key, &ans->body);
    ans->zipped = false;
}
