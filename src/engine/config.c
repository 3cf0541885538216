/* SPDX-License-Identifier: MIT */
/*
 * config.c - reads and changes the INI file, by GLib's key file, which keeps a person's comments.
 *
 * Each setting is a row of the table below. A key of the file that is no row is left alone, since an older kith
 * must not stop at a newer one's file; `kith status` tells of it.
 */
#include "engine/config.h"

#include <glib.h>
#include <pthread.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"
#include "http/http.h"
#include "kith_config.h"
#include "normalise/region.h"

enum { CONFIG_FILE_MAX = 1024 * 1024 };

/* --- What a value must look like ------------------------------------------ */

static bool is_count(const char *value)
{
    int64_t n;

    return kith_text_to_int64(value, 0, INT64_MAX, &n);
}

static bool is_port(const char *value)
{
    int64_t n;

    return kith_text_to_int64(value, 0, 65535, &n);
}

static bool is_region(const char *value)
{
    return value[0] == '\0' || kith_region_is_known(value);
}

static bool is_keep(const char *value)
{
    return strcmp(value, "auto") == 0 || strcmp(value, "keyring") == 0 || strcmp(value, "file") == 0;
}

static bool is_yes_or_no(const char *value)
{
    return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
}

static bool is_token(const char *value)
{
    return value[strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")] == '\0';
}

static bool is_segment(const char *value)
{
    return value[0] != '\0' && value[0] != '.' && is_token(value); /* ".." would be another place */
}

static bool is_anything(const char *value)
{
    return value != NULL;
}

/* --- The table -------------------------------------------------------------- */

static const char *region_from_locale(void);

struct setting_row {
    const char *section, *name, *key;
    const char *preset;
    const char *(*preset_fn)(void); /* where the preset depends on the device; else NULL */
    bool (*fits)(const char *value);
    const char *form; /* what a fitting value is, for the message */
    const char *description;
    bool secret; /* never shown or quoted */
};

static const struct setting_row rows[KITH_SETTING_COUNT] = {
    [KITH_SET_IMPORT_LIMIT] = {"import", "limit", "import.limit", "10000", NULL, is_count,
                               "a number of contacts, 0 for no limit", "most contacts imported of one account", false},
    [KITH_SET_IMPORT_REGION] = {"import", "region", "import.region", "", region_from_locale, is_region,
                                "the two capital letters of a country (ISO 3166-1), as US",
                                "used for numbers without a country code", false},
    [KITH_SET_IMPORT_PHOTOS] = {"import", "photos", "import.photos", "yes", NULL, is_yes_or_no, "yes or no",
                                "whether pictures are fetched", false},
    [KITH_SET_MICROSOFT_CLIENT_ID] = {"microsoft", "client_id", "microsoft.client_id", KITH_MICROSOFT_CLIENT_ID, NULL,
                                      is_token, "an application (client) id", "the application's id at Microsoft",
                                      false},
    [KITH_SET_MICROSOFT_TENANT] = {"microsoft", "tenant", "microsoft.tenant", "common", NULL, is_segment,
                                   "common, organizations, consumers, a tenant's id or its domain",
                                   "whose accounts may sign in", false},
    [KITH_SET_MICROSOFT_AUTHORITY] = {"microsoft", "authority", "microsoft.authority",
                                      "https://login.microsoftonline.com", NULL, kith_http_url_allowed,
                                      "an https address (http for loopback only)", "where people sign in", false},
    [KITH_SET_MICROSOFT_GRAPH] = {"microsoft", "graph", "microsoft.graph", "https://graph.microsoft.com", NULL,
                                  kith_http_url_allowed, "an https address (http for loopback only)",
                                  "where contacts are read", false},
    [KITH_SET_GOOGLE_CLIENT_ID] = {"google", "client_id", "google.client_id", KITH_GOOGLE_CLIENT_ID, NULL, is_token,
                                   "a client id", "the application's id at Google", false},
    [KITH_SET_GOOGLE_CLIENT_SECRET] = {"google", "client_secret", "google.client_secret", KITH_GOOGLE_CLIENT_SECRET,
                                       NULL, is_token, "a client secret", "what Google gave with the id", true},
    [KITH_SET_GOOGLE_ACCOUNTS] = {"google", "accounts", "google.accounts", "https://accounts.google.com", NULL,
                                  kith_http_url_allowed, "an https address (http for loopback only)",
                                  "where people sign in", false},
    [KITH_SET_GOOGLE_OAUTH2] = {"google", "oauth2", "google.oauth2", "https://oauth2.googleapis.com", NULL,
                                kith_http_url_allowed, "an https address (http for loopback only)",
                                "where tokens are given", false},
    [KITH_SET_GOOGLE_PEOPLE] = {"google", "people", "google.people", "https://people.googleapis.com", NULL,
                                kith_http_url_allowed, "an https address (http for loopback only)",
                                "where contacts are read", false},
    [KITH_SET_TOKENS_KEEP] = {"tokens", "keep", "tokens.keep", "auto", NULL, is_keep, "auto, keyring or file",
                              "where sign-ins are kept", false},
    [KITH_SET_NETWORK_CA_FILE] = {"network", "ca_file", "network.ca_file", "", NULL, is_anything, "a file",
                                  "certificates to trust instead of the system's", false},
    [KITH_SET_NETWORK_PROXY] = {"network", "proxy", "network.proxy", "", NULL, is_anything, "an address",
                                "proxy to use instead of the system's", false},
    [KITH_SET_WEB_PORT] = {"web", "port", "web.port", "0", NULL, is_port, "a port, 0 for any free one",
                           "port of the local web page", false},
};

/* The first of these variables that says something, else "". */
static const char *locale_of(const char *const *variables)
{
    const char *name = NULL;

    for (; *variables && kith_text_is_empty(name); variables++)
        name = getenv(*variables);
    return name ? name : "";
}

/*
 * The two letters of the locale's country ("en_UK" means GB). A locale without one ("C") tells nothing; US
 * then, which `kith status` shows, so that somebody elsewhere notices and sets it.
 */
static const char *region_from_locale(void)
{
    static char region[3];
    static const char *const variables[] = {"LC_ALL", "LC_TELEPHONE", "LC_ADDRESS", "LANG", NULL};
    const char *name = strchr(locale_of(variables), '_');

    if (!name || !g_ascii_isalpha(name[1]) || !g_ascii_isalpha(name[2]) || g_ascii_isalnum(name[3]))
        return "US";
    region[0] = g_ascii_toupper(name[1]);
    region[1] = g_ascii_toupper(name[2]);
    return kith_region_is_known(region) || kith_region_nearest(region, "", region) ? region : "US";
}

/* --- The configuration -------------------------------------------------------- */

struct kith_config {
    pthread_mutex_t lock; /* over everything below */
    char *path;
    GKeyFile *file;
    struct timespec read_mtime;
    off_t read_size;
    char *given[KITH_SETTING_COUNT]; /* by the command line; NULL: not given */
};

static const char *preset_of(const struct setting_row *row)
{
    return row->preset_fn ? row->preset_fn() : row->preset;
}

static const struct setting_row *row_of_key(const char *key)
{
    for (size_t i = 0; i < KITH_SETTING_COUNT; i++)
        if (strcmp(rows[i].key, key) == 0)
            return &rows[i];
    return NULL;
}

static const char *nearest_key(const char *key)
{
    const char *keys[KITH_SETTING_COUNT];

    for (size_t i = 0; i < KITH_SETTING_COUNT; i++)
        keys[i] = rows[i].key;
    return kith_text_nearest(key, keys, KITH_SETTING_COUNT);
}

static enum kith_status fail_unknown_key(const char *key, struct kith_error *err)
{
    const char *nearest = nearest_key(key);

    (void)kith_fail(err, KITH_E_USAGE, "there is no setting \"%s\"", key);
    if (nearest)
        (void)kith_fail_hint(err, "did you mean \"%s\"?", nearest);
    else
        (void)kith_fail_hint(err, "`kith config list` shows all settings");
    return KITH_E_USAGE;
}

static void hint_nearest(const struct setting_row *row, const char *value, struct kith_error *err)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG", NULL};
    char region[3];

    if (row->fits == is_region && kith_region_nearest(value, locale_of(variables), region))
        (void)kith_fail_hint(err, "did you mean \"%s\"?", region);
}

