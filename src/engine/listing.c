/* SPDX-License-Identifier: MIT */
/* listing.c - which listing reads which source; see listing.h. */
#include "engine/listing.h"

#include "base/fail.h"

#define MOST_CONTACTS INT64_C(2147483647)

static const struct {
    enum kith_source source;
    enum kith_status (*open)(const struct kith_listing_options *options, struct kith_listing **ret,
                             struct kith_error *err);
} sources[] = {
    {KITH_SOURCE_MICROSOFT365, kith_listing_microsoft_open},
    {KITH_SOURCE_GOOGLE, kith_listing_google_open},
    {KITH_SOURCE_OUTLOOK, kith_listing_files_open},
};

enum kith_status kith_listing_open(const struct kith_listing_options *options, struct kith_listing **ret,
                                   struct kith_error *err)
{
    const enum kith_source source = options->account->public_face.source;

    for (size_t i = 0; i < KITH_COUNT_OF(sources); i++)
        if (sources[i].source == source)
            return sources[i].open(options, ret, err);
    return kith_fail(err, KITH_E_USAGE, "this kith cannot read the contacts of %s", kith_source_title(source));
}

enum kith_status kith_listing_check_count(int64_t reported, struct kith_error *err)
{
    if (reported <= MOST_CONTACTS)
        return KITH_OK;
    (void)kith_fail(err, KITH_E_TOO_MANY_CONTACTS, "the account reports %lld contacts, more than %lld",
                    (long long)reported, (long long)MOST_CONTACTS);
    if (err)
        err->count = reported;
    return KITH_E_TOO_MANY_CONTACTS;
}

void kith_listing_free(struct kith_listing *listing)
{
    if (listing)
        listing->ops->free(listing);
}
