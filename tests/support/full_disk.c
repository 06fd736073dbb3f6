/* A disk that is full, for one program that is started with it (LD_PRELOAD, DYLD_INSERT_LIBRARIES): once the file named by
 * FULL_DISK_WHEN is there, nothing that is written into a file below the folder FULL_DISK_BELOW finds room. Making a file longer without writing into it
 * takes no room. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int no_room(int file) {
    const char *below = getenv("FULL_DISK_BELOW"), *when = getenv("FULL_DISK_WHEN");
    char link[64], path[PATH_MAX];
    if (!below || !when || access(when, F_OK) != 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (strncmp(path, below, strlen(below)) != 0) return 0;
    errno = ENOSPC;
    return 1;
}

#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *bytes, size_t size) {
    REAL(write);
    return no_room(file) ? -1 : real(file, bytes, size);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) {
    REAL(pwrite);
    return no_room(file) ? -1 : real(file, bytes, size, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at) {
    REAL(pwrite64);
    return no_room(file) ? -1 : real(file, bytes, size, at);
}
