/** @file query.c
 * @brief What was asked, and the data that it is about.
 */
#include "question/query.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/pending_file.h"
#include "base/plain.h"

stk_status query_put(query *q, int i, const char *value, stk_error *error)
{
    char meant[STK_DATE_SIZE];
    q->values[i] = option_meant(question_option_at(q->question, i), value, meant);
    if (q->values[i] == meant) {
        q->values[i] = stk_arena_string(&q->arena, stk_text_of(meant));
    }
    return stk_allocated(q->values[i], error);
}

stk_status query_set(query *q, int i, const char *value, stk_error *error)
{
    const question_option *option = question_option_at(q->question, i);
    stk_status status = option_check(option, value, error);
    bool supposes = strcmp(option->name, "what-if") == 0;
    if (status == STK_OK && supposes && value[strspn(value, " \t;")] == '\0') {
        status = stk_error_set(error, STK_EARG,
                               "--what-if: '%s' is refused; allowed: an area and what it pledges, "
                               "as 'IND 2035=3000Mt'",
                               value);
    }
    if (status == STK_OK && supposes && q->values[i] != NULL) {
        stk_buffer both = {0};
        stk_buffer_printf(&both, "%s; %s", q->values[i], value);
        value = both.failed ? NULL : stk_arena_string(&q->arena, (stk_text){both.data, both.size});
        stk_buffer_free(&both);
        status = stk_allocated(value, error);
    }
    return status != STK_OK ? status : query_put(q, i, value, error);
}

const char *query_own_documents(const query *q)
{
    return q->from_file != NULL ? stk_path_name(query_value(q, "pledges"))
           : question_find_option(q->question, "pledges") >= 0 ? q->laid_over
                                                               : NULL;
}

/* What was pledged by nobody stands before everything else. */
static void say_first(query *q)
{
    stk_buffer all = {0};
    const char *own = query_own_documents(q);
    if (own == NULL && q->supposed.count == 0) {
        return;
    }
    if (own != NULL) {
        stk_buffer_printf(&all, "Own documents: %s (laid over the edition's)\n", own);
    }
    if (q->supposed.count > 0) {
        stk_buffer_printf(&all, "What if: %s (supposed here, pledged by nobody)\n",
                          query_supposed(q));
    }
    for (size_t i = 0; i < q->supposed.count; i++) {
        const stk_what_if *one = q->supposed.items[i];
        stk_buffer_printf(&all, "  %s: %s\n", STK_CUT(one->words, 60), one->means);
    }
    stk_buffer_text(&all, "\n");
    stk_buffer_text(&all, stk_buffer_pass(&all, &q->out));
    stk_buffer_free(&q->out);
    q->out = all;
}

stk_status query_check_operands(query *q, stk_error *error)
{
    const question *asked = q->question;
    if (q->operand_count < asked->operands_min) {
        return query_usage(q, error, "%s is missing", asked->operands);
    }
    return q->operand_count <= asked->operands_max
               ? STK_OK
               : query_usage(q, error, "'%s' is one argument too many",
                             q->operands[asked->operands_max]);
}

/* A remark on a date after the newest document of the edition: where the date was asked for, where
 * no such line stands in the answer, and where so much is missing that today's answer misleads. */
static void tell_beyond(query *q)
{
    enum { ONE_YEAR = 10000 };
    stk_date as_of = q->notes.as_of;
    stk_date known = q->notes.known_until;
    const char *until = STK_DATE_TEXT(known);
    bool tells =
        query_given(q, "as-of") || (query_format(q) != QUERY_TEXT && query_format(q) != QUERY_JSON);
    if (known == 0) {
        return; /* an edition without any document, or a question that has no date */
    }
    if (as_of != 0 && as_of < q->notes.known_from) {
        query_remark(q, "warning: nothing was pledged yet on %s: the first document is of %s",
                     STK_DATE_TEXT(as_of), STK_DATE_TEXT(q->notes.known_from));
    }
    if (as_of > known + ONE_YEAR) {
        query_remark(q,
                     "warning: documents are known until %s, more than a year before the date "
                     "assessed: what came since is missing",
                     until);
    } else if (as_of > known && tells) {
        query_remark(q, "documents are known until %s; later ones are not counted", until);
    }
}

