/* SPDX-License-Identifier: MIT */
/*
 * sandbox_draw.c - takes the country tables apart: items, Latin spellings, readings, e-mail forms.
 *
 * Before: sandbox_countries_*.c, texts with '|' in them.
 * After:  sandbox_contact.c draws words by number.
 */
#include "sandbox/sandbox_draw.h"

#include "base/alloc.h"
#include "base/text.h"

#define MAX_COUNTRIES 64

static struct {
    struct kith_arena *arena;
    struct sandbox_draw country[MAX_COUNTRIES];
    size_t n;
    unsigned total_weight;
} drawn;

/* --- Letters -------------------------------------------------------------- */

/* Latin letters with marks, as far as the tables use them, and what stays of them in an address. */
static const struct {
    const char *marked, *plain;
} folds[] = {
    {"áàâäãåāăąÁÀÂÄÃÅĀĂĄạảấầẩẫậắằẳẵặẠẢẤẦẨẪẬ", "a"},
    {"çćčĉÇĆČ", "c"},
    {"ďđĎĐð", "d"},
    {"éèêëēėęěÉÈÊËĒĘĚẹẻẽếềểễệẸẺẼẾỀỂỄỆ", "e"},
    {"ğĝĞ", "g"},
    {"íìîïīıįÍÌÎÏĪİịỉĩỊỈĨ", "i"},
    {"łľĺŁĽ", "l"},
    {"ñńňÑŃŇ", "n"},
    {"óòôöõøōőÓÒÔÖÕØŌŐọỏốồổỗộớờởỡợơỌỎỐỒỔỖỘỚỜỞỠỢƠ", "o"},
    {"řŕŘ", "r"},
    {"śšşșŚŠŞȘṣ", "s"},
    {"ťțţŤȚŢ", "t"},
    {"úùûüūůűųÚÙÛÜŪŮŰụủứừửữựưỤỦỨỪỬỮỰƯ", "u"},
    {"ýÿỳỷỹỵÝ", "y"},
    {"źżžŹŻŽ", "z"},
    {"ß", "ss"},
    {"æÆ", "ae"},
};

static const char *plain_of(uint32_t cp)
{
    for (size_t i = 0; i < KITH_COUNT_OF(folds); i++) {
        const char *p = folds[i].marked, *end = p + strlen(p);
        while (p < end)
            if (kith_utf8_next(&p, end) == cp)
                return folds[i].plain;
    }
    return "";
}

/* Small ASCII letters of a Latin text; everything else falls away. */
static const char *make_local(const char *latin)
{
    const char *p = latin, *end = p + strlen(p);
    char out[64];
    size_t n = 0;

    while (p < end && n < sizeof(out) - 3) {
        uint32_t cp = kith_utf8_next(&p, end);
        const char *plain = plain_of(cp);
        if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9'))
            out[n++] = (char)cp;
        else if (cp >= 'A' && cp <= 'Z')
            out[n++] = (char)(cp + ('a' - 'A'));
        for (; *plain; plain++)
            out[n++] = *plain;
    }
    return kith_arena_copy(drawn.arena, out, n);
}

/* --- Lists ---------------------------------------------------------------- */

static size_t count_items(const char *list, char separator)
{
    size_t n = 1;

    for (; *list; list++)
        n += *list == separator;
    return n;
}

/* The part before the separator; *text moves behind it. */
static const char *next_part(const char **text, char separator)
{
    const char *at = strchr(*text, separator);
    size_t len = at ? (size_t)(at - *text) : strlen(*text);
    const char *part = kith_arena_copy(drawn.arena, *text, len);

    *text += len + (at ? 1 : 0);
    return part;
}

static bool is_ascii_or_latin(const char *text)
{
    const char *p = text, *end = p + strlen(p);

    while (p < end) {
        uint32_t cp = kith_utf8_next(&p, end);
        if (cp >= 0x370 && (cp < 0x1e00 || cp > 0x1eff))
            return false;
    }
    return true;
}

static void take_word(struct sandbox_word *word, const char *item)
{
    word->native = next_part(&item, '/');
    word->latin = next_part(&item, '/');
    word->reading = next_part(&item, '/');
    if (!word->latin[0] && is_ascii_or_latin(word->native))
        word->latin = word->native;
    word->local = make_local(word->latin);
}

/* Numbers and addresses may hold a '/', names use it as a mark. */
enum item_kind { ITEM_NAME, ITEM_PLAIN };

static struct sandbox_words take_words(const char *list, char separator, enum item_kind kind)
{
    struct sandbox_words words = {0};

    if (!list)
        return words;
    words.n = count_items(list, separator);
    words.item = kith_arena_new_n(drawn.arena, struct sandbox_word, words.n);
    for (size_t i = 0; i < words.n; i++) {
        const char *item = next_part(&list, separator);
        words.item[i] = (struct sandbox_word){item, "", "", ""};
        if (kind == ITEM_NAME)
            take_word(&words.item[i], item);
    }
    return words;
}

static void take_places(struct sandbox_draw *draw, const char *list)
{
    draw->n_places = count_items(list, '|');
    draw->place = kith_arena_new_n(drawn.arena, struct sandbox_place, draw->n_places);
    for (size_t i = 0; i < draw->n_places; i++) {
        const char *item = next_part(&list, '|');
        struct sandbox_place *place = &draw->place[i];
        place->city = next_part(&item, ';');
        place->state = next_part(&item, ';');
        place->postal = next_part(&item, ';');
        place->area = next_part(&item, ';');
        place->streets = take_words(item, ',', ITEM_PLAIN);
    }
}

