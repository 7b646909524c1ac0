/** @file faults.c
 * @brief Counts where a run can fail, and lets it fail at one of these points: for
 * scripts/break-in.
 *
 * Preloaded (LD_PRELOAD), or linked into a program whose allocations are wrapped
 * (BREAK_IN_WRAPPED), which the sanitizers need and which meets only those of our own code.
 * BREAK_IN=KIND:N says what happens:
 *
 *     count:0    nothing
 *     memory:N   allocation N fails
 *     full:N     write N and all after it find the disk full
 *     error:N    write N has an error of the disk
 *     short:N    write N takes half of its bytes
 *     name:N     opening for writing, renaming, linking, removing, making a folder, call N, is
 * refused read:N     opening for reading or reading, call N, has an error kill:N     the process is
 * killed before write or name N, counted together end:N      it gets SIGTERM there
 *
 * BREAK_IN_REPORT is a file of `struct report` that is kept in memory, so that it is complete
 * whatever ends the process. Writes are caught as calls of the kernel, so that those of the C
 * library and of HDF5 are among them: a filter (seccomp) turns each into a signal, whose handler
 * counts and makes the call, marked by its sixth argument. Messages to the standard error do not
 * count.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

enum { OURS = 0x5701c7a1, FRAMES = 24, NAME_SIZE = 120, SHOWN = 6 };

enum { MEMORY, WRITE, NAME, READ, CHANGE, COUNTERS }; /* CHANGE: WRITE and NAME together */

struct report {
    atomic_ulong counts[COUNTERS];
    atomic_ulong met;              /* whether the point was reached */
    atomic_ulong removing;         /* whether it was a removal that was refused */
    char place[NAME_SIZE];         /* which program or library was refused */
    char crash[NAME_SIZE];         /* which crashed or left the process; "" without */
    char frames[SHOWN][NAME_SIZE]; /* of the crash, as NAME+0xOFFSET */
};

typedef enum fault { NOTHING, NO_MEMORY, FULL, ERROR, SHORT, NO_NAME, NO_READ, KILL, END } fault;

static const char *const faults[] = {"count", "memory", "full", "error", "short",
                                     "name",  "read",   "kill", "end"};

static struct report nowhere;
static struct report *report = &nowhere;
static fault what;
static unsigned long when;
static bool started;

static bool reached(int counter, unsigned long *number)
{
    *number = atomic_fetch_add(&report->counts[counter], 1) + 1;
    return when > 0 && *number == when;
}

/* ---- which program or library ---- */

static const char *object_of(const void *address, uintptr_t *base)
{
    Dl_info about;
    if (dladdr(address, &about) == 0 || about.dli_fname == NULL) {
        return "?";
    }
    const char *slash = strrchr(about.dli_fname, '/');
    *base = (uintptr_t)about.dli_fbase;
    return slash == NULL ? about.dli_fname : slash + 1;
}

static bool is_passed_over(const char *object)
{
    return strncmp(object, "libc.so", 7) == 0 || strncmp(object, "libm.so", 7) == 0 ||
           strstr(object, "break_in") != NULL || strcmp(object, "?") == 0;
}

/* The C library does what another asked for. */
static void note_object(void *const *frames, int count, char out[NAME_SIZE])
{
    uintptr_t base = 0;
    for (int i = 0; i < count; i++) {
        const char *object = object_of(frames[i], &base);
        if (!is_passed_over(object)) {
            snprintf(out, NAME_SIZE, "%s", object);
            return;
        }
    }
    snprintf(out, NAME_SIZE, "libc");
}

/* The point was reached; who stood there is kept, the first time. */
static void note_met(void)
{
    void *frames[FRAMES];
    if (atomic_exchange(&report->met, 1) == 0) {
        note_object(frames, backtrace(frames, FRAMES), report->place);
    }
}

static void on_crash(int number, siginfo_t *info, void *context)
{
    void *frames[FRAMES];
    int shown = 0;
    (void)info, (void)context;
    int count = backtrace(frames, FRAMES);
    /* this handler, and what the kernel returns to */
    note_object(frames + 2, count > 2 ? count - 2 : 0, report->crash);
    for (int i = 2; i < count && shown < SHOWN; i++) {
        uintptr_t base = 0;
        const char *object = object_of(frames[i], &base);
        snprintf(report->frames[shown++], NAME_SIZE, "%s+0x%lx", object,
                 (unsigned long)((uintptr_t)frames[i] - base));
    }
    signal(number, SIG_DFL);
    raise(number);
}

/* ---- memory ---- */

#ifdef BREAK_IN_WRAPPED
#define REAL(name) __real_##name
#define OWN(name) __wrap_##name
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
#else
#define REAL(name) __libc_##name
#define OWN(name) name
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
#endif

void *OWN(malloc)(size_t size);
void *OWN(calloc)(size_t count, size_t size);
void *OWN(realloc)(void *memory, size_t size);

static bool no_memory(void)
{
    unsigned long number;
    static _Thread_local bool inside;
    if (!started || inside || !reached(MEMORY, &number) || what != NO_MEMORY) {
        return false;
    }
    inside = true; /* what follows may ask for memory, too */
    note_met();
    inside = false;
    errno = ENOMEM;
    return true;
}

