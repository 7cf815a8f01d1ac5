/* A process that does one odd thing and then nothing. What it does is in its environment, because
 * its arguments belong to the test:
 *
 *   IDLER_READY   descriptor to close when everything is in place
 *   IDLER_MODE    threads, leaderless, title, maps, spin, flicker; otherwise just idle
 *   IDLER_COUNT   threads: how many besides the main one
 *   IDLER_TITLE   title: text to write over the arguments
 *   IDLER_PAD     title: the character to fill the rest of the arguments with, NUL if empty
 *   IDLER_SPILL   title: if set, write past the arguments, as setproctitle() does
 *   IDLER_FDS     maps: descriptors to map and close, separated by commas
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

static void *idle(void *unused) {
    (void)unused;
    for (;;)
        pause();
}

static void start_threads(int count) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 64 * 1024);
    for (int i = 0; i < count; i++) {
        pthread_t thread;
        if (pthread_create(&thread, &attributes, idle, NULL) != 0)
            break;
    }
}

static void write_title(char **argv, const char *title, const char *pad, int spill) {
    char *text = strdup(title);
    char *end = argv[0];
    for (char **arg = argv; *arg != NULL; arg++)
        end = *arg + strlen(*arg) + 1;
    size_t room = (size_t)(end - argv[0]);
    size_t length = strlen(text);
    memset(argv[0], pad != NULL ? pad[0] : 0, room);
    if (spill)
        memcpy(argv[0], text, length + 1);
    else
        memcpy(argv[0], text, length < room ? length : room);
}

static void map_all(char *descriptors) {
    volatile char sum = 0;
    for (char *word = strtok(descriptors, ","); word != NULL; word = strtok(NULL, ",")) {
        int fd = atoi(word);
        char *area = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
        if (area != MAP_FAILED)
            sum = (char)(sum + area[0] + area[4096]);
        close(fd);
    }
    char *area = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area != MAP_FAILED) {
        area[0] = 1;
        prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, area, 65536, "a name: of memory");
    }
}

int main(int argc, char **argv) {
    (void)argc;
    const char *ready = getenv("IDLER_READY");
    const char *mode = getenv("IDLER_MODE");
    const char *count = getenv("IDLER_COUNT");
    int descriptor = ready != NULL ? atoi(ready) : -1;
    mode = mode != NULL ? mode : "";

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (strcmp(mode, "threads") == 0)
        start_threads(count != NULL ? atoi(count) : 1);
    else if (strcmp(mode, "leaderless") == 0)
        start_threads(1);
    else if (strcmp(mode, "title") == 0)
        write_title(argv, getenv("IDLER_TITLE"), getenv("IDLER_PAD"),
                    getenv("IDLER_SPILL") != NULL);
    else if (strcmp(mode, "maps") == 0)
        map_all(getenv("IDLER_FDS"));
    if (descriptor >= 0)
        close(descriptor);

    if (strcmp(mode, "leaderless") == 0)
        pthread_exit(NULL);
    while (strcmp(mode, "spin") == 0)
        continue;
    while (strcmp(mode, "flicker") == 0) {
        pid_t child = fork();
        if (child == 0)
            _exit(0);
        usleep(1000);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            continue;
    }
    idle(NULL);
}
