# What a user gives, as the library takes it; what cannot be is a condition, as what the library refuses.

condition <- function(class, message, file = NA_character_, line = NA_integer_, column = NA_integer_, reason = message) {
    structure(class = c(paste0("stocktake_", class), "stocktake_error", "error", "condition"),
              list(message = message, call = user_call(), file = file, line = line, column = column, reason = reason))
}

# The call that the user wrote, not one that it went through.
user_call <- function() {
    for (i in seq_len(sys.nframe())) {
        if (identical(environment(sys.function(i)), topenv())) {
            return(sys.call(i))
        }
    }
}

refuse <- function(class, ...) stop(condition(class, paste0(...)))

# What the library refused becomes a condition, of the class that its kind names.
answer <- function(x) {
    if (!inherits(x, "stocktake_refusal")) {
        return(x)
    }
    if (x$cancelled) {
        signalCondition(structure(class = c("interrupt", "condition"), list(message = x$message, call = user_call())))
        invokeRestart("abort")
    }
    kinds <- c("argument", "memory", "io", "data", "data", "not_found", "unit", "domain")
    stop(condition(c(kinds[x$kind], "argument")[1], x$message, x$file, x$line, x$column, x$reason))
}

# Texts in UTF-8; numbers and factors are texts too.
texts_of <- function(x, what) {
    if (!is.atomic(x) || length(x) != NROW(x)) {
        refuse("argument", what, ": texts are needed, not ", class(x)[1])
    }
    x <- as.character(x)
    bytes <- Encoding(x) == "bytes"
    x[!bytes] <- enc2utf8(x[!bytes])
    bad <- is.na(x) | bytes | !validUTF8(x)
    if (any(bad)) {
        row <- which(bad)[1]
        refuse("argument", what, if (length(x) > 1) paste(", row", row),
               if (is.na(x[row])) ": NA is refused" else ": the encoding of this text is not known; see iconv()")
    }
    x
}

text_of <- function(x, what) {
    if (length(x) != 1) {
        refuse("argument", what, ": one text is needed, not ", length(x))
    }
    texts_of(x, what)
}

path_of <- function(x, what) path.expand(text_of(x, what))

choice_of <- function(x, what, choices) {
    x <- if (identical(x, choices)) choices[1] else text_of(x, what)
    if (!x %in% choices) {
        refuse("argument", what, ": '", x, "' is refused; allowed: ", paste(choices, collapse = "|"))
    }
    x
}

flag_of <- function(x, what) {
    if (!isTRUE(x) && !isFALSE(x)) {
        refuse("argument", what, ": TRUE or FALSE is needed")
    }
    x
}

# Numbers, also of texts and factors, to the last bit; "" and "NA" are missing. What is none is refused.
numbers_of <- function(x, what, class = "data") {
    if (inherits(x, "integer64") && !isNamespaceLoaded("bit64")) {
        refuse(class, what, ": these are numbers of the package bit64, which is not loaded")
    }
    text <- is.factor(x) || is.character(x)
    if (!text && !is.numeric(x) && !(is.logical(x) && all(is.na(x))) || length(x) != NROW(x)) {
        refuse(class, what, ": numbers are needed, not ", class(x)[1])
    }
    numbers <- if (text) .Call(r_numbers, as.character(x)) else as.numeric(x)
    bad <- is.infinite(numbers) | is.na(numbers) & !is.na(x) & !(trimws(x) %in% c("", "NA", "N/A", "NaN"))
    if (any(bad)) {
        row <- which(bad)[1]
        refuse(class, what, if (length(x) > 1) paste(", row", row), ": '", x[row], "' is no finite number")
    }
    numbers
}

# Whole numbers that are there, `count` of them or any.
whole_of <- function(x, what, count = 1L) {
    numbers <- numbers_of(x, what, "argument")
    if (length(numbers) == 0 || !is.null(count) && length(numbers) != count || !all(numbers %in% trunc(numbers)) ||
        anyNA(numbers) || any(abs(numbers) > .Machine$integer.max)) {
        refuse("argument", what, ": ", if (is.null(count)) "whole numbers are needed" else if (count == 1)
            "a whole number is needed" else paste(count, "whole numbers are needed"))
    }
    as.integer(numbers)
}

# Numbers as texts that read back to the same bits.
digits_of <- function(x) {
    words <- sprintf("%.15g", x)
    longer <- is.finite(x) & .Call(r_numbers, words) != x
    words[longer] <- sprintf("%.17g", x[longer])
    words[is.na(x)] <- NA
    words
}

# A value as the command takes it; several are a list with commas.
word_of <- function(value, what) {
    if (inherits(value, c("Date", "POSIXt"))) {
        value <- format(value, "%Y-%m-%d")
    }
    if (length(value) == 0) {
        refuse("argument", what, ": a value is needed")
    }
    paste(texts_of(if (is.numeric(value)) digits_of(as.numeric(value)) else value, what), collapse = ",")
}

# Options without a value, which are looked up once.
switches <- local({
    found <- NULL
    function() {
        if (is.null(found)) {
            known <- .Call(r_options)
            found <<- c(known$name[known$kind == "switch"], "strict") # that of the scenario workflow
        }
        found
    }
})

# Options by the names of the command with a text for each, NULL for the default and "" for a switch that is on. What can
# be said several times comes several times.
options_from <- function(given) {
    if (length(given) > 0 && (is.null(names(given)) || any(names(given) == ""))) {
        refuse("argument", "options are given by name, as in gap(year = 2035); a session as session = s")
    }
    if (anyDuplicated(names(given))) {
        refuse("argument", "'", names(given)[anyDuplicated(names(given))], "' is given twice")
    }
    options <- list()
    for (name in names(given)) {
        value <- given[[name]]
        key <- gsub("_", "-", sub("_$", "", name), fixed = TRUE)
        if (key %in% switches() && !is.null(value) && !identical(value, "")) {
            flag_of(value, name)
        }
        several <- key %in% c("what-if", "pledges")
        words <- if (is.null(value) || isFALSE(value)) list(NULL)[!several] else if (isTRUE(value)) "" else
            path.expand(if (several) texts_of(value, name) else word_of(value, name))
        options <- c(options, stats::setNames(as.list(words), rep(key, length(words))))
    }
    options
}