/* Warming counts net-zero aims; levels do so where pathways go to them. */
static void tell_net_zero(query *q)
{
    bool warms = q->question->runs_ensemble && !query_given(q, "no-warming");
    if (query_said(q, "net-zero") && !query_given(q, "extend") && !warms) {
        query_remark(q, "--net-zero is not used: levels go by it with --extend net_zero alone");
    }
}

stk_status query_answer(query *q, stk_error *error)
{
    const question *asked = q->question;
    stk_status status = query_check_operands(q, error);
    if (status != STK_OK) {
        return status;
    }
    status = asked->answer(q, error);
    if (status == STK_OK) {
        tell_beyond(q);
        tell_net_zero(q);
    }
    if (status == STK_OK && q->out.size > 0 && question_find_option(asked, "format") >= 0 &&
        query_format(q) == QUERY_TEXT) {
        say_first(q);
        q->out.size = q->out.size == 0 ? 0 : plain_text(q->out.data, q->out.size, true);
        stk_buffer_text(&q->out, ""); /* ends there */
    }
    (void)stk_buffer_pass(&q->out, &q->remarks);
    return status != STK_OK ? status : stk_buffer_status(&q->out, error);
}

const char *query_supposed(query *q)
{
    stk_buffer words = {0};
    supposed_write(&q->supposed, &words);
    const char *copy = stk_arena_string(&q->arena, stk_text_of(stk_buffer_pass(&q->out, &words)));
    q->out.failed = q->out.failed || copy == NULL;
    stk_buffer_free(&words);
    return copy == NULL ? "" : copy;
}

void query_close(query *q)
{
    supposed_free(&q->supposed);
    stk_pledges_free(q->from_file);
    stk_data_close(&q->own);
    json_decref(q->notes.inputs);
    json_decref(q->notes.benchmark);
    stk_buffer_free(&q->out);
    stk_table_free(q->table);
    stk_buffer_free(&q->remarks);
    stk_buffer_free(&q->side.content);
    stk_arena_free(&q->arena);
    memset(q, 0, sizeof *q);
}

/* ---- what was asked ---- */

/* Its place, -1 for none, and that somebody has looked at it. */
static int look_at(const query *q, const char *name)
{
    int i = question_find_option(q->question, name);
    if (i >= 0 && q->looked != NULL) {
        q->looked[i] = true;
    }
    return i;
}

const char *query_value(const query *q, const char *name)
{
    int i = look_at(q, name);
    return i < 0 ? NULL : q->values[i];
}

bool query_given(const query *q, const char *name)
{
    return query_value(q, name) != NULL;
}

bool query_said(const query *q, const char *name)
{
    return query_given(q, name) && !q->held[question_find_option(q->question, name)];
}

int query_choice(const query *q, const char *name, int missing)
{
    int i = look_at(q, name);
    const char *value = i < 0 ? NULL : q->values[i];
    return value == NULL
               ? missing
               : stk_text_choice(stk_text_of(value), question_option_at(q->question, i)->choices);
}

stk_status query_integer(query *q, const char *name, int missing, int low, int high, int *value,
                         stk_error *error)
{
    enum { BOUND = 100000 };
    const char *text = query_value(q, name);
    long number = missing;
    bool whole = text == NULL || (stk_text_integer(stk_text_of(text), &number) && number > -BOUND &&
                                  number < BOUND);
    *value = (int)number;
    if (!whole) {
        return query_usage(q, error, "--%s: '%s' is not a whole number from -99999 to 99999", name,
                           text);
    }
    return text == NULL || (number >= low && number <= high)
               ? STK_OK
               : query_usage(q, error, "--%s: %d is refused; allowed: %d to %d", name, *value, low,
                             high);
}

