/** @file test_workbook.c
 * @brief Excel workbooks as CSV text: cells of every kind, the sheet that is meant, and what is
 * wrong with them in one line.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#define RELATION(id, type, target)                                                                 \
    "<Relationship Id='" id "' Type='http://schemas.example/" type "' Target='" target "'/>"
#define SHEET(rows) "<worksheet xmlns='x'><sheetData>" rows "</sheetData></worksheet>"

static const char relations[] = "<Relationships>" RELATION("r1", "worksheet", "worksheets/s1.xml")
    RELATION("r2", "worksheet", "/xl/worksheets/s2.xml")
        RELATION("r3", "sharedStrings", "sharedStrings.xml")
            RELATION("r4", "styles", "styles.xml") "</Relationships>";
static const char one_sheet[] =
    "<workbook><sheets><sheet name='Sheet1' sheetId='7' r:id='r1'/></sheets></workbook>";
static const char texts[] =
    "<sst><si><t>Model</t></si><si><r><t>a, </t></r><r><t>\"b\" &amp; \xc3\xa4</t></r>"
    "<rPh sb='0'><t>spoken</t></rPh></si><si><t/></si></sst>";
static const char styles[] =
    "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm'/>"
    "<numFmt numFmtId='165' formatCode='0.00\" day\"'/><numFmt numFmtId='166' "
    "formatCode='[Red]0.0'/>"
    "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
    "<xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/></cellXfs>"
    "</styleSheet>";

typedef struct member {
    const char *name;
    const char *content;
    size_t size; /* 0: of the text */
} member;

static const char *write_zip(const member *members)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s", test_scratch("book.xlsx"));
    struct archive *archive = archive_write_new();
    assert_int_equal(archive_write_set_format(archive, ARCHIVE_FORMAT_ZIP), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
    for (; members->name != NULL; members++) {
        struct archive_entry *entry = archive_entry_new();
        size_t size = members->size > 0 ? members->size : strlen(members->content);
        archive_entry_set_pathname(entry, members->name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(archive, members->content, size), (la_ssize_t)size);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
    archive_write_free(archive);
    return path;
}

/* A workbook with those parts; NULL leaves the part as it usually is, "" leaves it out. */
static const char *write_book(const char *workbook, const char *sheet, const char *second)
{
    member members[8] = {{"xl/worksheets/s1.xml", sheet, 0}}; /* sheets first, as openpyxl does */
    size_t count = 1;
    if (second != NULL) {
        members[count++] = (member){"xl/worksheets/s2.xml", second, 0};
    }
    members[count++] = (member){"xl/workbook.xml", workbook == NULL ? one_sheet : workbook, 0};
    members[count++] = (member){"xl/_rels/workbook.xml.rels", relations, 0};
    members[count++] = (member){"xl/sharedStrings.xml", texts, 0};
    members[count++] = (member){"xl/styles.xml", styles, 0};
    return write_zip(members);
}

static void reads(const char *path, const char *expected)
{
    stk_error error = {0};
    stk_text content;
    assert_ok(stk_file_unpack(path, &content, &error), &error);
    assert_string_equal(content.data, expected);
    free((char *)(uintptr_t)content.data);
}

static void refuses(const char *path, const char *words)
{
    stk_error error = {0};
    stk_text content;
    if (stk_file_unpack(path, &content, &error) == STK_OK) {
        fail_msg("'%s' is read", content.data);
    }
    assert_has(error.message, words);
    assert_string_equal(error.file, path);
    assert_null(strchr(error.message, '\n'));
}

static void cells_of_every_kind(void **state)
{
    (void)state;
    reads(
        write_book(NULL,
                   SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
                         "<c r='C1' t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r></is></c>"
                         "<c r='D1' t='str'><f>A1</f><v>made</v></c><c r='F1'><v>2020</v></c>"
                         "<c r='G1' s='1'/></row>"
                         "<row r='3'><c r='A3'><v>0.10000000000000001</v></c>"
                         "<c r='B3' t='b'><v>1</v></c><c r='C3' t='e'><v>#N/A</v></c>"
                         "<c r='D3' t='n'><f>1+1</f><v>2</v></c><c r='E3' s='3'><v>-1.5E-3</v></c>"
                         "</row><row r='4'><c r='B4' t='s'><v>2</v></c></row><row r='5'/>"),
                   NULL),
        "Model,\"a, \"\"b\"\" & \xc3\xa4\",inline,made,,2020\n\n"
        "0.10000000000000001,TRUE,#N/A,2,-1.5E-3,\n,,,,,\n\n");
    /* without references, prefixes of names, digits that are not shown */
    reads(write_book("<x:workbook><x:sheets><x:sheet name='a' z:id='r1'/></x:sheets></x:workbook>",
                     "<x:worksheet><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c s='4'><x:v>2.25"
                     "</x:v></x:c></x:row><x:row><x:c/><x:c><x:v>3</x:v></x:c></x:row>"
                     "</x:sheetData></x:worksheet>",
                     NULL),
          "1,2.25\n,3\n");
    reads(write_book(NULL, SHEET(""), NULL), "");
    reads(write_book(NULL,
                     SHEET("<row><c t='inlineStr'><is><t>a</t><rPh><t>b</t></rPh></is></c></row>"),
                     NULL),
          "a\n");
}

