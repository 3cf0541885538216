/* SPDX-License-Identifier: MIT */
/*
 * reader_lock.c - the reader gives up everything but its memory and its standard output.
 *
 * Before: reader_main.c has mapped the file.
 * After:  reader_main.c looks at its first byte.
 *
 * Four locks, each of which would do for most attacks: limits (setrlimit), no new privileges, Landlock without a
 * single allowed path, and seccomp with a list of what is allowed.
 *
 * What is not on the list is refused with EPERM, not answered by death: a C library that tries a newer system call
 * first goes on without it, and the reader's last word, why it could not read the file, still gets out. The refusal
 * itself is as strong: the call is not made. Only calls of a foreign architecture kill.
 */
#include "reader/reader_lock.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "kith_config.h"
#include "model/reader_frame.h"

enum {
    MEMORY_BYTES = 1024 * 1024 * 1024, /* beside the file: its contacts one by one, libpff's index of all items */
    MEMORY_PER_FILE_BYTE = 4,          /* the mapping, and a text file in UTF-16 that is converted as a whole */
    CPU_S = 120,
    BYTES_PER_CPU_S = 4 * 1024 * 1024, /* ten times slower than it was seen on a slow machine */
};

/* --- Limits -------------------------------------------------------------- */

static bool limit(int resource, uint64_t most)
{
    struct rlimit now;

    if (getrlimit((__rlimit_resource_t)resource, &now) != 0)
        return false;
    if (most < now.rlim_max)
        now.rlim_max = most;
    now.rlim_cur = now.rlim_max;
    return setrlimit((__rlimit_resource_t)resource, &now) == 0;
}

#if KITH_SANITIZED
/* To look for leaks a sanitizer stops this process from another one, which the lock forbids. */
const char *__asan_default_options(void);
__attribute__((visibility("default"))) const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

/*
 * A sanitizer maps terabytes that it never touches, and needs several times the time. A complaint that would go to a
 * file is lost, which is better than to end for it.
 */
static bool limit_all(size_t file_bytes)
{
    bool fits = KITH_SANITIZED || limit(RLIMIT_AS, MEMORY_BYTES + (uint64_t)file_bytes * MEMORY_PER_FILE_BYTE);

    (void)signal(SIGXFSZ, SIG_IGN); /* cannot fail */
    return fits && limit(RLIMIT_CPU, (KITH_SANITIZED ? 10 : 1) * (CPU_S + (uint64_t)file_bytes / BYTES_PER_CPU_S)) &&
           limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 0);
}

/* --- Privileges ---------------------------------------------------------- */

/* Nobody of the same user can look into it or be led by it to the file's owner; it does not outlive the engine. */
static bool drop_privileges(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0;
}

/* --- Landlock ------------------------------------------------------------ */

/* As the kernel has it in include/uapi/linux/landlock.h; the header of an older distribution knows less of it. */
struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scope;
};
enum { LANDLOCK_VERSION = 1 };

static const struct {
    int abi; /* from this version on */
    size_t ruleset_bytes;
    struct ruleset ruleset;
} landlocks[] = {
    {6, sizeof(struct ruleset), {.files = 0xffff, .network = 3, .scope = 3}},
    {5, offsetof(struct ruleset, scope), {.files = 0xffff, .network = 3}},
    {4, offsetof(struct ruleset, scope), {.files = 0x7fff, .network = 3}},
    {3, offsetof(struct ruleset, network), {.files = 0x7fff}},
    {2, offsetof(struct ruleset, network), {.files = 0x3fff}},
    {1, offsetof(struct ruleset, network), {.files = 0x1fff}},
};

/* All that a ruleset can forbid, and no exception. *ret_has false: this kernel has no Landlock, or it is off. */
static bool forbid_files(bool *ret_has)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
    size_t i = 0;

    *ret_has = abi > 0;
    if (abi <= 0)
        return errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM; /* EPERM: a container forbids to ask */
    while (landlocks[i].abi > abi)
        i++;
    KITH_AUTO_FD fd = (int)syscall(SYS_landlock_create_ruleset, &landlocks[i].ruleset, landlocks[i].ruleset_bytes, 0);
    return fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
}

