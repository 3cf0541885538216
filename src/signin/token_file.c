/* SPDX-License-Identifier: MIT */
/*
 * token_file.c - values in one encrypted file; see token_file.h.
 *
 * tokens.enc: 16 bytes that say what it is, 24 of nonce, then XChaCha20-Poly1305 over
 * "key NUL value NUL ...", the first 16 bytes authenticated with it. Written anew as a whole
 * with each change, under a lock that other processes wait for; readers need no lock, since
 * the file is replaced in one step.
 *
 * What it is good against: a copy of the data folder, a backup, another account of this
 * device. Not against who may read both folders as this person: nothing in a file can be.
 */
#include "signin/token_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <sodium.h>

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"

enum {
    MAGIC_BYTES = 16,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    MAC_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    KEY_BYTES = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    KEY_FILE_BYTES = 32,
    PLAIN_BYTES = 4 * 1024 * 1024, /* ceiling: some hundred accounts */
    FILE_BYTES = MAGIC_BYTES + NONCE_BYTES + PLAIN_BYTES + MAC_BYTES,
    MACHINE_ID_BYTES = 128,
    PATH_BYTES = 4096,
    LOCK_PATIENCE_MS = 5000,
    LOCK_LOOK_EVERY_MS = 10,
};

static const unsigned char magic[MAGIC_BYTES] = "kith tokens v1\n";

struct kith_token_file {
    char path[PATH_BYTES];
    char lock_path[PATH_BYTES];
    char dir[PATH_BYTES];
    char key_dir[PATH_BYTES];
    char key_path[PATH_BYTES];
};

/* --- Folders ------------------------------------------------------------- */

static bool preset_key_dir(char *out, size_t out_size)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");

    if (state && state[0] == '/')
        return kith_file_join(out, out_size, state, "kith");
    return home && home[0] == '/' && kith_file_join(out, out_size, home, ".local/state/kith");
}

enum kith_status kith_token_file_open(const char *dir, const char *key_dir, struct kith_token_file **ret,
                                      struct kith_error *err)
{
    KITH_AUTO(kith_token_file) file = kith_xnew(struct kith_token_file);

    if (sodium_init() < 0)
        return kith_fail(err, KITH_E_INTERNAL, "libsodium cannot be used");
    bool known = key_dir[0] != '\0' ? kith_text_copy(file->key_dir, sizeof(file->key_dir), key_dir)
                                    : preset_key_dir(file->key_dir, sizeof(file->key_dir));
    if (!known)
        return kith_fail(err, KITH_E_STORE, "no folder for the key of the sign-ins: HOME is not set");
    if (!kith_text_copy(file->dir, sizeof(file->dir), dir) ||
        !kith_file_join(file->path, sizeof(file->path), dir, "tokens.enc") ||
        !kith_file_join(file->lock_path, sizeof(file->lock_path), dir, "tokens.lock") ||
        !kith_file_join(file->key_path, sizeof(file->key_path), file->key_dir, "token.key"))
        return kith_fail(err, KITH_E_STORE, "the path of the data folder is too long");
    *ret = KITH_TAKE(file);
    return KITH_OK;
}

void kith_token_file_close(struct kith_token_file *file)
{
    free(file);
}

/* --- Locking ------------------------------------------------------------- */

/* Others hold it for milliseconds; one that was stopped in the middle must not stop us for ever. */
static enum kith_status take_lock(int fd, const char *path, struct kith_error *err)
{
    int64_t until_ms = kith_clock_monotonic_ms() + LOCK_PATIENCE_MS;

    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return kith_file_fail(err, errno, "lock", path);
        if (kith_clock_monotonic_ms() > until_ms)
            return kith_fail(err, KITH_E_STORE, "\"%s\" is held by another process", path);
        (void)kith_cancel_sleep_ms(NULL, LOCK_LOOK_EVERY_MS); /* cannot be cancelled without a switch */
    }
    return KITH_OK;
}

