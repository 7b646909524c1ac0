# A session: an edition that stays open, options, and what is supposed. It is an external pointer, and there is no
# other state: every question that is asked without a session opens one of its own.

# What the library refused becomes a condition, of the class that its kind names.
refused <- c("argument", "memory", "io", "data", "data", "not_found", "unit", "domain")

condition <- function(class, message, call, file = NA_character_, line = NA_integer_, column = NA_integer_) {
    structure(class = c(paste0("stocktake_", class), "stocktake_error", "error", "condition"),
              list(message = message, call = call, file = file, line = line, column = column))
}

answer <- function(x, call = sys.call(-1)) {
    if (!inherits(x, "stocktake_refusal")) {
        return(x)
    }
    if (x$cancelled) {
        signalCondition(structure(class = c("interrupt", "condition"), list(message = x$message, call = call)))
        invokeRestart("abort")
    }
    stop(condition(c(refused[x$kind], "argument")[1], x$message, call, x$file, x$line, x$column))
}

session <- function(edition = NULL, ...) {
    s <- structure(list(pointer = answer(.Call(r_open, if (is.null(edition)) NULL else path.expand(edition)))),
                   class = "stocktake_session")
    set_options(s, ...)
}

print.stocktake_session <- function(x, ...) {
    cat("<session of stocktake ", stocktake_version(), ">\n", sep = "")
    invisible(x)
}

stocktake_version <- function() .Call(r_version)

# A value as the command takes it.
as_word <- function(value) {
    if (isTRUE(value)) "" else if (inherits(value, "Date")) format(value, "%Y-%m-%d") else
        paste(format(value, digits = 15, scientific = FALSE, trim = TRUE), collapse = ",")
}

option_name <- function(name) gsub("_", "-", sub("_$", "", name), fixed = TRUE)

set_options <- function(session, ...) {
    options <- list(...)
    for (name in names(options)) {
        value <- options[[name]]
        answer(.Call(r_set, session$pointer, option_name(name),
                     if (is.null(value) || identical(value, FALSE)) NULL else as_word(value)))
    }
    invisible(session)
}

options_of <- function() as.data.frame(.Call(r_options), stringsAsFactors = FALSE)

what_if <- function(session, ...) {
    for (words in c(...)) {
        answer(.Call(r_what_if, session$pointer, words))
    }
    invisible(session)
}

net_zero <- function(session, area, year) {
    answer(.Call(r_net_zero, session$pointer, area, if (is.null(year)) 0L else as.integer(year)))
    invisible(session)
}

pledge <- function(session, iso3, yaml) {
    answer(.Call(r_pledge, session$pointer, iso3, paste(yaml, collapse = "\n")))
    invisible(session)
}

reset <- function(session, area = NULL) {
    answer(.Call(r_reset, session$pointer, area))
    invisible(session)
}
