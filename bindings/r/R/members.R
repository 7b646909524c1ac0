# The ensemble's members and what they mean: their own series, percentiles of them, categories.

# What the ensemble gives, by the keys that are asked for.
outputs <- function() as.data.frame(.Call(r_outputs), stringsAsFactors = FALSE)

# Numbers of the members.
members <- function(session = NULL) answer(.Call(r_members, asked_of(session)))

variables_of <- function(variables) {
    known <- outputs()$key
    keys <- if (is.null(variables)) "temperature" else if (identical(variables, "all")) known else
        texts_of(variables, "variables")
    if (length(keys) == 0 || !all(keys %in% known)) {
        refuse("argument", "variables: '", setdiff(keys, known)[1], "' is refused; allowed: all, ",
               paste(known, collapse = ", "))
    }
    keys
}

members_wanted <- function(pointer, wanted) {
    known <- answer(.Call(r_members, pointer))
    numbers <- if (is.null(wanted)) integer() else if (identical(wanted, "all")) known else
        whole_of(wanted, "members", NULL)
    if (!all(numbers %in% known)) {
        refuse("argument", "members: ", setdiff(numbers, known)[1], " is refused; allowed: all, and the numbers of members()")
    }
    numbers
}

# Temperatures of members as an array [scenario, member, year] of annual means, with names; NA for a member that is not
# there.
annual_of <- function(data) {
    if (is.list(data) && !is.data.frame(data) && is.array(data$members)) {
        bounds <- data$members
        if (!"temperature" %in% dimnames(bounds)[[2]]) {
            refuse("argument", "the run has no temperature of members")
        }
        size <- dim(bounds)
        names <- dimnames(bounds)
        return(between(array(bounds[, "temperature", , ], size[-2], dimnames = names[-2])))
    }
    if (is.character(data)) {
        data <- read_members(path_of(data, "data"))
    }
    if (!is.data.frame(data)) {
        refuse("argument", "members are a run of climate_array() with members, a data frame or the name of a CSV file, not ",
               class(data)[1])
    }
    data <- as.data.frame(data)
    names(data) <- sub("^run_id$", "member", ifelse(is.na(years_of(names(data))), tolower(names(data)), names(data)))
    missing <- setdiff(c("scenario", "member"), names(data))
    if (length(missing) > 0 || nrow(data) == 0) {
        refuse("data", "the table has no ", if (nrow(data) == 0) "row" else paste0("column '", missing[1], "'"))
    }
    bounds <- "temperature_1_k" %in% names(data) # as the command writes members
    long <- bounds || all(c("year", "temperature_k") %in% names(data))
    values <- if (long) spread(data, if (bounds) "temperature_1_k" else "temperature_k") else from_wide(data)
    stacked <- stack_members(data[values$rows, , drop = FALSE], values)
    if (bounds) between(stacked) else stacked
}

# The mean of a year is that of its two bounds.
between <- function(bounds) {
    years <- dim(bounds)[3]
    (bounds[, , -years, drop = FALSE] + bounds[, , -1, drop = FALSE]) / 2
}

read_members <- function(path) {
    if (!grepl("[.]csv$", path, ignore.case = TRUE)) {
        refuse("argument", path, ": members are read from CSV; NetCDF is for the command, 'stocktake scenario postprocess'")
    }
    if (!file.exists(path)) {
        stop(condition("io", paste0(path, ": cannot be read"), path))
    }
    read_table(paste(readLines(path, encoding = "UTF-8"), collapse = "\n"))
}

key_of <- function(data) {
    paste(if ("model" %in% names(data)) data$model else "unspecified", data$scenario, data$member, sep = "\r")
}

# A row for each year as a row for each member.
spread <- function(data, column) {
    year <- years_of(data$year)
    if (anyNA(year)) {
        refuse("data", "column year, row ", which(is.na(year))[1], ": '", format(data$year[is.na(year)][1]), "' is no year")
    }
    keys <- key_of(data)
    first <- which(!duplicated(keys))
    years <- sort(unique(year))
    places <- cbind(match(keys, keys[first]), match(year, years))
    if (anyDuplicated(places)) {
        again <- anyDuplicated(places)
        refuse("data", "row ", again, ": member ", data$member[again], " of '", data$scenario[again], "' is there twice in ",
               year[again])
    }
    values <- matrix(NA_real_, length(first), length(years))
    values[places] <- numbers_of(data[[column]], paste("column", column))
    list(rows = first, years = years, values = values)
}