static enum kith_status check_value(const struct setting_row *row, const char *value, struct kith_error *err)
{
    if (strlen(value) >= KITH_SETTING_BYTES || strpbrk(value, "\r\n"))
        return kith_fail(err, KITH_E_USAGE, "the value of %s is too long or has more than one line", row->key);
    if (row->fits(value))
        return KITH_OK;
    if (!err)
        return KITH_E_USAGE; /* nobody wants to know what may be meant, which takes a while to find */
    (void)kith_fail(err, KITH_E_USAGE, "%s cannot be \"%s\": it takes %s", row->key, row->secret ? "..." : value,
                    row->form);
    hint_nearest(row, value, err);
    return KITH_E_USAGE;
}

static enum kith_status take_given(struct kith_config *config, const char *assignment, struct kith_error *err)
{
    const char *equals = strchr(assignment, '=');
    KITH_AUTO_STRING key = NULL;
    const struct setting_row *row;
    enum kith_status st;

    if (!equals)
        return kith_fail(err, KITH_E_USAGE, "\"%s\" is not of the form section.key=value", assignment);
    key = kith_xstrndup(assignment, (size_t)(equals - assignment));
    row = row_of_key(key);
    if (!row)
        return fail_unknown_key(key, err);
    st = check_value(row, equals + 1, err);
    if (st != KITH_OK)
        return st;
    free(config->given[row - rows]);
    config->given[row - rows] = kith_xstrdup(equals + 1);
    return KITH_OK;
}

