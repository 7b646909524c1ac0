# CSV files as the command takes and gives them, without a digit lost.

# Every cell a text; one that is empty is missing, and NA is Namibia.
read_texts <- function(text) {
    utils::read.csv(text = text, check.names = FALSE, colClasses = "character", na.strings = "", encoding = "UTF-8")
}

# Columns of numbers are numbers, but for names that look like some.
read_table <- function(text) {
    table <- read_texts(text)
    table[] <- Map(function(column, name) {
        numbers <- .Call(r_numbers, column)
        named <- tolower(name) %in% c("model", "scenario", "region", "variable", "unit", "name")
        if (named || any(is.na(numbers) & !is.na(column))) column else numbers
    }, table, names(table))
    table
}

# A data frame as a file, whose name is returned; it is the caller's to remove.
write_table <- function(table) {
    path <- tempfile("stocktake", fileext = ".csv")
    columns <- lapply(table, function(column) {
        words <- if (is.numeric(column)) digits_of(as.numeric(column)) else
            paste0('"', gsub('"', '""', enc2utf8(as.character(column)), fixed = TRUE), '"')
        ifelse(is.na(column), "", words)
    })
    file <- file(path, "wb")
    on.exit(close(file))
    writeLines(c(paste(names(table), collapse = ","), do.call(paste, c(unname(columns), sep = ","))), file, useBytes = TRUE)
    path
}
