# Emission scenarios: IAMC tables as data frames, and arrays.

# The year that a name or a value stands for, NA for none: 2020, X2020, 2020.5 (its middle), 2020-01-01.
years_of <- function(x) {
    x <- if (inherits(x, c("Date", "POSIXt"))) format(x, "%Y") else as.character(x)
    x[!grepl("^X?[12][0-9]{3}([.][05]|[-.][0-9]{2}[-.][0-9]{2}.*)?$", x)] <- NA
    as.integer(substr(sub("^X", "", x), 1, 4))
}

# Rows of texts and a matrix of years, from a wide or a long table.
as_iamc <- function(data) {
    if (!is.data.frame(data)) {
        refuse("argument", "scenarios are a data frame or the name of a file, not ", class(data)[1])
    }
    data <- as.data.frame(data)
    keys <- c("model", "scenario", "region", "variable", "unit")
    lower <- tolower(names(data))
    names(data)[lower == "climate_model" & !"model" %in% lower] <- "model"
    names(data)[lower == "time" & !"year" %in% lower] <- "year"
    known <- tolower(names(data)) %in% c(keys, "year", "value")
    names(data)[known] <- tolower(names(data)[known])
    twice <- names(data)[known][anyDuplicated(names(data)[known])]
    missing <- setdiff(keys[-c(1, 3)], names(data))
    if (length(twice) > 0) {
        refuse("data", "the table has two columns '", twice, "'")
    }
    if (length(missing) > 0) {
        refuse("data", "the table has no column '", missing[1], "', but ", paste0("'", utils::head(names(data), 12), "'",
               collapse = ", "), "; it needs scenario, variable, unit, and years as columns, or year and value")
    }
    if (nrow(data) == 0) {
        refuse("data", "the table has no row with a value")
    }
    usual <- list(model = "unspecified", region = "World")
    texts <- lapply(stats::setNames(keys, keys), function(key) {
        if (key %in% names(data)) texts_of(data[[key]], paste("column", key)) else rep(usual[[key]], nrow(data))
    })
    long <- all(c("year", "value") %in% names(data))
    made <- if (long) from_long(data, texts) else from_wide(data)
    if (anyDuplicated(made$years) || length(made$years) == 0) {
        refuse("data", "the table has ", if (length(made$years) == 0) "no year" else
            paste("two columns of", made$years[anyDuplicated(made$years)]))
    }
    order <- order(made$years)
    wide <- data.frame(lapply(texts, `[`, made$rows), made$values[, order, drop = FALSE], stringsAsFactors = FALSE)
    names(wide) <- c(keys, as.character(made$years[order]))
    wide
}

from_wide <- function(data) {
    years <- years_of(names(data))
    columns <- which(!is.na(years))
    values <- vapply(columns, function(c) numbers_of(data[[c]], paste("column", names(data)[c])), numeric(nrow(data)))
    list(rows = seq_len(nrow(data)), years = years[columns], values = matrix(values, nrow(data)))
}

from_long <- function(data, texts) {
    year <- years_of(data$year)
    if (anyNA(year)) {
        row <- which(is.na(year))[1]
        refuse("data", "column year, row ", row, ": '", format(data$year[row]), "' is no year")
    }
    row <- do.call(paste, c(texts, sep = "\r"))
    first <- which(!duplicated(row))
    years <- sort(unique(year))
    places <- cbind(match(row, row[first]), match(year, years))
    if (anyDuplicated(places)) {
        again <- anyDuplicated(places)
        refuse("data", "row ", again, ": ", texts$variable[again], " of ", year[again], " in the scenario '",
               texts$scenario[again], "' is there twice")
    }
    values <- matrix(NA_real_, length(first), length(years))
    values[places] <- numbers_of(data$value, "column value")
    list(rows = first, years = years, values = values)
}

# Give the session the rows of files or of a table.
give_rows <- function(pointer, data) {
    if ((is.character(data) || is.factor(data)) && is.null(dim(data))) {
        if (length(data) == 0) {
            refuse("argument", "the name of a file is needed")
        }
        answer(.Call(r_rows_read, pointer, path.expand(texts_of(data, "file"))))
        return()
    }
    wide <- as_iamc(data)
    wide$region[tolower(wide$region) == "world"] <- "World"
    if (all(is.na(wide[-(1:5)]))) {
        refuse("data", "the table has no row with a value")
    }
    answer(.Call(r_rows, pointer, wide[c("model", "scenario", "variable", "unit", "region")], as.integer(names(wide)[-(1:5)]),
                 as.matrix(wide[-(1:5)])))
}