static enum kith_status parse_file(struct kith_config *config, const struct stat *info, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) text;
    g_autoptr(GError) problem = NULL;
    g_autoptr(GKeyFile) file = g_key_file_new();
    enum kith_status st;

    kith_buf_init(&text, CONFIG_FILE_MAX);
    st = kith_file_read(config->path, &text, err);
    if (st != KITH_OK)
        return st == KITH_E_NOT_FOUND ? KITH_OK : st;
    if (text.len > 0 && !g_key_file_load_from_data(file, text.data, text.len, G_KEY_FILE_KEEP_COMMENTS, &problem))
        return kith_fail(err, KITH_E_USAGE, "the configuration file \"%s\" is not an INI file: %s", config->path,
                         problem->message);
    g_clear_pointer(&config->file, g_key_file_free);
    config->file = g_steal_pointer(&file);
    config->read_mtime = info->st_mtim;
    config->read_size = info->st_size;
    return KITH_OK;
}

/*
 * Read the file if it is another than the one read before. On failure what was read before stays in force;
 * kith_config_new() complains about a file that is none.
 */
static enum kith_status reread(struct kith_config *config, struct kith_error *err)
{
    struct stat info;

    if (stat(config->path, &info) != 0) {
        g_clear_pointer(&config->file, g_key_file_free);
        config->read_size = -1;
        return KITH_OK;
    }
    if (config->file && info.st_size == config->read_size && info.st_mtim.tv_sec == config->read_mtime.tv_sec &&
        info.st_mtim.tv_nsec == config->read_mtime.tv_nsec)
        return KITH_OK;
    return parse_file(config, &info, err);
}

/* The file's value, NULL when it has none. Yours to g_free(). */
static char *value_of_file(const struct kith_config *config, const struct setting_row *row)
{
    char *value = config->file ? g_key_file_get_value(config->file, row->section, row->name, NULL) : NULL;

    return value ? g_strstrip(value) : NULL;
}