void *OWN(malloc)(size_t size)
{
    return no_memory() ? NULL : REAL(malloc)(size);
}

void *OWN(calloc)(size_t count, size_t size)
{
    return no_memory() ? NULL : REAL(calloc)(count, size);
}

void *OWN(realloc)(void *memory, size_t size)
{
    return no_memory() ? NULL : REAL(realloc)(memory, size);
}

#ifndef BREAK_IN_WRAPPED
/* A library that ends the process leaves no word of ours. */
void exit(int status)
{
    void *frames[FRAMES];
    union {
        void *object;
        void (*function)(int status);
    } next = {dlsym(RTLD_NEXT, "exit")};
    int count = started && status != 0 ? backtrace(frames, FRAMES) : 0;
    if (count > 0) {
        note_object(frames, count, report->crash);
    }
    next.function(status);
    abort();
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    *memory = no_memory() ? NULL : __libc_memalign(alignment, size);
    return *memory == NULL ? ENOMEM : 0;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return no_memory() ? NULL : __libc_memalign(alignment, size);
}
#endif

/* ---- calls of the kernel ---- */

static long call(long number, const long a[6])
{
    long result = syscall(number, a[0], a[1], a[2], a[3], a[4], (long)OURS);
    return result == -1 ? -errno : result;
}

static int kind_of(long number, const long a[6])
{
    switch (number) {
    case SYS_write:
    case SYS_pwrite64:
    case SYS_writev:
        return a[0] == STDERR_FILENO ? COUNTERS : WRITE;
    case SYS_ftruncate:
    case SYS_fsync:
    case SYS_fdatasync:
    case SYS_fallocate:
        return WRITE;
    case SYS_read:
    case SYS_pread64:
        return READ;
    case SYS_openat:
        return ((int)a[2] & (O_ACCMODE | O_CREAT)) != O_RDONLY ? NAME : READ;
    default:
        return NAME;
    }
}

/* A call that removes is told, as what it does not remove is left. */
static long refuse_name(long number)
{
    bool removes = number == SYS_unlinkat;
#ifdef SYS_unlink
    removes = removes || number == SYS_unlink || number == SYS_rmdir;
#endif
    atomic_store(&report->removing, removes);
    switch (number) {
    case SYS_openat:
        return -EACCES;
    case SYS_mkdirat:
        return -ENOSPC;
    case SYS_renameat2:
    case SYS_renameat:
    case SYS_linkat:
        return -EXDEV;
    default:
#ifdef SYS_rename
        return number == SYS_rename || number == SYS_link ? -EXDEV : -EPERM;
#else
        return -EPERM;
#endif
    }
}

/* Half of what is asked for; calls of which there is no half are made as they are. */
static long write_half(long number, const long a[6])
{
    long half[6];
    memcpy(half, a, sizeof half);
    if ((number == SYS_write || number == SYS_pwrite64) && a[2] > 1) {
        half[2] = a[2] / 2;
    }
    return call(number, half);
}

static long act(long number, const long a[6])
{
    unsigned long n;
    int kind = kind_of(number, a);
    if (kind == COUNTERS) {
        return call(number, a);
    }
    bool here = reached(kind, &n);
    bool later = when > 0 && n > when;
    if (kind != READ && reached(CHANGE, &n) && (what == KILL || what == END)) {
        note_met();
        kill(getpid(), what == KILL ? SIGKILL : SIGTERM);
    }
    if (kind == WRITE && what == FULL && (here || later)) {
        note_met();
        return number == SYS_fsync || number == SYS_fdatasync ? call(number, a) : -ENOSPC;
    }
    bool mine = here && ((kind == WRITE && (what == ERROR || what == SHORT)) ||
                         (kind == NAME && what == NO_NAME) || (kind == READ && what == NO_READ));
    if (!mine) {
        return call(number, a);
    }
    note_met();
    return what == SHORT ? write_half(number, a) : what == NO_NAME ? refuse_name(number) : -EIO;
}

static void on_call(int number, siginfo_t *info, void *context)
{
    int before = errno;
    ucontext_t *c = context;
    (void)number;
#if defined(__x86_64__)
    greg_t *r = c->uc_mcontext.gregs;
    const long a[6] = {r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8], r[REG_R9]};
    r[REG_RAX] = act(info->si_syscall, a);
#else
    unsigned long long *r = c->uc_mcontext.regs;
    const long a[6] = {(long)r[0], (long)r[1], (long)r[2], (long)r[3], (long)r[4], (long)r[5]};
    r[0] = (unsigned long long)act(info->si_syscall, a);
#endif
    errno = before;
}

/* A thread that holds back all signals would die of the first call. */
int pthread_sigmask(int how, const sigset_t *set, sigset_t *before)
{
    sigset_t without;
    if (set != NULL) {
        without = *set;
        if (how != SIG_UNBLOCK) {
            sigdelset(&without, SIGSYS);
        }
    }
    long result =
        syscall(SYS_rt_sigprocmask, how, set == NULL ? NULL : &without, before, (size_t)8);
    return result == 0 ? 0 : errno;
}