stk_status query_check_since(query *q, stk_error *error)
{
    char since[STK_DATE_SIZE];
    stk_date date = query_date(q, "since", 0);
    stk_date as_of = query_as_of(q);
    stk_date_format(date, since);
    return date >= as_of && as_of != 0
               ? query_usage(q, error, "--since must be before --as-of: %s is not before %s", since,
                             STK_DATE_TEXT(as_of))
               : STK_OK;
}

stk_date query_date(const query *q, const char *name, stk_date missing)
{
    const char *value = query_value(q, name);
    if (value != NULL) {
        stk_date_parse(stk_text_of(value), &missing);
    }
    return missing;
}

int query_format(const query *q)
{
    int i = look_at(q, "format");
    if (i < 0 || q->keep_table) {
        return i < 0 ? QUERY_TEXT : QUERY_CSV;
    }
    const char *choices = question_option_at(q->question, i)->choices;
    const char *name = q->values[i] != NULL ? q->values[i] : q->format;
    name = name != NULL ? name : format_of_name(query_value(q, "output"), choices);
    return name == NULL ? QUERY_TEXT : stk_text_choice(stk_text_of(name), choices);
}

stk_status query_usage(query *q, stk_error *error, const char *format, ...)
{
    char text[sizeof error->message];
    va_list list;
    va_start(list, format);
    stk_print_list(text, sizeof text, format, list);
    va_end(list);
    q->wrong_usage = true;
    return stk_error_set(error, STK_EARG, "%s", text);
}

void query_remark(query *q, const char *format, ...)
{
    char text[1024];
    va_list list;
    va_start(list, format);
    stk_print_list(text, sizeof text, format, list);
    va_end(list);
    stk_buffer_printf(&q->remarks, "%s\n", text);
}

void *query_alloc(query *q, size_t size)
{
    return stk_arena_alloc(&q->arena, 1, size);
}

/* ---- what it is about ---- */

static const char *edition_folder(const query *q)
{
    const char *folder = query_value(q, "edition");
    folder = folder == NULL ? q->edition_folder : folder;
    return folder != NULL && folder[0] == '\0' ? NULL : folder;
}

stk_status query_edition(query *q, stk_edition **edition, stk_error *error)
{
    const char *folder = edition_folder(q);
    stk_status status = folder == NULL ? stk_edition_open_embedded(edition, error)
                                       : stk_edition_open_folder(folder, edition, error);
    if (status == STK_OK && query_tells_origin(q)) {
        status = query_note_edition(q, *edition, NULL, error);
        if (status != STK_OK) {
            stk_edition_free(*edition);
            *edition = NULL;
        }
    }
    return status;
}

stk_status query_inventory(query *q, const stk_inventory **inventory, stk_error *error)
{
    stk_status status = STK_OK;
    if (q->shared == NULL) {
        status = query_edition(q, &q->own.edition, error);
        status = status != STK_OK ? status
                                  : stk_inventory_load(q->own.edition, &q->own.inventory, error);
    } else if (query_tells_origin(q)) {
        status = query_note_edition(q, q->shared->edition, q->shared->pledges, error);
    }
    *inventory = q->shared == NULL ? q->own.inventory : q->shared->inventory;
    return status;
}

static stk_status open_own(query *q, stk_error *error)
{
    stk_baseline_files files = {.drivers_name = query_value(q, "drivers"),
                                .baselines_name = query_value(q, "baselines")};
    stk_status status = STK_OK;
    if (files.drivers_name != NULL) {
        STK_TRY(query_read_file(q, "drivers", files.drivers_name, &files.drivers, error));
    }
    if (files.baselines_name != NULL) {
        STK_TRY(query_read_file(q, "baselines", files.baselines_name, &files.baselines, error));
    }
    STK_TRY(stk_data_open(&q->own, edition_folder(q), &files, error));
done:
    free((char *)files.drivers.data);
    free((char *)files.baselines.data);
    return status;
}

/* Documents that are read and count nowhere, since their area pledges nothing itself, or since they
 * are of a day after the one that is asked for. */