static enum kith_status check_file(const struct kith_config *config, struct kith_error *err)
{
    for (size_t i = 0; i < KITH_SETTING_COUNT; i++) {
        g_autofree char *value = value_of_file(config, &rows[i]);
        enum kith_status st;

        if (!value || value[0] == '\0')
            continue;
        st = check_value(&rows[i], value, err);
        if (st != KITH_OK)
            return kith_fail_context(err, st, "%s", config->path);
    }
    return KITH_OK;
}

enum kith_status kith_config_new(const char *path, const char *const *set, struct kith_config **ret,
                                 struct kith_error *err)
{
    KITH_AUTO(kith_config) config = kith_xnew(struct kith_config);
    enum kith_status st;

    (void)pthread_mutex_init(&config->lock, NULL); /* with default attributes it cannot fail on Linux */
    config->path = kith_xstrdup(path);
    config->read_size = -1;
    st = reread(config, err);
    if (st == KITH_OK)
        st = check_file(config, err);
    for (size_t i = 0; st == KITH_OK && set && set[i]; i++)
        st = take_given(config, set[i], err);
    if (st == KITH_OK)
        *ret = KITH_TAKE(config);
    return st;
}

void kith_config_free(struct kith_config *config)
{
    if (!config)
        return;
    g_clear_pointer(&config->file, g_key_file_free);
    for (size_t i = 0; i < KITH_SETTING_COUNT; i++)
        free(config->given[i]);
    free(config->path);
    (void)pthread_mutex_destroy(&config->lock);
    free(config);
}

const char *kith_config_path(const struct kith_config *config)
{
    return config->path;
}

/* With the lock held. A value of the file that does not fit (edited while we run) counts as not there. */
static void value_in_force(struct kith_config *config, size_t id, char out[KITH_SETTING_BYTES], bool *is_set)
{
    const struct setting_row *row = &rows[id];
    g_autofree char *of_file = NULL;

    *is_set = true;
    if (config->given[id]) {
        (void)kith_text_copy(out, KITH_SETTING_BYTES, config->given[id]);
        return;
    }
    of_file = value_of_file(config, row);
    if (of_file && of_file[0] != '\0' && check_value(row, of_file, NULL) == KITH_OK) {
        (void)kith_text_copy(out, KITH_SETTING_BYTES, of_file);
        return;
    }
    *is_set = false;
    (void)kith_text_copy(out, KITH_SETTING_BYTES, preset_of(row));
}

void kith_config_get(struct kith_config *config, enum kith_setting_id id, char out[KITH_SETTING_BYTES])
{
    bool is_set;

    (void)pthread_mutex_lock(&config->lock);
    (void)reread(config, NULL); /* unreadable now: what was read before stays in force */
    value_in_force(config, (size_t)id, out, &is_set);
    (void)pthread_mutex_unlock(&config->lock);
}

int64_t kith_config_get_int(struct kith_config *config, enum kith_setting_id id)
{
    char value[KITH_SETTING_BYTES];
    int64_t number = 0;

    kith_config_get(config, id, value);
    (void)kith_text_to_int64(value, 0, INT64_MAX, &number); /* the table's check has let it pass */
    return number;
}

bool kith_config_get_bool(struct kith_config *config, enum kith_setting_id id)
{
    char value[KITH_SETTING_BYTES];

    kith_config_get(config, id, value);
    return strcmp(value, "yes") == 0;
}

static void describe_unknown(const char *key, char *out, size_t out_size)
{
    const char *nearest = nearest_key(key);

    if (nearest)
        (void)kith_text_format(out, out_size, "the settings file has \"%s\", which is no setting; \"%s\" may be meant",
                               key, nearest); /* cut is fine */
    else
        (void)kith_text_format(out, out_size, "the settings file has \"%s\", which is no setting", key);
}