static void dates(void **state)
{
    (void)state;
    static const char cells[] =
        SHEET("<row><c s='1'><v>40179</v></c><c s='2'><v>43831.5</v></c><c s='1'><v>1</v></c>"
              "<c s='1'><v>59</v></c><c s='1'><v>61</v></c><c s='1'><v>36585</v></c>"
              "<c s='1'><v>2958465</v></c><c s='1'><v>-1</v></c><c s='1'><v>0.999999999</v></c>"
              "<c><v>40179</v></c></row>");
    reads(write_book(NULL, cells, NULL),
          "2010-01-01,2020-01-01 12:00:00,1900-01-01,1900-02-28,1900-03-01,2000-02-29,9999-12-31,"
          "-1,1900-01-01,40179\n");
    reads(write_book("<workbook><workbookPr date1904='1'/><sheets><sheet name='a' r:id='r1'/>"
                     "</sheets></workbook>",
                     SHEET("<row><c s='1'><v>0</v></c><c s='1'><v>38717</v></c></row>"), NULL),
          "1904-01-01,2010-01-01\n");
}

static void the_sheet_that_is_meant(void **state)
{
    (void)state;
    static const char first[] = SHEET("<row><c><v>1</v></c></row>");
    static const char second[] = SHEET("<row><c><v>2</v></c></row>");
#define TWO(a, b)                                                                                  \
    "<workbook><sheets><sheet name='" a "' r:id='r1'/><sheet name='" b                             \
    "' r:id='r2'/></sheets></workbook>"
    reads(write_book(TWO("data", "meta"), first, second), "1\n");
    reads(write_book(TWO("meta", "Data"), first, second), "2\n");
    refuses(write_book(TWO("2020 run", "other"), first, second),
            "no sheet 'data' but 2 others ('2020 run', 'other')");
    refuses(write_book("<workbook><sheets/></workbook>", first, NULL), "but 0 others ()");
    refuses(write_book("<workbook><sheets><sheet name='x' r:id='r9'/></sheets></workbook>", first,
                       NULL),
            "the sheet 'x' is not in it");
}

static void what_is_wrong(void **state)
{
    (void)state;
    refuses(write_book(NULL, "<worksheet><sheetData>", NULL), "the workbook is damaged: ");
    refuses(write_book(NULL, SHEET("<row><c><f>A2</f></c></row>"), NULL),
            "row 1, column 1: a formula without its result");
    refuses(write_book(NULL, SHEET("<row r='2'/><row r='2'/>"), NULL), "rows of the sheet are out");
    refuses(write_book(NULL, SHEET("<row r='1048577'/>"), NULL), "rows of the sheet are out");
    refuses(write_book(NULL, SHEET("<row><c r='B1'/><c r='A1'/></row>"), NULL), "cells of row 1");
    refuses(write_book(NULL, SHEET("<row><c r='ZZZZZZZZ1'/></row>"), NULL), "cells of row 1");
    refuses(write_book(NULL, SHEET("<row><c t='s'><v>3</v></c></row>"), NULL), "no shared text 3");
    refuses(write_book(NULL, SHEET("<row><c t='s'><v>-1</v></c></row>"), NULL), "no shared text");
    refuses(write_book(NULL,
                       "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" SHEET(
                           "<row><c><v>&b;</v></c></row>"),
                       NULL),
            "has a document type");
    refuses(write_zip((const member[]){{"xl/workbook.bin", "x", 0}, {NULL, NULL, 0}}),
            "but not in the form of XLSX; save the sheet as CSV");
    refuses(write_zip((const member[]){{"readme.txt", "x", 0}, {NULL, NULL, 0}}),
            "holds no CSV file (1 other file)");
}

static char *repeated(const char *before, const char *text, size_t times, const char *after)
{
    size_t size = strlen(text);
    char *made = malloc(strlen(before) + times * size + strlen(after) + 1);
    assert_non_null(made);
    char *at = made + sprintf(made, "%s", before);
    for (size_t i = 0; i < times; i++, at += size) {
        memcpy(at, text, size);
    }
    memcpy(at, after, strlen(after) + 1);
    return made;
}

static void small_files_that_are_large(void **state)
{
    (void)state;
    /* 300 MB of blanks, of which a zip archive has 300 kB */
    char *blanks =
        repeated("<worksheet>", "                                ", 300 << 15, "</worksheet>");
    refuses(write_book(NULL, blanks, NULL), "unpacks to more than 200 times its size");
    free(blanks);
    char *deep = repeated("", "<row>", 200, "");
    refuses(write_book(NULL, deep, NULL), "nested more than 100 deep");
    free(deep);
    char *long_text = repeated("<worksheet><sheetData><row><c><v>", "1", 300 << 10, "</v>");
    refuses(write_book(NULL, long_text, NULL), "a text of it is longer than 256 KiB");
    free(long_text);
    /* one text in very many cells */
    char *text = repeated("<sst><si><t>", "abcdefghijklmnop", 10000, "</t></si></sst>");
    char *cells = repeated("<worksheet><sheetData>", "<row><c t='s'><v>0</v></c></row>", 5000,
                           "</sheetData></worksheet>");
    refuses(write_zip((const member[]){{"xl/worksheets/s1.xml", cells, 0},
                                       {"xl/workbook.xml", one_sheet, 0},
                                       {"xl/_rels/workbook.xml.rels", relations, 0},
                                       {"xl/sharedStrings.xml", text, 0},
                                       {NULL, NULL, 0}}),
            "more than 200 times as large as the workbook");
    free(text);
    free(cells);
}

static void other_forms(void **state)
{
    (void)state;
    char path[4096];
    snprintf(path, sizeof path, "%s", test_scratch("old.xls"));
    stk_error error = {0};
    assert_ok(stk_file_write(path, (stk_text){"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8}, &error),
              &error);
    refuses(path, "an Excel workbook in the form of XLS, or with a password; save it as XLSX");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_every_kind),        cmocka_unit_test(dates),
        cmocka_unit_test(the_sheet_that_is_meant),    cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(small_files_that_are_large), cmocka_unit_test(other_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