static void tell_idle(query *q, const stk_pledges *read, const char *path)
{
    stk_date as_of = query_as_of(q);
    for (size_t i = 0; i < stk_pledges_party_count(read); i++) {
        size_t count;
        const stk_target *target = stk_pledges_party(read, i, &count);
        stk_area area = stk_inventory_find(q->use.inventory, stk_text_of(target->iso3));
        const stk_area_info *info = area < 0 ? NULL : stk_inventory_area(q->use.inventory, area);
        bool joint = info != NULL && info->eu_member && target->joint_party[0] == '\0';
        if (joint || (info != NULL && !info->party && !info->bunker)) {
            query_remark(q, "warning: the documents of %s in '%s' do not count: %s", info->iso3,
                         STK_CUT(stk_path_name(path), 200),
                         joint ? "the joint one of the EU (EUU) speaks for it" : "it is no Party");
        }
        stk_date first = target->submitted;
        for (size_t k = 1; k < count; k++) {
            first = target[k].submitted < first ? target[k].submitted : first;
        }
        if (first > as_of) {
            query_remark(q, "warning: no document of %s in '%s' counts on %s: the first is of %s",
                         target->iso3, STK_CUT(stk_path_name(path), 200), STK_DATE_TEXT(as_of),
                         STK_DATE_TEXT(first));
        }
    }
}

/* The user's own documents. */
static stk_status lay_file(query *q, stk_error *error)
{
    const char *path = query_value(q, "pledges");
    stk_text content = {NULL, 0};
    stk_pledges *read = NULL;
    if (path == NULL || q->from_file != NULL) {
        return STK_OK;
    }
    stk_status status;
    STK_TRY(query_read_file(q, "pledges", path, &content, error));
    STK_TRY(stk_pledges_read(path, content, q->use.inventory, &read, NULL, error));
    tell_idle(q, read, path);
    STK_TRY(stk_pledges_overlay(q->use.pledges, read, &q->from_file, error));
    q->use.pledges = q->from_file;
done:
    free((char *)content.data);
    return status;
}

stk_status query_data(query *q, const stk_data **data, stk_error *error)
{
    stk_status status = STK_OK;
    *data = &q->use;
    if (q->use.edition == NULL && q->shared == NULL) {
        STK_TRY(open_own(q, error));
        q->use = q->own;
    } else if (q->use.edition == NULL) {
        q->use = *q->shared;
    }
    if (query_tells_origin(q)) {
        STK_TRY(query_note_edition(q, q->use.edition, q->use.pledges, error));
    }
    STK_TRY(lay_file(q, error));
    q->notes.known_from = stk_pledges_known_from(q->use.pledges);
    q->notes.known_until = stk_pledges_known_until(q->use.pledges);
done:
    return status;
}

/* @return 0 where the clock says no day that a document can have */
static stk_date today(void)
{
    char text[STK_DATE_SIZE];
    stk_date date = 0;
    time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc) != NULL && utc.tm_year < 9999) {
        stk_print(text, sizeof text, "%04d-%02d-%02d", utc.tm_year + 1900, utc.tm_mon + 1,
                  utc.tm_mday);
        (void)stk_date_parse(stk_text_of(text), &date);
    }
    return date;
}

stk_date query_as_of(query *q)
{
    q->notes.as_of = query_date(q, "as-of", 0);
    if (q->notes.as_of == 0) {
        q->notes.as_of = today();
    }
    return q->notes.as_of;
}

/* Groups are expanded against the world of the options, which is made for that. */
static stk_status lay_supposed(query *q, const stk_options *options, stk_error *error)
{
    const char *words = query_value(q, "what-if");
    const stk_pledges *laid = q->use.pledges;
    stk_world *world = NULL;
    if (q->supposed.count > 0) {
        return STK_OK;
    }
    q->documents = laid;
    if (words == NULL) {
        return STK_OK;
    }
    stk_status status;
    STK_TRY(
        stk_world_make(q->use.inventory, q->use.pledges, q->use.baseline, options, &world, error));
    STK_TRY(supposed_add_all(&q->supposed, world, words, error));
    STK_TRY(supposed_lay(&q->supposed, world, &laid, &q->remarks, error));
done:
    stk_world_free(world);
    q->use.pledges = (stk_pledges *)(uintptr_t)laid;
    return status;
}

