/* SPDX-License-Identifier: MIT */
/*
 * questions.c - asks a store what people ask, and says how long the answers took.
 *
 * Before: bench.py has imported contacts.
 * After:  rows 7 and 8 of its table.
 *
 *     questions who DATA N                      numbers as a telephone tells them, and some that nobody has
 *     questions written DATA N                  the same as the contacts have them
 *     questions find DATA N [--until-closed]    one and two words of 1 to 5 letters, 20 answers
 *     questions numbers DATA                    what libphonenumber costs for all numbers that need it
 *
 * Every question is asked once to be warm and three times to be measured, and the shortest time counts: what else the
 * machine does is not what the question costs. With --until-closed every time counts, round after round until standard
 * input closes, so that an import can run meanwhile. Times are of the asking thread's own CPU and of the
 * wall clock: on a busy machine the latter is mostly waiting for the processor.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <kith/kith.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/json_write.h"
#include "base/text.h"
#include "normalise/number_plain.h"
#include "normalise/phone_shim.h"

enum {
    LETTERS_MAX = 5,
    ANSWERS = 20,
    OUT_BYTES = 1 << 20,
    SLOWEST = 5,
    ROUNDS = 3,
    QUESTIONS_KEPT = 1 << 20, /* questions of --until-closed whose times are kept */
};

#define REGION "US"

static _Noreturn void die(const char *what, const struct kith_error *err)
{
    fprintf(stderr, "questions: %s: %s\n", what, err->message);
    exit(1);
}

/* --- Time ------------------------------------------------------------------------ */

struct moment {
    double cpu_ms, wall_ms;
};

static double clock_ms(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now); /* cannot fail for these clocks */
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct moment moment_now(void)
{
    return (struct moment){clock_ms(CLOCK_THREAD_CPUTIME_ID), clock_ms(CLOCK_MONOTONIC)};
}

static struct moment moment_since(struct moment then)
{
    struct moment now = moment_now();

    return (struct moment){now.cpu_ms - then.cpu_ms, now.wall_ms - then.wall_ms};
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void put_ms(struct kith_json_writer *w, const char *name, double ms)
{
    char text[32];

    (void)kith_text_format(text, sizeof(text), "%.4f", ms); /* it fits */
    kith_json_put_raw(w, name, text, strlen(text));
}

static void put_spread(struct kith_json_writer *w, const char *name, const struct moment *took, size_t n, bool wall)
{
    double *sorted = kith_xcalloc(n + 1, sizeof(*sorted));

    for (size_t i = 0; i < n; i++)
        sorted[i] = wall ? took[i].wall_ms : took[i].cpu_ms;
    qsort(sorted, n, sizeof(*sorted), by_size);
    kith_json_begin_object(w, name);
    put_ms(w, "p50_ms", n ? sorted[n / 2] : 0);
    put_ms(w, "p99_ms", n ? sorted[n * 99 / 100] : 0);
    put_ms(w, "max_ms", n ? sorted[n - 1] : 0);
    kith_json_end(w);
    free(sorted);
}

/* --- Questions ---------------------------------------------------------------------- */

struct question {
    char text[128];
    int words, letters; /* of find */
};

struct questions {
    struct question *at;
    struct moment *took;
    size_t n;
    size_t n_answered;
};

static void questions_init(struct questions *q, size_t n)
{
    *q = (struct questions){.at = kith_xcalloc(n, sizeof(*q->at)), .took = kith_xcalloc(n, sizeof(*q->took)), .n = n};
}

static void questions_done(struct questions *q)
{
    free(q->at);
    free(q->took);
}

static void ask(struct kith *k, bool who, const struct question *question, bool *ret_answered)
{
    struct kith_rows *rows = NULL;
    struct kith_error err = {0};
    enum kith_status st =
        who ? kith_who(k, question->text, &rows, &err) : kith_find(k, question->text, ANSWERS, &rows, &err);

    if (st != KITH_OK)
        die(question->text, &err);
    *ret_answered = rows->n > 0;
    kith_rows_free(rows);
}

static void keep_shorter(struct moment *kept, struct moment took, bool first)
{
    if (first || took.cpu_ms < kept->cpu_ms)
        kept->cpu_ms = took.cpu_ms;
    if (first || took.wall_ms < kept->wall_ms)
        kept->wall_ms = took.wall_ms;
}

static void ask_all(struct kith *k, bool who, struct questions *q)
{
    bool answered = false;

    for (size_t i = 0; i < q->n; i++) {
        ask(k, who, &q->at[i], &answered); /* warm */
        q->n_answered += answered;
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < q->n; i++) {
            struct moment began = moment_now();

            ask(k, who, &q->at[i], &answered);
            keep_shorter(&q->took[i], moment_since(began), round == 0);
        }
    }
}

