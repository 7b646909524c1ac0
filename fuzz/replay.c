/** @file replay.c
 * @brief Fuzzer without libFuzzer: hands the files of the folders that it is given to the target,
 * one after another.
 *
 * So the corpora are tests of every build, whatever the compiler.
 */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Run the target on a copy of the file that ends where its bytes end, so that the sanitizers see
 * reads beyond it. */
static int replay(const char *path)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fstat(fileno(file), &about) != 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        if (file != NULL) {
            fclose(file);
        }
        return 1;
    }
    size_t size = (size_t)about.st_size;
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    if (bytes == NULL || fread(bytes, 1, size, file) != size) {
        fprintf(stderr, "%s: cannot be read\n", path);
        free(bytes);
        fclose(file);
        return 1;
    }
    fclose(file);
    fprintf(stderr, "%s\n", path); /* the last one named is the one that broke */
    (void)LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return 0;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        struct dirent **entries;
        int n = scandir(argv[i], &entries, NULL, alphasort);
        for (int k = 0; k < n; k++) {
            char path[4096];
            int length = snprintf(path, sizeof path, "%s/%s", argv[i], entries[k]->d_name);
            int status = 0;
            if (entries[k]->d_name[0] != '.' && length > 0 && (size_t)length < sizeof path) {
                status = replay(path);
                count++;
            }
            free(entries[k]);
            if (status != 0) {
                return status;
            }
        }
        if (n >= 0) {
            free(entries);
        }
    }
    printf("%d inputs\n", count);
    return count > 0 ? 0 : 1; /* a corpus that is not there tests nothing */
}