stk_status query_options(query *q, const stk_data *data, stk_options *options, stk_error *error)
{
    const char *gwp = query_value(q, "gwp");
    *options = (stk_options){
        .as_of = {.date = query_as_of(q),
                  .include_announced = query_given(q, "include-announced"),
                  .ignore_withdrawal = query_given(q, "ignore-withdrawal")},
        .sinks = (stk_sinks)query_choice(q, "sinks", STK_SINKS_NET),
        .lulucf_source =
            (stk_lulucf_source)query_choice(q, "lulucf-source", STK_LULUCF_SOURCE_FIRST),
        .stated = (stk_stated_rule)query_choice(q, "stated", STK_STATED_SCALED),
        .cap_hot_air = query_choice(q, "hot-air", 0) == 1,
        .extension = (stk_extension)query_choice(q, "extend", STK_EXTEND_OWN_RATE),
        .net_zero = (stk_net_zero)query_choice(q, "net-zero", STK_NET_ZERO_PLEDGE),
        .binding = (stk_net_zero)query_choice(q, "net-zero", STK_NET_ZERO_POLICY),
        .long_term = (stk_long_term)query_choice(q, "long-term", STK_LONG_TERM_LIBRARY)};
    if (options->as_of.date == 0) {
        return stk_error_set(error, STK_EDATA,
                             "the clock says no day from 1850 to 9999; --as-of names one");
    }
    stk_status status =
        stk_gwp_find_set(stk_inventory_gwp(data->inventory), stk_text_of(gwp == NULL ? "AR6" : gwp),
                         &options->gwp, error);
    return status != STK_OK ? status : lay_supposed(q, options, error);
}

stk_status query_world(query *q, const stk_data **data, stk_world **world, stk_error *error)
{
    stk_options options;
    *world = NULL;
    stk_status status = query_data(q, data, error);
    if (status == STK_OK) {
        status = query_options(q, *data, &options, error);
    }
    return status == STK_OK ? stk_world_make((*data)->inventory, (*data)->pledges,
                                             (*data)->baseline, &options, world, error)
                            : status;
}

/* ---- areas ---- */

stk_status query_find_area(const stk_data *data, const stk_world *world, const char *typed,
                           query_area *area, stk_error *error)
{
    stk_status status = stk_areas_find(data->inventory, stk_text_of(typed), &area->set, error);
    return status == STK_OK ? stk_area_path_make(data->inventory, data->baseline, world, &area->set,
                                                 &area->path, error)
                            : status;
}

static int by_code(const void *a, const void *b)
{
    const stk_national *const *x = a;
    const stk_national *const *y = b;
    return strcmp((*x)->actor.iso3, (*y)->actor.iso3);
}

const stk_national **query_list_actors(const stk_world *world, const stk_area_set *set,
                                       size_t *count)
{
    size_t all = stk_world_count(world);
    const stk_national **sorted = malloc((all + 1) * sizeof(const stk_national *));
    *count = 0;
    for (size_t i = 0; i < all && sorted != NULL; i++) {
        const stk_national *national = stk_world_national(world, i);
        if (set == NULL || stk_area_set_has(set, &national->actor)) {
            sorted[(*count)++] = national;
        }
    }
    if (sorted != NULL) {
        qsort(sorted, *count, sizeof *sorted, by_code);
    }
    return sorted;
}

const char *query_gwp_label(const stk_data *data, size_t gwp)
{
    return stk_gwp_set_label(stk_inventory_gwp(data->inventory), gwp);
}

bool query_show_pathways(void *user, size_t done, size_t total)
{
    const query *q = user;
    return q->progress(q->user, "pathways", done, total);
}

const char *query_area_title(const stk_area_set *set, char out[256])
{
    bool same = strcmp(set->name, set->code) == 0;
    stk_print(out, 256, same || set->kind == STK_AREAS_WORLD ? "%s" : "%s (%s)", set->name,
              set->code);
    return out;
}