/* The lock goes with the descriptor. */
static enum kith_status lock_file(const struct kith_token_file *file, int *ret_fd, struct kith_error *err)
{
    enum kith_status st = kith_file_make_dir(file->dir, err);
    if (st != KITH_OK)
        return st;
    KITH_AUTO_FD fd = open(file->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return kith_file_fail(err, errno, "open", file->lock_path);
    st = take_lock(fd, file->lock_path, err);
    if (st != KITH_OK)
        return st;
    *ret_fd = kith_take_fd(&fd);
    return KITH_OK;
}

/* --- The key ------------------------------------------------------------- */

/* 32 random bytes. A shorter file was never used: it was being written when something ended that process. */
static enum kith_status read_key_file(const struct kith_token_file *file, struct kith_buf *secret,
                                      struct kith_error *err)
{
    kith_buf_clear(secret);
    enum kith_status st = kith_file_read(file->key_path, secret, err);
    if (st != KITH_OK)
        return st;
    if (secret->len != KEY_FILE_BYTES)
        return kith_fail(err, KITH_E_NOT_FOUND, "\"%s\" holds no key", file->key_path);
    return KITH_OK;
}

/* Data folders may share a key file, so its own folder is what is locked while it is made. */
static enum kith_status make_key_file(const struct kith_token_file *file, struct kith_buf *secret,
                                      struct kith_error *err)
{
    unsigned char fresh[KEY_FILE_BYTES];

    enum kith_status st = kith_file_make_dir(file->key_dir, err);
    if (st != KITH_OK)
        return st;
    KITH_AUTO_FD fd = open(file->key_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return kith_file_fail(err, errno, "open", file->key_dir);
    st = take_lock(fd, file->key_dir, err);
    if (st != KITH_OK)
        return st;
    st = read_key_file(file, secret, err); /* somebody may have been faster */
    if (st != KITH_E_NOT_FOUND)
        return st;

    randombytes_buf(fresh, sizeof(fresh));
    kith_buf_clear(secret);
    (void)kith_buf_add(secret, fresh, sizeof(fresh)); /* has room for it */
    st = kith_file_replace(file->key_path, fresh, sizeof(fresh), err);
    sodium_memzero(fresh, sizeof(fresh));
    return st;
}

/* What this installation of the system calls itself; "" where there is no such file. */
static void read_machine_id(struct kith_buf *out)
{
    static const char *const paths[] = {"/etc/machine-id", "/var/lib/dbus/machine-id"};

    for (size_t i = 0; i < KITH_COUNT_OF(paths); i++) {
        kith_buf_clear(out);
        if (kith_file_read(paths[i], out, NULL) == KITH_OK && out->len > 0)
            return;
    }
    kith_buf_clear(out);
}

static void mix_key(const struct kith_buf *secret, unsigned char key[KEY_BYTES])
{
    KITH_AUTO_DONE(kith_buf) machine;
    crypto_generichash_state state;
    char user[32];

    kith_buf_init(&machine, MACHINE_ID_BYTES);
    read_machine_id(&machine);
    (void)kith_text_format(user, sizeof(user), "%lu", (unsigned long)getuid()); /* fits */

    /* None of these calls can fail with sizes that are constants within their bounds. */
    (void)crypto_generichash_init(&state, (const unsigned char *)secret->data, secret->len, KEY_BYTES);
    (void)crypto_generichash_update(&state, magic, sizeof(magic));
    (void)crypto_generichash_update(&state, (const unsigned char *)user, strlen(user) + 1);
    (void)crypto_generichash_update(&state, (const unsigned char *)kith_buf_text(&machine), machine.len);
    (void)crypto_generichash_final(&state, key, KEY_BYTES);
    sodium_memzero(&state, sizeof(state));
}

/* make: also when there was none. KITH_E_NOT_FOUND: there is none, so there is nothing that it could open. */
static enum kith_status get_key(const struct kith_token_file *file, bool make, unsigned char key[KEY_BYTES],
                                struct kith_error *err)
{
    struct kith_buf secret;

