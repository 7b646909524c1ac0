# Emission scenarios: IAMC tables as data frames, and arrays.

# Years as columns; FaIR's and RCMIP's stand for the middle of a year.
is_year <- function(names) grepl("^X?[12][0-9]{3}([.]5)?$", names)
year_of <- function(names) as.integer(substr(sub("^X", "", names), 1, 4))

# Rows of texts and a matrix of years, from a wide or a long table.
as_iamc <- function(data) {
    keys <- c("model", "scenario", "region", "variable", "unit")
    known <- tolower(names(data)) %in% c(keys, "year", "value")
    names(data)[known] <- tolower(names(data)[known])
    missing <- setdiff(keys[-c(1, 3)], names(data))
    if (length(missing) > 0) {
        stop(condition("data", paste0("the table has no column '", missing[1], "'; it needs scenario, variable, unit, ",
                                      "and years as columns, or year and value"), sys.call(-1)))
    }
    for (key in c("model", "region")) {
        if (is.null(data[[key]])) {
            data[[key]] <- c(model = "unspecified", region = "World")[[key]]
        }
    }
    if (all(c("year", "value") %in% names(data))) {
        years <- sort(unique(as.integer(data$year)))
        row <- do.call(paste, c(lapply(keys, function(k) as.character(data[[k]])), sep = "\r"))
        first <- !duplicated(row)
        values <- matrix(NA_real_, sum(first), length(years))
        values[cbind(match(row, row[first]), match(as.integer(data$year), years))] <- as.numeric(data$value)
        texts <- data[first, keys, drop = FALSE]
    } else {
        columns <- names(data)[is_year(names(data))]
        years <- year_of(columns)
        values <- as.matrix(data[columns])
        storage.mode(values) <- "double"
        texts <- data[keys]
    }
    wide <- data.frame(lapply(texts, as.character), values, check.names = FALSE, stringsAsFactors = FALSE)
    names(wide) <- c(keys, as.character(years))
    rownames(wide) <- NULL
    wide
}

# Give the session the rows of a file or of a table; what is not about the world is left out.
give_rows <- function(session, data, call) {
    if (is.character(data)) {
        return(answer(.Call(r_rows_read, session$pointer, path.expand(data)), call))
    }
    wide <- as_iamc(data)
    wide <- wide[tolower(wide$region) == "world", , drop = FALSE]
    columns <- names(wide)[is_year(names(wide))]
    columns <- columns[order(as.integer(columns))]
    answer(.Call(r_rows, session$pointer, lapply(wide[c("model", "scenario", "variable", "unit")], as.character),
                 as.integer(columns), as.matrix(wide[columns])), call)
}

run <- function(session, data, what, call) {
    session <- if (is.null(session)) stocktake::session() else session
    give_rows(session, data, call)
    as_table(answer(.Call(r_run, session$pointer, what), call))
}

climate <- function(emissions, percentiles = NULL, fill = FALSE, session = NULL) {
    table <- run(session, emissions, if (fill) "climate fill" else "climate", sys.call())
    known <- grep("^p[0-9]+_k$", names(table), value = TRUE)
    wanted <- if (is.null(percentiles)) known else paste0("p", percentiles, "_k")
    if (!all(wanted %in% known)) {
        stop(condition("argument", paste0("percentiles are of ", paste(gsub("[p_k]", "", known), collapse = ", "),
                                          "; others are those of climate_array()"), sys.call()))
    }
    table[setdiff(names(table), setdiff(known, wanted))]
}

assess_scenarios <- function(data, ..., session = NULL) {
    run(session, data, words_of("assess", NULL, list(...)), sys.call())
}

# One stage alone; what it leaves out or warns of is beside its emissions.
stage <- function(data, what = c("check", "harmonise", "infill"), ..., session = NULL) {
    session <- if (is.null(session)) stocktake::session() else session
    left_out <- run(session, data, words_of(match.arg(what), NULL, list(...)), sys.call())
    emissions <- answer(.Call(r_result, session$pointer, "emissions"))
    table <- read.csv(text = emissions, check.names = FALSE, stringsAsFactors = FALSE)
    attr(table, "left_out") <- left_out
    table
}

# Years and variables of a run, as users of hector know them.
fetch <- function(run, years, variable = c("temperature", "exceed")) {
    pattern <- c(temperature = "^p[0-9]+_k$", exceed = "^p_exceed_")[[match.arg(variable)]]
    run[run$year %in% years, c("model", "scenario", "year", grep(pattern, names(run), value = TRUE))]
}

species <- function(session = NULL) {
    session <- if (is.null(session)) stocktake::session() else session
    .Call(r_species, session$pointer)
}

emissions_of <- function(data, years, fill = FALSE, session = NULL) {
    session <- if (is.null(session)) stocktake::session() else session
    years <- seq(min(years), max(years))
    give_rows(session, data, sys.call())
    known <- names(species(session))
    made <- answer(.Call(r_emissions, session$pointer, fill, as.integer(years[1]), length(years), length(known)))
    if (!is.null(made$refused)) {
        warning(made$refused$message, call. = FALSE)
    }
    aperm(array(made$emissions, c(length(years), length(known), length(made$scenarios)),
                dimnames = list(years, known, made$scenarios)))
}

climate_array <- function(emissions, first_year, percentiles = c(5, 50, 95), thresholds = c(1.5, 2, 2.5, 3), threads = 0,
                          session = NULL) {
    session <- if (is.null(session)) stocktake::session() else session
    size <- dim(emissions)
    known <- names(species(session))
    if (length(size) != 3 || size[2] != length(known)) {
        stop(condition("argument", paste0("emissions are an array [scenario, species, year] of ", length(known),
                                          " species, those of species()"), sys.call()))
    }
    storage.mode(emissions) <- "double"
    run <- answer(.Call(r_climate, session$pointer, emissions, size, as.integer(first_year), as.double(percentiles),
                        as.double(thresholds), as.integer(threads)))
    if (any(run$results != 0L)) {
        warning(run$message, call. = FALSE)
    }
    labels <- dimnames(emissions)[[1]]
    years <- as.character(seq(first_year, length.out = size[3]))
    shaped <- function(values, ...) {
        names <- list(...)
        lengths <- vapply(names, length, 0L)
        values <- array(values, c(lengths, size[1]), dimnames = c(names, list(labels)))
        values[is.nan(values)] <- NA_real_
        aperm(values)
    }
    list(temperature = shaped(run$temperature, years, as.character(percentiles)),
         peak = shaped(run$peak, as.character(percentiles)), exceed = shaped(run$exceed, as.character(thresholds)),
         refused = run$results != 0L)
}