int sigprocmask(int how, const sigset_t *set, sigset_t *before)
{
    int result = pthread_sigmask(how, set, before);
    errno = result;
    return result == 0 ? 0 : -1;
}

/* The same for a handler of signals that holds back all others. */
int sigaction(int number, const struct sigaction *action, struct sigaction *before)
{
    union {
        void *object;
        int (*function)(int number, const struct sigaction *action, struct sigaction *before);
    } next = {dlsym(RTLD_NEXT, "sigaction")};
    struct sigaction without;
    if (action != NULL) {
        without = *action;
        sigdelset(&without.sa_mask, SIGSYS);
    }
    return next.function(number, action == NULL ? NULL : &without, before);
}

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

static bool catch_calls(void)
{
    static const int numbers[] = {
        SYS_write,     SYS_pwrite64, SYS_writev,   SYS_ftruncate, SYS_fsync,    SYS_fdatasync,
        SYS_fallocate, SYS_read,     SYS_pread64,  SYS_openat,    SYS_mkdirat,  SYS_renameat2,
        SYS_renameat,  SYS_linkat,   SYS_unlinkat, SYS_fchmod,    SYS_fchmodat, SYS_symlinkat,
#ifdef SYS_rename
        SYS_rename,    SYS_link,     SYS_unlink,   SYS_rmdir,     SYS_mkdir,    SYS_chmod,
        SYS_symlink,
#endif
    };
    enum { COUNT = sizeof numbers / sizeof *numbers };
    struct sock_filter code[COUNT + 8];
    size_t n = 0;
    code[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    code[n++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 0, COUNT + 1);
    code[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < COUNT; i++) {
        code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)numbers[i],
                                                 (unsigned char)(COUNT - i), 0);
    }
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                             offsetof(struct seccomp_data, args[5]));
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OURS, 1, 0);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    code[n] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {(unsigned short)(n + 1), code};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* ---- start ---- */

static void read_orders(void)
{
    const char *orders = getenv("BREAK_IN");
    const char *colon = orders == NULL ? NULL : strchr(orders, ':');
    for (int f = 0; colon != NULL && f < (int)(sizeof faults / sizeof *faults); f++) {
        if (strncmp(orders, faults[f], (size_t)(colon - orders)) == 0) {
            what = (fault)f;
            when = strtoul(colon + 1, NULL, 10);
        }
    }
}

static void open_report(void)
{
    const char *path = getenv("BREAK_IN_REPORT");
    int file = path == NULL ? -1 : open(path, O_RDWR | O_CREAT, 0666);
    if (file < 0 || ftruncate(file, sizeof *report) != 0) {
        fprintf(stderr, "break-in: BREAK_IN_REPORT cannot be written\n");
        _exit(99);
    }
    void *shared = mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared == MAP_FAILED) {
        _exit(99);
    }
    report = shared;
}

static void start(void)
{
    static char stack[1 << 16];
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGTRAP};
    void *frames[2];
    /* a handler of SIGTERM that comes of a call makes calls, too */
    struct sigaction action = {.sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_NODEFER};
    if (getenv("BREAK_IN") == NULL) {
        return;
    }
    read_orders();
    open_report();
    (void)backtrace(frames, 2); /* loads what it needs */
    (void)sigaction(SIGSYS, &action, NULL);
#ifndef BREAK_IN_WRAPPED /* there the sanitizers say more */
    stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
    (void)sigaltstack(&other, NULL);
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        (void)sigaction(crashes[i], &action, NULL);
    }
#else
    (void)stack, (void)crashes, (void)on_crash;
#endif
    unsetenv("LD_PRELOAD");
    unsetenv("BREAK_IN");
    if (!catch_calls()) {
        fprintf(stderr, "break-in: calls of the kernel cannot be filtered here\n");
        _exit(99);
    }
    started = true;
}

#ifdef BREAK_IN_WRAPPED
__attribute__((constructor)) static void begin(void)
{
    start();
}
#else
/* What libraries do before main() is not the program's. */
static int (*real_main)(int argc, char **argv, char **environment);

static int begin(int argc, char **argv, char **environment)
{
    start();
    return real_main(argc, argv, environment);
}

int __libc_start_main(int (*program)(int argc, char **argv, char **environment), int argc,
                      char **argv, void (*init)(void), void (*fini)(void), void (*loader)(void),
                      void *stack_end);

int __libc_start_main(int (*program)(int argc, char **argv, char **environment), int argc,
                      char **argv, void (*init)(void), void (*fini)(void), void (*loader)(void),
                      void *stack_end)
{
    union {
        void *object;
        int (*function)(int (*program)(int, char **, char **), int, char **, void (*)(void),
                        void (*)(void), void (*)(void), void *);
    } next = {dlsym(RTLD_NEXT, "__libc_start_main")};
    real_main = program;
    return next.function(begin, argc, argv, init, fini, loader, stack_end);
}
#endif