/* --- What contacts have to be asked for ----------------------------------------------- */

/* The same contacts in every run: a step through the list that meets all of it. */
static struct kith_contact *contact_number(struct kith *k, const struct kith_ids *ids, size_t number)
{
    struct kith_contact *contact = NULL;
    struct kith_error err = {0};

    if (kith_contact_get(k, ids->id[number * 7919 % ids->n], &contact, &err) != KITH_OK)
        die("contact", &err);
    return contact;
}

/* Every tenth contact is asked for beside a number that nobody has. */
static void fill_who(struct kith *k, const struct kith_ids *ids, bool written, struct questions *q)
{
    size_t n = 0;

    for (size_t i = 0; n < q->n; i++) {
        struct kith_contact *contact = contact_number(k, ids, i);

        if (i % 10 == 9)
            (void)kith_text_format(q->at[n++].text, sizeof(q->at->text), "+1 206 555 %04zu", i % 10000);
        for (size_t j = 0; j < contact->n_phones && n < q->n; j++) {
            const char *text = written ? contact->phones[j].raw : contact->phones[j].e164;

            if (text[0])
                (void)kith_text_copy(q->at[n++].text, sizeof(q->at->text), text); /* cut: still a text */
        }
        kith_contact_free(contact);
    }
}

/* The first letters of a word of text, which one decided by pick. false: text is empty. */
static bool add_letters(struct kith_buf *out, const char *text, unsigned pick, int letters)
{
    const char *at = text + strspn(text, " ");

    if (!*at)
        return false;
    for (; pick > 0 && strchr(at, ' ') && strchr(at, ' ')[1]; pick--)
        at = strchr(at, ' ') + 1;
    for (int i = 0; i < letters && *at && *at != ' '; i++) {
        size_t len = 1;

        while (((unsigned char)at[len] & 0xc0) == 0x80)
            len++;
        (void)kith_buf_add(out, at, len);
        at += len;
    }
    return true;
}

static const char *some_text(const struct kith_contact *contact, size_t pick)
{
    const char *texts[] = {contact->text[KITH_TEXT_GIVEN], contact->text[KITH_TEXT_FAMILY], contact->shown,
                           contact->n_emails ? contact->emails[0].address : "", contact->text[KITH_TEXT_COMPANY]};

    for (size_t i = 0; i < KITH_COUNT_OF(texts); i++)
        if (texts[(pick + i) % KITH_COUNT_OF(texts)][0])
            return texts[(pick + i) % KITH_COUNT_OF(texts)];
    return "a";
}

/* Both words of two are as short as that, and of one contact. */
static void fill_find(struct kith *k, const struct kith_ids *ids, struct questions *q)
{
    for (size_t i = 0; i < q->n; i++) {
        struct kith_contact *contact = contact_number(k, ids, i);
        struct question *question = &q->at[i];
        KITH_AUTO_DONE(kith_buf) text;

        kith_buf_init(&text, sizeof(question->text) - 1);
        question->letters = (int)(i % LETTERS_MAX) + 1;
        question->words = (int)(i / LETTERS_MAX % 2) + 1;
        for (int word = 0; word < question->words; word++) {
            if (word > 0)
                (void)kith_buf_add_char(&text, ' ');
            (void)add_letters(&text, some_text(contact, i / 10 + (size_t)word), (unsigned)(i / 50 % 2),
                              question->letters);
        }
        (void)kith_text_copy(question->text, sizeof(question->text), kith_buf_text(&text)); /* it fits */
        kith_contact_free(contact);
    }
}

/* --- What is said ------------------------------------------------------------------ */

static void put_part(struct kith_json_writer *w, const struct questions *q, int words, int letters)
{
    struct moment *took = kith_xcalloc(q->n, sizeof(*took));
    size_t n = 0;

    for (size_t i = 0; i < q->n; i++)
        if (q->at[i].words == words && q->at[i].letters == letters)
            took[n++] = q->took[i];
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "words", words);
    kith_json_put_int(w, "letters", letters);
    put_spread(w, "cpu", took, n, /* wall= */ false);
    put_spread(w, "wall", took, n, /* wall= */ true);
    kith_json_end(w);
    free(took);
}

static void put_slowest(struct kith_json_writer *w, const struct questions *q)
{
    bool *told = kith_xcalloc(q->n, sizeof(*told));

    kith_json_begin_array(w, "slowest");
    for (int rank = 0; rank < SLOWEST; rank++) {
        size_t worst = q->n;

        for (size_t i = 0; i < q->n; i++)
            if (!told[i] && (worst == q->n || q->took[i].cpu_ms > q->took[worst].cpu_ms))
                worst = i;
        if (worst == q->n)
            break;
        told[worst] = true;
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "text", q->at[worst].text);
        put_ms(w, "cpu_ms", q->took[worst].cpu_ms);
        kith_json_end(w);
    }
    kith_json_end(w);
    free(told);
}

