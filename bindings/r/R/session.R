# A session: an edition that stays open, options, and what is supposed. It is an external pointer, and there is no
# other state: every question that is asked without a session opens one of its own.

session <- function(edition = NULL, ...) {
    pointer <- answer(.Call(r_open, if (is.null(edition)) NULL else path_of(edition, "edition")))
    set_options(structure(list(pointer = pointer), class = "stocktake_session"), ...)
}

# What a question is asked: the session, or one of its own.
asked_of <- function(session) pointer_of(if (is.null(session)) stocktake::session() else session)

pointer_of <- function(session) {
    if (!inherits(session, "stocktake_session") || !.Call(r_is_open, session$pointer)) {
        refuse("argument", "this is no open session: make one with session()")
    }
    session$pointer
}

print.stocktake_session <- function(x, ...) {
    open <- .Call(r_is_open, x$pointer)
    options <- unique(options_of()$name)
    set <- unlist(lapply(options[open], function(name) {
        value <- .Call(r_get, x$pointer, name)
        if (!is.null(value)) paste0(gsub("-", "_", name, fixed = TRUE), "=", if (value == "") TRUE else value)
    }))
    cat("<", if (!open) "closed ", "session of stocktake ", stocktake_version(), if (length(set) > 0) ": ",
        paste(set, collapse = ", "), ">\n", sep = "")
    invisible(x)
}

close.stocktake_session <- function(con, ...) invisible(.Call(r_close, con$pointer))

stocktake_version <- function() .Call(r_version)

set_options <- function(session, ...) {
    pointer <- pointer_of(session)
    options <- options_from(list(...))
    for (i in seq_along(options)) {
        value <- options[[i]]
        answer(switch(names(options)[i], "what-if" = .Call(r_what_if, pointer, value),
                      pledges = .Call(r_pledges, pointer, value),
                      .Call(r_set, pointer, names(options)[i], value)))
    }
    invisible(session)
}

known_until <- function(session = NULL) as.Date(.Call(r_known_until, asked_of(session)))

options_of <- function() as.data.frame(.Call(r_options), stringsAsFactors = FALSE)

what_if <- function(session, ...) {
    pointer <- pointer_of(session)
    for (words in texts_of(c(...), "what if")) {
        answer(.Call(r_what_if, pointer, words))
    }
    invisible(session)
}

net_zero <- function(session, area, year) {
    answer(.Call(r_net_zero, pointer_of(session), text_of(area, "area"), if (is.null(year)) 0L else whole_of(year, "year")))
    invisible(session)
}

pledge <- function(session, iso3, yaml) {
    answer(.Call(r_pledge, pointer_of(session), text_of(iso3, "iso3"), paste(texts_of(yaml, "yaml"), collapse = "\n")))
    invisible(session)
}

reset <- function(session, area = NULL) {
    pointer <- pointer_of(session)
    for (one in if (is.null(area)) list(NULL) else texts_of(area, "area")) {
        answer(.Call(r_reset, pointer, one))
    }
    invisible(session)
}

# Arrays that follow what is supposed: their axes, and what must be up to date.
live_axes <- list(
    world = c("condition", "ambition", "land_use", "year"), baseline = c("party", "year"), path = c("party", "case", "year"),
    land = c("party", "case", "year"), target = c("party", "case"), gap = c("hot_air", "condition", "ambition", "what"),
    benchmark = c("year", "quantile"), years = "what", warming = c("case", "percentile", "year"), exceed = c("case", "threshold", "year"),
    peak = c("case", "percentile"), ever = c("case", "threshold"), observed = "year", members = c("member", "year"))

live <- function(session, name) {
    pointer <- pointer_of(session)
    name <- choice_of(name, "name", names(live_axes))
    parts <- if (name %in% c("warming", "exceed", "peak", "ever")) 7L else if (name %in% c("observed", "members")) 3L else 1L
    array <- aperm(answer(.Call(r_live, pointer, name, parts)))
    names(dimnames(array)) <- live_axes[[name]]
    array
}