/* With the lock held. */
static bool find_unknown(const struct kith_config *config, char *out, size_t out_size)
{
    g_auto(GStrv) sections = g_key_file_get_groups(config->file, NULL);

    for (size_t i = 0; sections[i]; i++) {
        g_auto(GStrv) names = g_key_file_get_keys(config->file, sections[i], NULL, NULL);

        for (size_t k = 0; names && names[k]; k++) {
            g_autofree char *key = g_strdup_printf("%s.%s", sections[i], names[k]);

            if (row_of_key(key))
                continue;
            describe_unknown(key, out, out_size);
            return true;
        }
    }
    return false;
}

bool kith_config_find_unknown(struct kith_config *config, char *out, size_t out_size)
{
    bool found;

    (void)pthread_mutex_lock(&config->lock);
    (void)reread(config, NULL); /* unreadable now: what was read before stays in force */
    found = config->file && find_unknown(config, out, out_size);
    (void)pthread_mutex_unlock(&config->lock);
    return found;
}

/* A secret is known to be there, and no more. */
static const char *as_shown(const struct setting_row *row, const char *value)
{
    return row->secret && value[0] != '\0' ? "(set)" : value;
}

/* --- For faces ---------------------------------------------------------------- */

void kith_settings_free(struct kith_settings *settings)
{
    if (!settings)
        return;
    for (size_t i = 0; i < settings->n; i++)
        free((char *)settings->setting[i].value);
    free(settings->setting);
    free(settings);
}

enum kith_status kith_config_all(struct kith_config *config, struct kith_settings **ret, struct kith_error *err)
{
    struct kith_settings *all;
    enum kith_status st;

    (void)pthread_mutex_lock(&config->lock);
    st = reread(config, err);
    if (st != KITH_OK) {
        (void)pthread_mutex_unlock(&config->lock);
        return st;
    }
    all = kith_xnew(struct kith_settings);
    all->n = KITH_SETTING_COUNT;
    all->setting = kith_xnew_n(struct kith_setting, all->n);
    for (size_t i = 0; i < all->n; i++) {
        struct kith_setting *setting = &all->setting[i];
        char value[KITH_SETTING_BYTES];

        value_in_force(config, i, value, &setting->is_set);
        setting->key = rows[i].key;
        setting->value = kith_xstrdup(as_shown(&rows[i], value));
        setting->preset = as_shown(&rows[i], preset_of(&rows[i]));
        setting->secret = rows[i].secret;
        setting->description = rows[i].description;
    }
    (void)pthread_mutex_unlock(&config->lock);
    *ret = all;
    return KITH_OK;
}

static enum kith_status save(struct kith_config *config, struct kith_error *err)
{
    gsize len = 0;
    g_autofree char *text = g_key_file_to_data(config->file, &len, NULL);
    g_autofree char *folder = g_path_get_dirname(config->path);
    enum kith_status st = kith_file_make_dir(folder, err);

    if (st == KITH_OK)
        st = kith_file_replace(config->path, text, len, err);
    config->read_size = -1; /* read anew next time */
    return st;
}

enum kith_status kith_config_set(struct kith_config *config, const char *key, const char *value, struct kith_error *err)
{
    const struct setting_row *row = row_of_key(key);
    enum kith_status st;

    if (!row)
        return fail_unknown_key(key, err);
    if (value) {
        st = check_value(row, value, err);
        if (st != KITH_OK)
            return st;
    }
    (void)pthread_mutex_lock(&config->lock);
    st = reread(config, err);
    if (st == KITH_OK) {
        if (!config->file)
            config->file = g_key_file_new();
        if (value)
            g_key_file_set_value(config->file, row->section, row->name, value);
        else
            (void)g_key_file_remove_key(config->file, row->section, row->name, NULL); /* not there: as wished */
        st = save(config, err);
    }
    (void)pthread_mutex_unlock(&config->lock);
    return st;
}