    kith_buf_init_secret(&secret, KEY_FILE_BYTES + 1);
    enum kith_status st = read_key_file(file, &secret, err);
    if (st == KITH_E_NOT_FOUND && make)
        st = make_key_file(file, &secret, err);
    if (st == KITH_OK)
        mix_key(&secret, key);
    kith_buf_done_secret(&secret);
    return st;
}

/* --- Sealing ------------------------------------------------------------- */

static enum kith_status fail_sealed(struct kith_error *err)
{
    return kith_fail_reason(err, KITH_E_STORE, KITH_REASON_TOKENS_LOCKED,
                            "the saved sign-ins cannot be opened: they were made on another device, or are damaged");
}

static bool open_sealed(const struct kith_buf *sealed, const unsigned char key[KEY_BYTES], struct kith_buf *plain)
{
    const unsigned char *bytes = (const unsigned char *)sealed->data;
    unsigned long long plain_len = 0;

    if (sealed->len < MAGIC_BYTES + NONCE_BYTES + MAC_BYTES || memcmp(bytes, magic, sizeof(magic)) != 0)
        return false;
    size_t cipher_len = sealed->len - MAGIC_BYTES - NONCE_BYTES;
    char *room = kith_buf_reserve(plain, cipher_len);
    if (!room || crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)room, &plain_len, NULL,
                                                            bytes + MAGIC_BYTES + NONCE_BYTES, cipher_len, magic,
                                                            sizeof(magic), bytes + MAGIC_BYTES, key) != 0)
        return false;
    plain->len = (size_t)plain_len;
    plain->data[plain->len] = '\0';
    return plain->len == 0 || plain->data[plain->len - 1] == '\0';
}

/* The values, in the clear; nothing when there is no file. Uses the key as it is, makes none. */
static enum kith_status read_plain(const struct kith_token_file *file, struct kith_buf *plain, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) sealed;
    unsigned char key[KEY_BYTES];

    kith_buf_init(&sealed, FILE_BYTES);
    enum kith_status st = kith_file_read(file->path, &sealed, err);
    if (st == KITH_E_NOT_FOUND)
        return KITH_OK;
    if (st != KITH_OK)
        return st;
    (void)sodium_mlock(key, sizeof(key)); /* where the system allows it */
    st = get_key(file, /* make= */ false, key, err);
    bool opened = st == KITH_OK && open_sealed(&sealed, key, plain);
    (void)sodium_munlock(key, sizeof(key)); /* wipes it */
    if (st != KITH_OK && st != KITH_E_NOT_FOUND)
        return st;
    return opened ? KITH_OK : fail_sealed(err);
}

static enum kith_status write_plain(const struct kith_token_file *file, const struct kith_buf *plain,
                                    struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) sealed;
    unsigned char key[KEY_BYTES];
    unsigned char nonce[NONCE_BYTES];
    unsigned long long cipher_len = 0;

    (void)sodium_mlock(key, sizeof(key)); /* where the system allows it */
    enum kith_status st = get_key(file, /* make= */ true, key, err);
    kith_buf_init(&sealed, FILE_BYTES);
    randombytes_buf(nonce, sizeof(nonce));
    (void)kith_buf_add(&sealed, magic, sizeof(magic));
    (void)kith_buf_add(&sealed, nonce, sizeof(nonce));
    char *room = kith_buf_reserve(&sealed, plain->len + MAC_BYTES);
    if (st == KITH_OK && room)
        (void)crypto_aead_xchacha20poly1305_ietf_encrypt((unsigned char *)room, &cipher_len, /* always 0 */
                                                         (const unsigned char *)kith_buf_text(plain), plain->len, magic,
                                                         sizeof(magic), NULL, nonce, key);
    (void)sodium_munlock(key, sizeof(key)); /* wipes it */
    if (st != KITH_OK)
        return st;
    if (!room)
        return kith_fail(err, KITH_E_STORE, "there are too many sign-ins for one file");
    sealed.len += (size_t)cipher_len;
    return kith_file_replace(file->path, sealed.data, sealed.len, err);
}

/* --- Values -------------------------------------------------------------- */

/* One "key NUL value NUL" at *at; moves on. The last byte of plain is a NUL, so a key without a value is "". */
static bool next_entry(const struct kith_buf *plain, size_t *at, const char **ret_key, const char **ret_value)
{
    if (*at >= plain->len)
        return false;
    *ret_key = plain->data + *at;
    *at += strlen(*ret_key) + 1;
    *ret_value = *at < plain->len ? plain->data + *at : "";
    *at += strlen(*ret_value) + 1;
    return true;
}

