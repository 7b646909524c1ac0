# Questions, each a data frame with the columns of the command's CSV.

# A word between quotes; a quote of its own stands between quotes of the other kind.
quoted <- function(word) paste0("'", gsub("'", "'\"'\"'", word, fixed = TRUE), "'")

# The words of a question: its name, operands, then options as `--name=value`.
words_of <- function(name, operands = NULL, given = list()) {
    options <- Filter(Negate(is.null), options_from(given))
    words <- vapply(seq_along(options), function(i) {
        paste0("--", names(options)[i], if (options[[i]] != "") "=", options[[i]])
    }, "")
    paste(c(name, vapply(c(operands, words), quoted, "")), collapse = " ")
}

as_table <- function(columns) {
    rows <- attr(columns, "rows")
    remarks <- attr(columns, "remarks")
    for (remark in strsplit(remarks, "\n", fixed = TRUE)[[1]]) {
        # where the data ends is nothing to worry about, until that is a year before the day asked about
        if (startsWith(remark, "documents are known until")) message(remark) else warning(remark, call. = FALSE)
    }
    days <- attr(columns, "kinds") == "date"
    columns[days] <- lapply(columns[days], as.Date, format = "%Y-%m-%d")
    structure(columns, class = c("stocktake_table", "data.frame"), row.names = seq_len(rows), rows = NULL, remarks = NULL,
              kinds = NULL)
}

# Columns that are left keep their units.
`[.stocktake_table` <- function(x, ...) {
    part <- NextMethod()
    if (is.data.frame(part)) {
        units <- attr(x, "units")
        attr(part, "units") <- units[intersect(names(part), names(units))]
    }
    part
}

units_of <- function(table) attr(table, "units")

question <- function(session, name, operands, given) {
    pointer <- asked_of(session)
    as_table(answer(.Call(r_table, pointer, words_of(name, operands, given))))
}

# An area, or several as one; NULL is none.
area_of <- function(area) if (!is.null(area)) word_of(area, "area")

assess <- function(..., session = NULL) question(session, "assess", NULL, list(...))
targets <- function(area = NULL, ..., session = NULL) question(session, "targets", NULL, list(area = area, ...))
gap <- function(year = NULL, ..., session = NULL) question(session, "gap", NULL, list(year = year, ...))
country <- function(area = NULL, ..., session = NULL) question(session, "country", area_of(area), list(...))
history <- function(area = NULL, ..., session = NULL) question(session, "history", NULL, list(area = area, ...))
pathways <- function(area = NULL, ..., session = NULL) question(session, "pathways", NULL, list(area = area, ...))
warming <- function(..., session = NULL) question(session, "warming", NULL, list(...))
timeline <- function(..., session = NULL) question(session, "timeline", NULL, list(...))
fairness <- function(area = NULL, ..., session = NULL) question(session, "fairness", area_of(area), list(...))
finance <- function(area = NULL, ..., session = NULL) question(session, "finance", area_of(area), list(...))

# Levels of targets on inputs of one's own.
quantify <- function(data, ..., session = NULL) {
    if (!is.data.frame(data)) {
        return(question(session, "quantify", path_of(data, "data"), list(...)))
    }
    file <- write_table(data)
    on.exit(unlink(file))
    tryCatch(question(session, "quantify", file, list(...)), stocktake_error = function(e) {
        if (!identical(e$file, file)) {
            stop(e)
        }
        # nobody knows this file: its line is a row of the data frame
        refuse("data", if (isTRUE(e$line > 1)) paste0("row ", e$line - 1, ": "), e$reason)
    })
}

# A file of the edition: a table, or a text.
edition_file <- function(path = "sources.csv", session = NULL) {
    path <- text_of(path, "path")
    text <- answer(.Call(r_read, asked_of(session), path))
    if (grepl("[.]csv$", path)) read_table(sub("^(#[^\n]*\n)+", "", text)) else text # comments stand above a table
}

ask <- function(question, format = NULL, session = NULL) {
    pointer <- asked_of(session)
    bytes <- answer(.Call(r_ask, pointer, text_of(question, "question"), if (!is.null(format)) text_of(format, "format")))
    if (any(bytes == 0)) { # a picture, or NetCDF
        return(bytes)
    }
    text <- rawToChar(bytes)
    Encoding(text) <- "UTF-8"
    text
}

# Bytes of an answer, in a file when they are complete.
write_answer <- function(session, words, format, file) {
    bytes <- answer(.Call(r_ask, asked_of(session), words, format))
    partial <- tempfile("stocktake", dirname(file))
    on.exit(unlink(partial))
    written <- tryCatch({
        writeBin(bytes, partial)
        file.rename(partial, file)
    }, warning = function(w) FALSE, error = function(e) FALSE)
    if (!written) {
        stop(condition("io", paste0(file, ": cannot be written"), file))
    }
    invisible(file)
}

chart <- function(what, file, ..., session = NULL) {
    file <- path_of(file, "file")
    format <- tolower(sub(".*[.]", "", basename(file)))
    if (!format %in% c("svg", "png")) {
        refuse("argument", file, ": a chart is .svg or .png")
    }
    write_answer(session, words_of("chart", texts_of(what, "what"), list(...)), format, file)
}

report <- function(file, ..., session = NULL) {
    write_answer(session, words_of("report", NULL, list(...)), "html", path_of(file, "file"))
}