# What the last run left out, doubts or infilled.
notes_of <- function(pointer) {
    notes <- read_texts(answer(.Call(r_result, pointer, "left_out")))
    notes$line <- as.integer(notes$line)
    notes
}

# The table of a run, with what it left out, doubts or infilled as the attribute left_out, and one warning of that.
run <- function(pointer, data, what) {
    give_rows(pointer, data)
    table <- as_table(answer(.Call(r_run, pointer, what)))
    notes <- notes_of(pointer)
    if (startsWith(what, "climate")) {
        for (row in which(!is.na(table$reason))) {
            notes[nrow(notes) + 1, c("model", "scenario", "stage", "kind", "reason")] <-
                c(table$model[row], table$scenario[row], "climate", "left out", table$reason[row])
        }
    }
    warn_of(notes)
    structure(table, left_out = notes)
}

# How many notes there are of each kind, and the first of them.
warn_of <- function(notes) {
    left <- notes$kind == "left out"
    whole <- left & is.na(notes$variable) & !is.na(notes$scenario)
    kinds <- list("scenarios left out" = whole, "left out" = left & !whole, warnings = notes$kind == "warning",
                  infilled = notes$kind == "infilled")
    kinds <- kinds[vapply(kinds, any, NA)]
    said <- vapply(names(kinds), function(kind) {
        first <- notes[which(kinds[[kind]])[1], ]
        names <- c(first$variable, first$scenario)
        names <- sprintf("'%s'", names[!is.na(names)])
        paste0(kind, ": ", sum(kinds[[kind]]), " (", paste(names, collapse = " of "), if (length(names) > 0) ": ",
               strtrim(first$reason, 250), ")")
    }, "")
    if (length(said) > 0) {
        warning(paste(said, collapse = "; "), "; all of it is the attribute left_out", call. = FALSE)
    }
}

left_out <- function(scenarios, reasons) {
    if (length(scenarios) > 0) {
        warning("scenario '", scenarios[1], "' is left out: ", reasons[1],
                if (length(scenarios) > 1) paste0(" (and ", length(scenarios) - 1, " more)"), call. = FALSE)
    }
}

climate <- function(emissions, percentiles = NULL, fill = FALSE, session = NULL) {
    what <- if (flag_of(fill, "fill")) "climate fill" else "climate"
    wanted <- if (!is.null(percentiles)) paste0("p", numbers_of(percentiles, "percentiles", "argument"), "_k")
    all <- paste0("p", c(5, 17, 33, 50, 67, 83, 95), "_k")
    if (!all(wanted %in% all)) {
        refuse("argument", "percentiles are of ", paste(gsub("[p_k]", "", all), collapse = ", "),
               "; others are those of climate_array()")
    }
    table <- run(asked_of(session), emissions, what)
    notes <- attr(table, "left_out")
    if (!is.null(wanted)) {
        table <- table[setdiff(names(table), setdiff(all, wanted))]
    }
    structure(table, left_out = notes)
}

# A stage, or all of them, with its options; tables that are given as data frames are files for as long as they are read.
run_stages <- function(pointer, data, stage, given) {
    tables <- names(given) %in% c("history", "library", "preindustrial") & vapply(given, is.data.frame, NA)
    files <- vapply(given[tables], function(table) write_table(as_iamc(table)), "")
    on.exit(unlink(files))
    given[tables] <- files
    run(pointer, data, words_of(stage, NULL, given))
}

assess_scenarios <- function(data, ..., session = NULL) {
    pointer <- asked_of(session)
    made <- run_stages(pointer, data, "assess", list(...))
    files <- c("meta", "climate", "emissions")
    attr(made, "files") <- vapply(files, function(name) answer(.Call(r_result, pointer, name)), "")
    made
}

# What an assessment made besides its table of outcomes: the command's files.
results <- function(made, what = c("meta", "climate", "emissions")) {
    files <- attr(made, "files")
    if (!is.character(files)) {
        refuse("argument", "this is no table of assess_scenarios(), nor a part of one")
    }
    read_table(files[[choice_of(what, "what", names(files))]])
}

# One stage alone; what it leaves out or warns of is beside its emissions.
run_stage <- function(data, what = c("check", "harmonise", "infill"), ..., session = NULL) {
    pointer <- asked_of(session)
    made <- run_stages(pointer, data, choice_of(what, "what", c("check", "harmonise", "infill")), list(...))
    emissions <- answer(.Call(r_result, pointer, "emissions"))
    structure(read_table(emissions), left_out = attr(made, "left_out"))
}

