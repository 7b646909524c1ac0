/** @file pledges.c
 * @brief All pledges of an edition or a file: reading, finding, releasing.
 */
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "data/paths.h"
#include "pledge/pledges_impl.h"

/* Editions made before there were net-zero events have none. */
static stk_status read_net_zero(stk_pledges *pledges, stk_edition *edition,
                                const stk_inventory *inventory, stk_problems *problems,
                                stk_error *error)
{
    static const char path[] = "pledges/net_zero.csv";
    stk_text content;
    if (!stk_edition_has(edition, path)) {
        return STK_OK;
    }
    stk_status status = stk_edition_read(edition, path, &content, error);
    return status != STK_OK
               ? status
               : stk_pledges_read_net_zero(pledges, stk_edition_source_name(edition, path), content,
                                           inventory, problems, error);
}

static stk_status read_source(stk_pledges *pledges, stk_source source, stk_error *error)
{
    stk_text name = stk_text_of(source.name);
    bool yaml = stk_text_ends_in(name, ".yaml") || stk_text_ends_in(name, ".yml");
    return yaml ? pledge_read_yaml(source, NULL, &pledges->arena, &pledges->rows, error)
                : pledge_read_csv(source, &pledges->arena, &pledges->rows, error);
}

/* A file that cannot be read at all is one problem; the other files are still looked at, so that
 * a user sees everything at once. */
static stk_status read_edition_file(stk_pledges *pledges, stk_edition *edition, const char *path,
                                    stk_problems *problems, stk_error *error)
{
    stk_source source = {stk_edition_source_name(edition, path), {NULL, 0}};
    stk_error problem;
    stk_status status;
    STK_TRY(stk_edition_read(edition, path, &source.content, &problem));
    STK_TRY(read_source(pledges, source, &problem));
done:
    if (status != STK_OK) {
        if (problems != NULL) {
            stk_problems_add(problems, &problem);
        }
        if (error != NULL) {
            *error = problem;
        }
    }
    return status;
}

static stk_status read_edition(stk_pledges *pledges, stk_edition *edition, stk_problems *problems,
                               stk_error *error)
{
    stk_status result = STK_OK;
    bool any = false;
    if (stk_edition_has(edition, STK_PATH_PLEDGES)) {
        return read_edition_file(pledges, edition, STK_PATH_PLEDGES, problems, error);
    }
    for (size_t i = 0; i < stk_edition_file_count(edition); i++) {
        const char *path = stk_edition_path(edition, i);
        if (strncmp(path, "pledges/", 8) != 0 || !stk_text_ends_in(stk_text_of(path), ".yaml")) {
            continue;
        }
        stk_error problem;
        any = true;
        stk_status status = read_edition_file(pledges, edition, path, problems, &problem);
        if (status != STK_OK && result == STK_OK) {
            result = status;
            if (error != NULL) {
                *error = problem;
            }
        }
    }
    return any ? result
               : stk_error_set(error, STK_ENOTFOUND,
                               "the edition '%s' has no pledges (pledges/*.yaml)",
                               stk_edition_name(edition));
}

stk_status stk_pledges_load(stk_edition *edition, const stk_inventory *inventory,
                            stk_pledges **pledges, stk_problems *problems, stk_error *error)
{
    stk_pledges *loaded = calloc(1, sizeof *loaded);
    *pledges = NULL;
    if (loaded == NULL) {
        return stk_error_memory(error);
    }
    stk_status status;
    STK_TRY(read_edition(loaded, edition, problems, error));
    STK_TRY(pledges_finish(loaded, inventory, problems, error));
    STK_TRY(pledges_read_events(loaded, edition, error));
    STK_TRY(read_net_zero(loaded, edition, inventory, problems, error));
done:
    if (status != STK_OK) {
        stk_pledges_free(loaded);
        return status;
    }
    *pledges = loaded;
    return STK_OK;
}

/* Read one text; `expected` is the Party of YAML that may be a single document, or NULL. */
static stk_status read_text(const char *name, stk_text content, const pledge_party_name *expected,
                            const stk_inventory *inventory, stk_pledges **pledges,
                            stk_problems *problems, stk_error *error)
{
    stk_pledges *loaded = calloc(1, sizeof *loaded);
    *pledges = NULL;
    char *kept = loaded == NULL ? NULL : stk_arena_string(&loaded->arena, stk_text_of(name));
    if (kept == NULL) {
        stk_pledges_free(loaded);
        return stk_error_memory(error);
    }
    stk_error problem;
    stk_source source = {kept, content};
    stk_status status = expected == NULL ? read_source(loaded, source, &problem)
                                         : pledge_read_yaml(source, expected, &loaded->arena,
                                                            &loaded->rows, &problem);
    if (status == STK_OK) {
        status = pledges_finish(loaded, inventory, problems, error);
    } else {
        if (problems != NULL) {
            stk_problems_add(problems, &problem);
        }
        if (error != NULL) {
            *error = problem;
        }
    }
    if (status != STK_OK) {
        stk_pledges_free(loaded);
        return status;
    }
    *pledges = loaded;
    return STK_OK;
}

stk_status stk_pledges_read(const char *name, stk_text content, const stk_inventory *inventory,
                            stk_pledges **pledges, stk_problems *problems, stk_error *error)
{
    return read_text(name, content, NULL, inventory, pledges, problems, error);
}

stk_status stk_pledges_read_documents(const char *name, stk_text yaml, const char *iso3,
                                      const char *party, const stk_inventory *inventory,
                                      stk_pledges **pledges, stk_problems *problems,
                                      stk_error *error)
{
    const pledge_party_name expected = {iso3, party};
    return read_text(name, yaml, &expected, inventory, pledges, problems, error);
}

void stk_pledges_free(stk_pledges *pledges)
{
    if (pledges != NULL) {
        stk_pledges_free(pledges->over);
        free(pledges->rows.items);
        free(pledges->net_zero.own);
        stk_arena_free(&pledges->arena);
        free(pledges);
    }
}

size_t stk_pledges_party_count(const stk_pledges *pledges)
{
    return pledges->party_count;
}

const stk_target *stk_pledges_party(const stk_pledges *pledges, size_t i, size_t *count)
{
    *count = i < pledges->party_count ? pledges->parties[i].count : 0;
    return *count > 0 ? pledges->parties[i].targets : NULL;
}

size_t stk_pledges_target_count(const stk_pledges *pledges)
{
    return pledges->target_count;
}

static int compare_code(const void *iso3, const void *party)
{
    return strcmp(iso3, ((const pledge_party *)party)->iso3);
}

const pledge_party *pledges_party_of(const stk_pledges *pledges, const char *iso3)
{
    return pledges->party_count == 0 ? NULL
                                     : bsearch(iso3, pledges->parties, pledges->party_count,
                                               sizeof *pledges->parties, compare_code);
}

const stk_target *stk_pledges_of(const stk_pledges *pledges, const char *iso3, size_t *count)
{
    const pledge_party *party = pledges_party_of(pledges, iso3);
    *count = party == NULL ? 0 : party->count;
    return party == NULL ? NULL : party->targets;
}

const stk_party_event *stk_pledges_events(const stk_pledges *pledges, size_t *count)
{
    *count = pledges->event_count;
    return pledges->events;
}