# Rows of members as an array; members that a scenario lacks are NA.
stack_members <- function(rows, made) {
    order <- order(made$years)
    years <- made$years[order]
    values <- made$values[, order, drop = FALSE]
    if (length(years) == 0 || any(diff(years) != 1)) {
        refuse("data", "the years of the members are not one after the other")
    }
    again <- anyDuplicated(key_of(rows))
    part <- which(rowSums(is.na(values)) %in% seq_len(length(years) - 1))
    if (again > 0 || length(part) > 0) {
        row <- rows[c(again[again > 0], part)[1], ]
        refuse("data", "member ", row$member, " of '", row$scenario, "' ", if (again > 0) "is there twice" else
            "lacks a temperature")
    }
    models <- if ("model" %in% names(rows)) texts_of(rows$model, "column model") else rep("unspecified", nrow(rows))
    names <- texts_of(rows$scenario, "column scenario")
    scenarios <- unique(data.frame(model = models, name = names, stringsAsFactors = FALSE))
    of <- match(paste(models, names, sep = "\r"), paste(scenarios$model, scenarios$name, sep = "\r"))
    place <- stats::ave(of, of, FUN = seq_along)
    array <- array(NA_real_, c(nrow(scenarios), max(place), length(years)),
                   dimnames = list(scenarios$name, NULL, as.character(years)))
    for (y in seq_along(years)) {
        array[cbind(of, place, y)] <- values[, y]
    }
    structure(array, models = scenarios$model)
}

# From temperatures of members to percentiles and the numbers of categories, as the method says.
postprocess <- function(data, method = NULL, session = NULL) {
    pointer <- asked_of(session)
    annual <- annual_of(data)
    models <- attr(annual, "models")
    there <- apply(!is.na(annual[, , 1, drop = FALSE]), 1, any) # one that a run refused has no member
    if (!any(there)) {
        refuse("data", "no scenario has a temperature of a member")
    }
    names <- if (is.null(dimnames(annual)[[1]])) as.character(seq_along(there)) else dimnames(annual)[[1]]
    left_out(names[!there], "it has no member")
    annual <- annual[there, , , drop = FALSE]
    models <- models[there]
    size <- dim(annual)
    answer(.Call(r_postprocess, pointer, if (!is.null(method)) path_of(method, "method"),
                 if (is.null(models)) rep("unspecified", size[1]) else models,
                 names[there], as.integer(dimnames(annual)[[3]][1]), aperm(annual), rev(size)))
    files <- c(meta = "meta", climate = "climate")
    lapply(files, function(name) read_table(answer(.Call(r_result, pointer, name))))
}

# Categories of a table of warming, by its rows; NA where a number is.
categorise <- function(table, method = NULL, labels = c("tool", "report"), session = NULL) {
    labels <- choice_of(labels, "labels", c("tool", "report"))
    if (!is.data.frame(table)) {
        refuse("argument", "a table is a data frame, not ", class(table)[1])
    }
    called <- c(p33_peak = "p33 peak warming", p50_peak = "median peak warming", p67_peak = "p67 peak warming",
                p50_2100 = "median warming in 2100", p67_2100 = "p67 warming in 2100", p50_2090 = "median warming in 2090",
                ghg_2100 = "ghg emissions in 2100")
    lower <- tolower(names(table))
    numbers <- matrix(NaN, nrow(table), length(called))
    for (i in seq_along(called)) {
        found <- which(lower == names(called)[i] | lower == called[i] | startsWith(lower, paste0(called[i], " (")))[1]
        if (!is.na(found)) {
            numbers[, i] <- numbers_of(table[[found]], paste("column", names(table)[found]))
        }
    }
    lacking <- names(called)[1:4][colSums(!is.na(numbers[, 1:4, drop = FALSE])) == 0]
    if (length(lacking) > 0 && nrow(table) > 0) {
        refuse("data", "the table has no number in the column ", paste(lacking, collapse = ", "),
               "; it needs p33_peak, p50_peak, p67_peak and p50_2100, as results() has them")
    }
    whole <- which(rowSums(is.na(numbers[, 1:4, drop = FALSE])) == 0)
    numbers[is.na(numbers)] <- NaN
    found <- rep(NA_character_, nrow(table))
    found[whole] <- answer(.Call(r_category, asked_of(session), if (!is.null(method)) path_of(method, "method"),
                                 t(numbers[whole, , drop = FALSE])))[[labels]]
    found
}