static bool add_entry(struct kith_buf *plain, const char *key, const char *value)
{
    return kith_buf_add(plain, key, strlen(key) + 1) && kith_buf_add(plain, value, strlen(value) + 1);
}

/* All of old but this key, then, unless value is NULL, the key with its value. */
static bool change_entries(const struct kith_buf *old, const char *key, const char *value, struct kith_buf *ret)
{
    const char *other, *kept;
    bool fits = true;

    for (size_t at = 0; next_entry(old, &at, &other, &kept);) {
        if (strcmp(other, key) != 0)
            fits = fits && add_entry(ret, other, kept);
    }
    return fits && (!value || add_entry(ret, key, value));
}

enum kith_status kith_token_file_get(struct kith_token_file *file, const char *key, struct kith_buf *value,
                                     struct kith_error *err)
{
    struct kith_buf plain;
    const char *other, *found;
    enum kith_status answer;

    kith_buf_init_secret(&plain, PLAIN_BYTES);
    answer = read_plain(file, &plain, err);
    if (answer == KITH_OK) {
        answer = kith_fail(err, KITH_E_NOT_FOUND, "no sign-in is saved under this name");
        for (size_t at = 0; next_entry(&plain, &at, &other, &found);) {
            if (strcmp(other, key) == 0)
                answer = kith_buf_add_text(value, found) ? KITH_OK : fail_sealed(err);
        }
    }
    kith_buf_done_secret(&plain);
    if (answer == KITH_OK)
        kith_error_clear(err);
    return answer;
}

/*
 * Read, change, write under the lock. What cannot be opened any more (its key file is gone, the system was
 * installed anew) is lost already: a new value begins the file anew, or nobody could ever sign in again.
 */
static enum kith_status change(struct kith_token_file *file, const char *key, const char *value, struct kith_error *err)
{
    struct kith_buf old, changed;
    KITH_AUTO_FD lock = -1;

    enum kith_status st = lock_file(file, &lock, err);
    if (st != KITH_OK)
        return st;
    kith_buf_init_secret(&old, PLAIN_BYTES);
    kith_buf_init_secret(&changed, PLAIN_BYTES);
    st = read_plain(file, &old, err);
    if (st == KITH_E_STORE && err && err->reason == KITH_REASON_TOKENS_LOCKED) {
        kith_buf_clear(&old);
        st = KITH_OK;
    }
    if (st == KITH_OK && !change_entries(&old, key, value, &changed))
        st = kith_fail(err, KITH_E_STORE, "there are too many sign-ins for one file");
    if (st == KITH_OK)
        st = write_plain(file, &changed, err);
    kith_buf_done_secret(&old);
    kith_buf_done_secret(&changed);
    return st;
}

enum kith_status kith_token_file_put(struct kith_token_file *file, const char *key, const char *value,
                                     struct kith_error *err)
{
    struct kith_error local;

    return change(file, key, value, err ? err : &local); /* change() looks at the reason */
}

enum kith_status kith_token_file_remove(struct kith_token_file *file, const char *key, struct kith_error *err)
{
    struct kith_error local;

    if (access(file->path, F_OK) != 0 && errno == ENOENT)
        return KITH_OK;
    return change(file, key, NULL, err ? err : &local);
}

static enum kith_status remove_path(const char *path, struct kith_error *err)
{
    if (unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR)
        return KITH_OK;
    return kith_file_fail(err, errno, "remove", path);
}

enum kith_status kith_token_file_clear(struct kith_token_file *file, struct kith_error *err)
{
    /* The key first: without it the rest is noise, whatever happens in between. */
    enum kith_status st = remove_path(file->key_path, err);
    if (st == KITH_OK)
        st = remove_path(file->path, err);
    if (st == KITH_OK)
        st = remove_path(file->lock_path, err);
    if (st == KITH_OK)
        (void)rmdir(file->key_dir); /* only when it is empty: others may keep things there */
    return st;
}