static void take_country(const struct sandbox_country *row)
{
    struct sandbox_draw *draw = &drawn.country[drawn.n++];

    drawn.total_weight += row->weight;
    draw->weight_end = drawn.total_weight;
    draw->name = row->name;
    draw->street = row->street;
    draw->order = row->order;
    draw->women = take_words(row->women, '|', ITEM_NAME);
    draw->men = take_words(row->men, '|', ITEM_NAME);
    draw->surnames = take_words(row->surnames, '|', ITEM_NAME);
    draw->women_surnames = row->women_surnames ? take_words(row->women_surnames, '|', ITEM_NAME) : draw->surnames;
    draw->mobile = take_words(row->mobile, '|', ITEM_PLAIN);
    draw->landline = take_words(row->landline, '|', ITEM_PLAIN);
    draw->companies = take_words(row->companies, '|', ITEM_NAME);
    draw->suffixes = take_words(row->suffixes, '|', ITEM_PLAIN);
    draw->company_readings = draw->companies.n > 0 && draw->companies.item[0].reading[0];
    take_places(draw, row->places);
}

static void take_countries(const struct sandbox_country *rows, size_t n)
{
    for (size_t i = 0; i < n && drawn.n < MAX_COUNTRIES; i++)
        take_country(&rows[i]);
}

void sandbox_draw_prepare(void)
{
    drawn.arena = kith_arena_new();
    take_countries(sandbox_countries_west, sandbox_n_countries_west);
    take_countries(sandbox_countries_north, sandbox_n_countries_north);
    take_countries(sandbox_countries_east, sandbox_n_countries_east);
}

void sandbox_draw_forget(void)
{
    kith_arena_free(drawn.arena);
    drawn.arena = NULL;
    drawn.n = 0;
    drawn.total_weight = 0;
}

unsigned sandbox_draw_total_weight(void)
{
    return drawn.total_weight;
}

const struct sandbox_draw *sandbox_draw_country(unsigned weight)
{
    size_t i = 0;

    while (i + 1 < drawn.n && drawn.country[i].weight_end <= weight)
        i++;
    return &drawn.country[i];
}

/* --- Companies ------------------------------------------------------------ */

static const char *const firsts[] = {
    "Amberley",   "Aldergate",  "Beacon",      "Birchwood",   "Blue Heron",   "Bramble",   "Brightwater", "Cardinal",
    "Cedar Hill", "Clearbrook", "Cobalt",      "Copperfield", "Eastgate",     "Elmstone",  "Evergreen",   "Fernhill",
    "Foxglove",   "Granite",    "Greenfield",  "Harbour",     "Hawthorn",     "Highland",  "Ironbridge",  "Ivory",
    "Juniper",    "Kestrel",    "Kingfisher",  "Lakeside",    "Lanternlight", "Larkfield", "Limestone",   "Lodestar",
    "Maplewood",  "Meridian",   "Millstone",   "Moorland",    "Nightingale",  "Northgate", "Oakridge",    "Orchard",
    "Palisade",   "Pinecrest",  "Quayside",    "Redwing",     "Riverbend",    "Rosewater", "Saffron",     "Silverbirch",
    "Skylark",    "Solstice",   "Stonebridge", "Summit",      "Tallship",     "Tidewater", "Tradewind",   "Vermilion",
    "Wayfarer",   "Westbrook",  "Willowbank",  "Wintergreen"};
static const char *const sectors[] = {"Logistics", "Foods",     "Textiles", "Engineering", "Print",    "Motors",
                                      "Media",     "Energy",    "Optics",   "Timber",      "Travel",   "Bakery",
                                      "Capital",   "Ceramics",  "Software", "Pharma",      "Shipping", "Systems",
                                      "Studios",   "Insurance", "Gardens",  "Robotics",    "Tools",    "Consulting"};

static void shared_company(const struct sandbox_draw *country, struct sandbox_dice *dice, char *name, size_t name_size,
                           char *host, size_t host_size)
{
    const char *first = firsts[sandbox_roll_below(dice, KITH_COUNT_OF(firsts))];
    const char *sector = sectors[sandbox_roll_below(dice, KITH_COUNT_OF(sectors))];
    const char *suffix = country->suffixes.item[sandbox_roll_below(dice, (unsigned)country->suffixes.n)].native;
    size_t n = 0;

    (void)kith_text_format(name, name_size, "%s %s %s", first, sector, suffix);
    for (const char *p = first; *p && n < host_size - 1; p++)
        if (*p != ' ')
            host[n++] = (char)(*p | 0x20); /* the words are ASCII letters */
    host[n] = '\0';
    (void)kith_text_format(host + n, host_size - n, "-%s", sector);
    for (; host[n]; n++)
        if (host[n] >= 'A' && host[n] <= 'Z')
            host[n] = (char)(host[n] | 0x20);
}

void sandbox_draw_company(const struct sandbox_draw *country, struct sandbox_dice *dice, char *name, size_t name_size,
                          char *host, size_t host_size)
{
    const struct sandbox_word *word, *suffix;

    if (country->companies.n == 0) {
        shared_company(country, dice, name, name_size, host, host_size);
        return;
    }
    word = &country->companies.item[sandbox_roll_below(dice, (unsigned)country->companies.n)];
    suffix = &country->suffixes.item[sandbox_roll_below(dice, (unsigned)country->suffixes.n)];
    if (country->order == SANDBOX_GIVEN_FIRST)
        (void)kith_text_format(name, name_size, "%s %s", word->native, suffix->native);
    else
        (void)kith_text_format(name, name_size, "%s%s", word->native, suffix->native);
    (void)kith_text_copy(host, host_size, word->local);
}

const char *sandbox_draw_company_reading(const struct sandbox_draw *country, const char *name)
{
    for (size_t i = 0; i < country->companies.n; i++)
        if (kith_text_starts_with(name, country->companies.item[i].native))
            return country->companies.item[i].reading;
    return NULL;
}