static void print_answers(const struct questions *q, bool who)
{
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO(kith_json_writer) w = NULL;

    kith_buf_init(&out, OUT_BYTES);
    w = kith_json_writer_new(&out, /* indented= */ false);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "asked", (int64_t)q->n);
    kith_json_put_int(w, "answered", (int64_t)q->n_answered);
    put_spread(w, "cpu", q->took, q->n, /* wall= */ false);
    put_spread(w, "wall", q->took, q->n, /* wall= */ true);
    if (!who) {
        kith_json_begin_array(w, "parts");
        for (int words = 1; words <= 2; words++)
            for (int letters = 1; letters <= LETTERS_MAX; letters++)
                put_part(w, q, words, letters);
        kith_json_end(w);
    }
    put_slowest(w, q);
    kith_json_end(w);
    puts(kith_buf_text(&out));
}

/* --- While an import writes ------------------------------------------------------------ */

static bool is_closed(int fd)
{
    struct pollfd watched = {.fd = fd, .events = POLLIN};

    return poll(&watched, 1, 0) > 0;
}

/* Round after round; then the questions are those that were asked, with their times. */
static void ask_until_closed(struct kith *k, struct questions *q)
{
    struct questions all = {0};
    bool answered = false;

    questions_init(&all, QUESTIONS_KEPT);
    all.n = 0;
    for (size_t i = 0; !is_closed(STDIN_FILENO) && all.n < QUESTIONS_KEPT; i = (i + 1) % q->n) {
        struct moment began = moment_now();

        ask(k, /* who= */ false, &q->at[i], &answered);
        all.took[all.n] = moment_since(began);
        all.at[all.n++] = q->at[i];
        all.n_answered += answered;
    }
    questions_done(q);
    *q = all;
}

/* --- Numbers ------------------------------------------------------------------------- */

struct number_costs {
    int64_t n, n_library;
    double plain_ms, library_ms;
};

static bool weigh_numbers(void *ctx, const struct kith_contact *contact)
{
    struct number_costs *costs = ctx;

    for (size_t i = 0; i < contact->n_phones; i++) {
        struct kith_dialled dialled;
        struct kith_plain_number plain;
        struct kith_phone_reading reading;
        struct moment began = moment_now();
        bool is_plain =
            kith_number_read(contact->phones[i].raw, &dialled) && kith_number_plain(REGION, &dialled, &plain);

        costs->plain_ms += moment_since(began).cpu_ms;
        costs->n++;
        if (is_plain)
            continue;
        began = moment_now();
        (void)kith_phone_read(dialled.text, REGION, &reading);
        costs->library_ms += moment_since(began).cpu_ms;
        costs->n_library++;
    }
    return true;
}

static void answer_numbers(struct kith *k)
{
    struct number_costs costs = {0};
    struct kith_error err = {0};

    if (kith_contacts_each(k, NULL, weigh_numbers, &costs, &err) != KITH_OK)
        die("contacts", &err);
    printf("{\"numbers\": %lld, \"by_library\": %lld, \"plain_s\": %.6f, \"library_s\": %.6f}\n", (long long)costs.n,
           (long long)costs.n_library, costs.plain_ms / 1e3, costs.library_ms / 1e3);
}

int main(int argc, char **argv)
{
    static const char *const set[] = {"import.region=" REGION, NULL};
    struct kith_options options = {.data_dir = argc > 2 ? argv[2] : NULL, .config_file = "/no/settings", .set = set};
    struct kith *k = NULL;
    struct kith_ids *ids = NULL;
    struct kith_error err = {0};
    struct questions q;

    if (argc < 3 || (argc < 4 && strcmp(argv[1], "numbers") != 0)) {
        fprintf(stderr, "usage: questions who|written|find DATA N [--until-closed] | questions numbers DATA\n");
        return 2;
    }
    if (kith_open(&options, &k, &err) != KITH_OK || kith_list_ids(k, NULL, &ids, &err) != KITH_OK)
        die(argv[2], &err);
    if (argc < 4) {
        answer_numbers(k);
    } else {
        bool written = strcmp(argv[1], "written") == 0, who = written || strcmp(argv[1], "who") == 0;

        questions_init(&q, strtoul(argv[3], NULL, 10));
        if (who)
            fill_who(k, ids, written, &q);
        else
            fill_find(k, ids, &q);
        if (argc > 4)
            ask_until_closed(k, &q);
        else
            ask_all(k, who, &q);
        print_answers(&q, who);
        questions_done(&q);
    }
    kith_ids_free(ids);
    kith_close(k);
    return 0;
}
