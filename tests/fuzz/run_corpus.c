/* SPDX-License-Identifier: MIT */
/*
 * run_corpus.c - runs files, or all files of folders, through one fuzz target, without libFuzzer.
 *
 *     fuzz_redirect_corpus tests/fuzz/corpus/redirect
 *
 * Each seed is also run cut short after every byte (a lost connection), as long as it is small.
 */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz_target.h"

enum { SEED_BYTES_MAX = 1024 * 1024, CUT_BYTES_MAX = 8 * 1024, PATH_BYTES = 4096 };

/* Exactly size bytes on the heap, so that the address sanitizer sees a read beyond them. */
static void run_bytes(const uint8_t *data, size_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);

    FUZZ_CHECK(exact);
    if (size > 0)
        memcpy(exact, data, size);
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

static void run_file(const char *path)
{
    static uint8_t data[SEED_BYTES_MAX];
    FILE *file = fopen(path, "rb");
    size_t size;

    if (!file) {
        (void)fprintf(stderr, "%s cannot be opened\n", path);
        exit(1);
    }
    size = fread(data, 1, sizeof(data), file);
    (void)fclose(file); /* only read */
    run_bytes(data, size);
    for (size_t cut = 0; size <= CUT_BYTES_MAX && cut < size; cut++)
        run_bytes(data, cut);
}

static size_t run_folder(const char *path)
{
    DIR *folder = opendir(path);
    size_t n = 0;
    struct dirent *entry;

    if (!folder) {
        (void)fprintf(stderr, "%s cannot be opened\n", path);
        exit(1);
    }
    while ((entry = readdir(folder))) {
        char file[PATH_BYTES];

        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(file, sizeof(file), "%s/%s", path, entry->d_name);
        run_file(file);
        n++;
    }
    (void)closedir(folder); /* only read */
    return n;
}

int main(int argc, char **argv)
{
    size_t n = 0;

    for (int i = 1; i < argc; i++) {
        struct stat status;

        if (stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode)) {
            n += run_folder(argv[i]);
        } else {
            run_file(argv[i]);
            n++;
        }
    }
    (void)printf("%zu seeds\n", n);
    return n > 0 ? 0 : 1; /* no seeds: the folder has moved, and nothing was tested */
}
