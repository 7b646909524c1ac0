# Questions, each a data frame with the columns of the command's CSV.

quoted <- function(word) {
    mark <- if (grepl("\"", word, fixed = TRUE)) "'" else "\""
    paste0(mark, word, mark)
}

# The words of a question: its name, operands, then options as `--name=value`.
words_of <- function(name, operands = NULL, options = list()) {
    options <- options[!vapply(options, function(o) is.null(o) || identical(o, FALSE), NA)]
    texts <- vapply(names(options), function(option) {
        value <- options[[option]]
        paste0("--", option_name(option), if (isTRUE(value)) "" else paste0(" ", quoted(as_word(value))))
    }, "")
    paste(c(name, vapply(operands, quoted, ""), texts), collapse = " ")
}

as_table <- function(columns) {
    rows <- attr(columns, "rows")
    remarks <- attr(columns, "remarks")
    for (remark in strsplit(remarks, "\n", fixed = TRUE)[[1]]) {
        warning(remark, call. = FALSE)
    }
    structure(columns, class = c("stocktake_table", "data.frame"), row.names = seq_len(rows), rows = NULL, remarks = NULL)
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

question <- function(session, name, operands, options) {
    session <- if (is.null(session)) stocktake::session() else session
    as_table(answer(.Call(r_table, session$pointer, words_of(name, operands, options)), sys.call(-1)))
}

assess <- function(..., session = NULL) question(session, "assess", NULL, list(...))
targets <- function(..., session = NULL) question(session, "targets", NULL, list(...))
gap <- function(..., session = NULL) question(session, "gap", NULL, list(...))
country <- function(area, ..., session = NULL) question(session, "country", area, list(...))
history <- function(..., session = NULL) question(session, "history", NULL, list(...))
pathways <- function(..., session = NULL) question(session, "pathways", NULL, list(...))
warming <- function(..., session = NULL) question(session, "warming", NULL, list(...))
timeline <- function(..., session = NULL) question(session, "timeline", NULL, list(...))
fairness <- function(area = NULL, ..., session = NULL) question(session, "fairness", area, list(...))
finance <- function(area = NULL, ..., session = NULL) question(session, "finance", area, list(...))

ask <- function(question, format = NULL, session = NULL) {
    session <- if (is.null(session)) stocktake::session() else session
    bytes <- answer(.Call(r_ask, session$pointer, question, format))
    if (!is.null(format) && format %in% c("png", "netcdf")) {
        return(bytes)
    }
    text <- rawToChar(bytes)
    Encoding(text) <- "UTF-8"
    text
}

# Bytes appear in a file when they are complete.
write_bytes <- function(bytes, file) {
    partial <- tempfile("stocktake", dirname(file))
    on.exit(unlink(partial))
    writeBin(bytes, partial)
    if (!file.rename(partial, file)) {
        stop(condition("io", paste0(file, ": cannot be written"), sys.call(-1), file))
    }
    invisible(file)
}

chart <- function(what, file, ..., session = NULL) {
    session <- if (is.null(session)) stocktake::session() else session
    format <- if (grepl("[.]png$", file, ignore.case = TRUE)) "png" else "svg"
    words <- paste("chart", words_of(paste(what, collapse = " "), NULL, list(...)))
    write_bytes(answer(.Call(r_ask, session$pointer, words, format)), file)
}

report <- function(file, ..., session = NULL) {
    session <- if (is.null(session)) stocktake::session() else session
    write_bytes(answer(.Call(r_ask, session$pointer, words_of("report", NULL, list(...)), "html")), file)
}