# Years and variables of a run, as users of hector know them.
fetch <- function(run, years, variable = c("temperature", "exceed")) {
    pattern <- c(temperature = "^p[0-9]+_k$", exceed = "^p_exceed_")
    pattern <- pattern[[choice_of(variable, "variable", names(pattern))]]
    columns <- c("model", "scenario", "year", grep(pattern, names(run), value = TRUE))
    if (!is.data.frame(run) || !all(columns[1:3] %in% names(run))) {
        refuse("argument", "this is no table of climate()")
    }
    years <- whole_of(years, "years", NULL)
    if (!all(years %in% run$year)) {
        refuse("argument", "years: ", setdiff(years, run$year)[1], " is refused; allowed: ", paste(range(run$year), collapse = " to "))
    }
    run[run$year %in% years, columns]
}

species <- function(session = NULL) answer(.Call(r_species, asked_of(session)))

emissions_of <- function(data, years, fill = FALSE, session = NULL) {
    pointer <- asked_of(session)
    years <- whole_of(years, "years", NULL)
    years <- seq(min(years), max(years))
    give_rows(pointer, data)
    known <- names(answer(.Call(r_species, pointer)))
    made <- answer(.Call(r_emissions, pointer, flag_of(fill, "fill"), years[1], length(years), length(known)))
    warn_of(notes_of(pointer))
    if (!is.null(made$refused)) {
        warning(made$refused$message, call. = FALSE)
    }
    aperm(array(made$emissions, c(length(years), length(known), length(made$scenarios)),
                dimnames = list(years, known, made$scenarios)))
}

climate_array <- function(emissions, first_year = NULL, percentiles = c(5, 50, 95), thresholds = c(1.5, 2, 2.5, 3),
                          variables = NULL, members = NULL, reference = c(1850, 1900), fill = FALSE, threads = 0,
                          session = NULL) {
    session <- if (is.null(session)) stocktake::session() else session
    pointer <- pointer_of(session)
    known <- names(answer(.Call(r_species, pointer)))
    if (is.data.frame(emissions) || is.character(emissions)) {
        from <- if (is.null(first_year)) 1750L else whole_of(first_year, "first_year")
        emissions <- emissions_of(emissions, c(from, 2100L), fill, session)
    }
    emissions <- as_emissions(emissions, known)
    size <- dim(emissions)
    first_year <- whole_of(if (is.null(first_year)) dimnames(emissions)[[3]][1] else first_year, "first_year")
    keys <- variables_of(variables)
    numbers <- members_wanted(pointer, members)
    reference <- if (is.null(reference)) c(-1L, 0L) else whole_of(reference, "reference", 2L)
    run <- answer(.Call(r_climate, pointer, emissions, size, first_year, numbers_of(percentiles, "percentiles", "argument"),
                        numbers_of(thresholds, "thresholds", "argument"), whole_of(threads, "threads"), keys, numbers,
                        reference))
    labels <- dimnames(emissions)[[1]]
    refused <- which(run$results != 0L)
    left_out(if (is.null(labels)) refused else labels[refused], sub("^scenario [0-9]+: ", "", run$message))
    years <- seq(first_year, length.out = size[3])
    shaped <- function(values, ...) {
        names <- lapply(list(...), as.character)
        lengths <- vapply(names, length, 0L)
        values <- array(values, c(lengths, size[1]), dimnames = c(names, list(labels)))
        values[is.nan(values)] <- NA_real_
        aperm(values)
    }
    made <- list(temperature = shaped(run$temperature, years, percentiles), peak = shaped(run$peak, percentiles),
                 exceed = shaped(run$exceed, thresholds), refused = run$results != 0L)
    if (!is.null(variables)) {
        made$values <- shaped(run$values, years, percentiles, keys)
    }
    if (!is.null(members)) {
        made$members <- shaped(run$members, c(years, years[length(years)] + 1), numbers, keys)
    }
    made
}

# An array [scenario, species, year] of doubles in the model's order; species that have names may be in any.
as_emissions <- function(emissions, known) {
    numeric <- is.numeric(emissions) || is.logical(emissions) && all(is.na(emissions))
    names <- dimnames(emissions)[[2]]
    unknown <- setdiff(names, known)
    if (length(unknown) > 0) {
        refuse("argument", "'", unknown[1], "' is no species of species()")
    }
    if (!numeric || length(dim(emissions)) != 3 || dim(emissions)[2] != length(known) || anyDuplicated(names)) {
        refuse("argument", "emissions are an array [scenario, species, year] of the ", length(known),
               " species of species()")
    }
    if (!is.null(names) && !identical(names, known)) {
        emissions <- emissions[, known, , drop = FALSE]
    }
    storage.mode(emissions) <- "double"
    emissions
}
