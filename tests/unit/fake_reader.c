/* SPDX-License-Identifier: MIT */
/*
 * fake_reader.c - stands in for kith-reader, and does what the file's name says: a reader that was taken over by a
 * hostile file, or that dies of a damaged one.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "model/reader_frame.h"

static void say(struct kith_buf *out)
{
    const char *at = out->data;

    for (size_t left = out->len; left > 0;) {
        ssize_t n = write(STDOUT_FILENO, at, left);

        if (n <= 0)
            _exit(1); /* nobody listens any more */
        at += n;
        left -= (size_t)n;
    }
    kith_buf_clear(out);
}

static void add_contact(struct kith_buf *out)
{
    struct kith_contact *contact = kith_contact_new();

    contact->text[KITH_TEXT_DISPLAY] = "Ada Lind";
    (void)kith_reader_frame_contact(out, contact);
    kith_contact_free(contact);
}

/* Contacts without an end. */
static void flood(struct kith_buf *out)
{
    for (;;) {
        add_contact(out);
        if (out->len > 60000)
            say(out);
    }
}

/* Ends each frame but the last byte of the second one. */
static void say_half(struct kith_buf *out)
{
    size_t first = out->len;

    add_contact(out);
    out->len -= (out->len - first) / 2;
    say(out);
}

/* As without a sanitizer, which would catch it and end in its own way. */
static void die_of(int signal_number)
{
    (void)signal(signal_number, SIG_DFL);
    (void)raise(signal_number);
}

static int act(const char *how, struct kith_buf *out)
{
    if (strcmp(how, "silent") == 0)
        for (;;)
            (void)pause();
    if (strcmp(how, "sigbus") == 0)
        die_of(SIGBUS);
    if (strcmp(how, "sigsegv") == 0)
        die_of(SIGSEGV);
    if (strcmp(how, "sigxcpu") == 0)
        die_of(SIGXCPU);
    if (strcmp(how, "memory") == 0)
        return 70;
    if (strcmp(how, "unlocked") == 0)
        return 3;
    if (strcmp(how, "flood") == 0)
        flood(out);
    if (strcmp(how, "half") == 0)
        say_half(out);
    if (strcmp(how, "garbage") == 0)
        (void)kith_buf_add(out, "\xff\x00\x00", 3);
    if (strcmp(how, "huge") == 0)
        (void)kith_buf_add(out, "\x02\xff\xff\xff\x7f", 5);
    if (strcmp(how, "greets-twice") == 0)
        (void)kith_reader_frame_hello(out, KITH_LOCK_ALL);
    if (strcmp(how, "lingers") == 0) {
        (void)kith_reader_frame_end(out, "");
        say(out);
        for (;;)
            (void)pause();
    }
    if (strcmp(how, "open-files") == 0) /* which descriptors came along beside the three? */
        for (int fd = 3; fd < 64; fd++)
            if (fcntl(fd, F_GETFD) >= 0)
                (void)kith_reader_frame_skipped(out, "descriptor", "open");
    if (strcmp(how, "environment") == 0)
        for (char **variable = environ; *variable; variable++)
            (void)kith_reader_frame_skipped(out, *variable, "set");
    if (strcmp(how, "open-files") == 0 || strcmp(how, "environment") == 0)
        (void)kith_reader_frame_end(out, "");
    if (out->len > 0)
        say(out);
    return 0;
}

int main(int argc, char **argv)
{
    const char *name = argc > 2 ? argv[2] : ""; /* "--name silent.vcf" */
    char how[64];
    struct kith_buf out;
    int rc;

    (void)kith_text_copy_n(how, sizeof(how), name, strcspn(name, "."));
    kith_buf_init(&out, 1024 * 1024);
    if (strcmp(how, "no-greeting") != 0)
        (void)kith_reader_frame_hello(&out, KITH_LOCK_ALL);
    if (strcmp(how, "stranger") == 0)
        out.data[KITH_READER_FRAME_HEAD_BYTES] ^= 1;
    add_contact(&out);
    say(&out);
    rc = act(how, &out);
    kith_buf_done(&out);
    return rc;
}