/* --- System calls -------------------------------------------------------- */

/* Allowed as they are: memory, waiting for nobody, the way out. */
static const int allowed[] = {
    SCMP_SYS(brk),           SCMP_SYS(munmap),       SCMP_SYS(mremap),         SCMP_SYS(madvise),
    SCMP_SYS(futex),         SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall),
    SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),    SCMP_SYS(getpid),         SCMP_SYS(gettid),
    SCMP_SYS(exit),          SCMP_SYS(exit_group),
#if KITH_SANITIZED
    SCMP_SYS(sigaltstack),
#endif
};

static bool allow(scmp_filter_ctx filter, int call, unsigned n_conditions, const struct scmp_arg_cmp *conditions)
{
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, n_conditions, conditions) == 0;
}

/* Some are allowed with these arguments only: new memory that cannot be run, the two descriptors, a signal to itself.
 */
static bool allow_some(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp to_output = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = STDOUT_FILENO};
    const struct scmp_arg_cmp to_errors = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = STDERR_FILENO};
    const struct scmp_arg_cmp to_itself = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)getpid()};
    const struct scmp_arg_cmp not_executable = {.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC};
    const struct scmp_arg_cmp new_memory[] = {
        not_executable,
        {.arg = 3, .op = SCMP_CMP_MASKED_EQ, .datum_a = MAP_ANONYMOUS, .datum_b = MAP_ANONYMOUS},
    };

    return allow(filter, SCMP_SYS(write), 1, &to_output) && allow(filter, SCMP_SYS(write), 1, &to_errors) &&
           allow(filter, SCMP_SYS(writev), 1, &to_output) && allow(filter, SCMP_SYS(writev), 1, &to_errors) &&
           allow(filter, SCMP_SYS(mmap), 2, new_memory) && allow(filter, SCMP_SYS(mprotect), 1, &not_executable) &&
           allow(filter, SCMP_SYS(tgkill), 1, &to_itself);
}

static bool load_filter(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool fine = filter && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;

    for (size_t i = 0; i < KITH_COUNT_OF(allowed) && fine; i++)
        fine = allow(filter, allowed[i], 0, NULL);
    fine = fine && allow_some(filter) && seccomp_load(filter) == 0;
    if (filter)
        seccomp_release(filter);
    return fine;
}

/*
 * *ret_has false: this kernel was built without, and finds the mode invalid. One that has filters complains about the
 * address of this one; any other answer is that of a lock around us, and then nothing is read.
 */
static bool forbid_calls(bool *ret_has)
{
    *ret_has = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) != -1 || errno != EINVAL;
    return !*ret_has || load_filter();
}

/* --- All of it ----------------------------------------------------------- */

static bool close_others(void)
{
    (void)close(STDIN_FILENO); /* the mapping stays; closed already is fine */
    return close_range(STDERR_FILENO + 1, UINT32_MAX, 0) == 0 || errno == ENOSYS;
}

static bool fail(const char *what, const char **ret_failed)
{
    *ret_failed = what;
    return false;
}

bool reader_lock(size_t file_bytes, unsigned *ret_locks, const char **ret_failed)
{
    bool has_landlock;
    bool has_seccomp;

    if (!close_others())
        return fail("close its descriptors", ret_failed);
    if (!drop_privileges())
        return fail("give up privileges", ret_failed);
    if (!forbid_files(&has_landlock))
        return fail("use Landlock", ret_failed);
    if (!limit_all(file_bytes))
        return fail("limit itself", ret_failed);
    if (!forbid_calls(&has_seccomp))
        return fail("use seccomp", ret_failed);
    *ret_locks = KITH_LOCK_LIMITS | KITH_LOCK_NO_PRIVILEGES | (has_landlock ? KITH_LOCK_LANDLOCK : 0) |
                 (has_seccomp ? KITH_LOCK_SECCOMP : 0);
    return true;
}
