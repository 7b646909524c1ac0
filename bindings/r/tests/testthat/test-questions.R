# What the command writes, as texts: STOCKTAKE names it, and `make r` sets it.
command <- function(...) {
    program <- Sys.getenv("STOCKTAKE")
    skip_if(program == "", "STOCKTAKE does not name the command")
    read.csv(text = system2(program, shQuote(c(...)), stdout = TRUE), check.names = FALSE, colClasses = "character",
             na.strings = "", encoding = "UTF-8")
}

expect_same <- function(table, ...) {
    expected <- command(..., "--format", "csv")
    expect_identical(names(table), names(expected))
    expect_identical(nrow(table), nrow(expected))
    for (column in names(table)) {
        text <- expected[[column]]
        given <- table[[column]]
        expect_identical(inherits(given, "Date"), any(grepl("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text)), label = column)
        expect_identical(if (inherits(given, "Date")) format(given) else given,
                         if (is.numeric(given)) .Call(r_numbers, text) else text, label = column)
    }
}

test_that("tables are those of the command to the last bit", {
    expect_same(gap(as_of = "2025-11-05", year = 2035), "gap", "--as-of", "2025-11-05", "--year", "2035")
    expect_same(targets(as_of = "2021-11-12", gwp = "AR4"), "targets", "--as-of", "2021-11-12", "--gwp", "AR4")
    expect_same(pathways(as_of = "2021-04-22", area = c("IND", "USA")), "pathways", "--as-of", "2021-04-22", "--area", "IND,USA")
    expect_same(country("South Africa", as_of = "2021-12-01"), "country", "South Africa", "--as-of", "2021-12-01")
    expect_same(country("C\u00f4te d'Ivoire", table = "documents"), "country", "CIV", "--table", "documents")
    expect_same(country(as_of = "2026-08-20"), "country", "--as-of", "2026-08-20")
    expect_same(assess(as_of = "2026-08-20", since = as.Date("2025-08-20")), "assess", "--as-of", "2026-08-20", "--since",
                "2025-08-20")
    expect_same(warming(as_of = "2026-08-20"), "warming", "--as-of", "2026-08-20")
    expect_same(timeline(no_warming = TRUE), "timeline", "--no-warming")
    expect_same(history(area = "CHN"), "history", "--area", "CHN")
    expect_same(fairness("BRA", as_of = "2026-08-20"), "fairness", "BRA", "--as-of", "2026-08-20")
    expect_same(finance(since = as.Date("2022-01-01"), as_of = "2023-12-01"), "finance", "--since", "2022-01-01", "--as-of",
                "2023-12-01")
    expect_warning(expect_warning(money <- finance("USA", year = 2020), "1 row marked C .* is left out"),
                   "documents are known until .*, more than a year before")
    expect_same(money, "finance", "USA", "--year", "2020")
    expect_message(gap(as_of = "2026-09-01", year = 2035), "documents are known until 2026-08-20")
})

test_that("targets of one's own are quantified, from a frame and from a file", {
    mine <- data.frame(id = c("a, \"b\"", "\u00fc"), kind = "base_year", value_unit = "percent", value_excl_lulucf = c(40, NA),
                       value_incl_lulucf = c(NA, 30), emissions_reference_mt = 100, emissions_target_mt = 0.1 + 0.2,
                       lulucf_reference_mt = -10, lulucf_target_mt = -8)
    file <- tempfile(fileext = ".csv")
    write.csv(mine, file, row.names = FALSE, na = "")
    levels <- quantify(mine)
    expect_identical(levels$id, mine$id)
    expect_identical(levels$emissions_target_mt, mine$emissions_target_mt)
    expect_identical(levels$level_excl_lulucf_mt, quantify(file)$level_excl_lulucf_mt)
    expect_same(quantify(file), "quantify", file)
})

test_that("a session keeps options and what is supposed, and others do not see them", {
    s <- session(as_of = "2026-08-20", year = 2035)
    plain <- gap(session = s)$gap_gt[1]
    what_if(s, "China 2035=10Gt")
    supposed <- gap(session = s)$gap_gt[1]
    expect_lt(supposed, plain - 1)
    expect_identical(gap(as_of = "2026-08-20", year = 2035)$gap_gt[1], plain)
    reset(s)
    expect_identical(gap(session = s)$gap_gt[1], plain)
    expect_match(ask("assess", session = what_if(s, "India net-zero=2050")), "^What if: IND")
})

test_that("dates may be conferences, and where the data ends is told", {
    s <- session()
    expect_match(ask("gap --format json", session = s), paste0("\"known_until\": \"", known_until(s), "\""), fixed = TRUE)
    expect_identical(gap(as_of = "COP30")$gap_gt, gap(as_of = as.Date("2025-11-22"))$gap_gt)
})

test_that("refusals are conditions with class and place", {
    expect_error(gap(as_of = "nonsense"), "a date as 2021-04-22", class = "stocktake_argument")
    expect_error(country("Atlantis"), class = "stocktake_not_found")
    expect_error(session("/nowhere"), class = "stocktake_io")
    e <- tryCatch(climate("/nowhere.csv"), stocktake_io = identity)
    expect_identical(e$file, "/nowhere.csv")
    expect_error(what_if(session(), "China 2035=ten"), class = "stocktake_argument")
    expect_error(set_options(session(), no_such_option = 1), class = "stocktake_error")
    file <- tempfile(fileext = ".csv")
    writeLines(c("Model,Scenario,Region,Variable,Unit,2020,2030", "m,s,World,Emissions|CO2,Mt CO2/yr,1,x"), file)
    e <- tryCatch(climate(file), stocktake_data = identity)
    expect_identical(list(e$file, e$line), list(file, 2L))
})

test_that("what cannot be an argument is a condition of the call that the user wrote", {
    s <- session()
    for (call in expression(gap(2035, 2030), gap(s), targets("IND", s), session(NULL, "x"), set_options(s, "gwp", "AR4"), gap(gwp = "AR4", gwp = "AR5"),
                            session(NA), session(character()), session(c("a", "b")), session(as_of = NA),
                            session(as_of = list("2026-08-20")), gap(year = NaN), gap(year = numeric()), gap(session = "s"), targets(include_announced = "yes"),
                            what_if(NULL, "India 2035=3000Mt"), what_if(s, NA), net_zero(s, "IND", 2060.5),
                            net_zero(s, c("IND", "USA"), 2060), net_zero(s, "IND", 1e10), net_zero(s, "IND", NA),
                            reset(s, NA), pledge(s, NA, "x"), country(NA), country(character()), country(sum), ask(NA),
                            ask("gap", c("csv", "json")), chart("gap", NA), chart("gap", "gap.pdf"))) {
        e <- tryCatch(eval(call), stocktake_argument = identity, error = identity)
        expect_s3_class(e, "stocktake_argument")
        expect_identical(conditionCall(e), call)
    }
    expect_error(chart("gap", "/nowhere/gap.svg"), class = "stocktake_io")
})

test_that("texts of every encoding are the same text", {
    name <- "C\u00f4te d'Ivoire"
    expect_identical(country(iconv(name, "UTF-8", "latin1")), country(name))
    bytes <- iconv(name, "UTF-8", "latin1")
    Encoding(bytes) <- "bytes"
    expect_error(country(bytes), "encoding", class = "stocktake_argument")
})

test_that("numbers are given to the last bit", {
    expect_identical(word_of(c(0.1 + 0.2, 2035, 1e5, 0.5), "x"), "0.30000000000000004,2035,100000,0.5")
})

test_that("several what-ifs and documents of one's own are options too", {
    supposed <- c("China 2035=10Gt", "India net-zero=2050")
    expect_identical(gap(session = session(what_if = supposed)), gap(what_if = supposed))
    s <- what_if(session(), supposed)
    expect_identical(reset(s, c("China", "India")), s)
    expect_identical(gap(session = s), gap())
    expect_error(session(pledges = "/nowhere.yaml"), class = "stocktake_io")
})

test_that("a session that was saved or closed is refused, not used", {
    s <- session()
    expect_error(gap(session = unserialize(serialize(s, NULL))), "no open session", class = "stocktake_argument")
    close(s)
    close(s)
    expect_error(gap(session = s), "no open session", class = "stocktake_argument")
    expect_output(print(s), "closed")
})

test_that("bytes come where an answer is no text", {
    expect_type(ask("chart gap --as-of 2025-11-05", "svg"), "character")
    skip_if(inherits(try(ask("gap", "netcdf"), silent = TRUE), "try-error"), "NetCDF is not there")
    expect_identical(ask("gap --format netcdf")[2:4], charToRaw("HDF"))
})

test_that("days are days, also where there are none", {
    t <- timeline(as_of = "2021-04-30", from = "2021-04-15", no_warming = TRUE)
    expect_s3_class(t$date, "Date")
    expect_true(all(t$date >= as.Date("2021-04-15") & t$date <= as.Date("2021-04-30")))
    none <- timeline(as_of = "2016-01-02", from = "2016-01-01", no_warming = TRUE)
    expect_identical(none$date, as.Date(character()))
    expect_true(anyNA(assess(parties = TRUE, as_of = "2026-08-20")$submitted))
    expect_identical(unique(gap(as_of = as.Date("2025-11-05"))$as_of), as.Date("2025-11-05"))
})

test_that("columns that are kept keep their units", {
    g <- gap(as_of = "2025-11-05")
    expect_identical(units_of(g[, c("year", "gap_gt")])[["gap_gt"]], "Gt CO2-equiv/yr")
})

test_that("how far a run is is shown where it is asked for", {
    shown <- function(progress) {
        old <- options(stocktake.progress = progress)
        on.exit(options(old))
        paste(utils::capture.output(timeline(from = "2021-04-20", as_of = "2021-04-23"), type = "message"), collapse = "")
    }
    expect_match(shown(TRUE), "^(\rstocktake: +[0-9]+ %)*\rstocktake: 100 %$")
    expect_identical(shown(NULL), "")
})

test_that("charts and the report are files", {
    file <- tempfile(fileext = ".svg")
    chart("gap", file, as_of = "2026-08-20")
    expect_match(readLines(file, 1), "<svg")
    chart(c("country", "South Africa"), file)
    expect_match(readLines(file, 1), "<svg")
    expect_error(chart("no such chart", file), class = "stocktake_error")
})

test_that("nothing is lost where the collector runs at every step", {
    s <- session(as_of = "2026-08-20")
    calls <- list(function() .Call(r_table, s$pointer, "gap"), function() .Call(r_species, s$pointer),
                  function() .Call(r_what_if, s$pointer, "India 2035=ten"), function() .Call(r_numbers, c("1", "x", NA)),
                  function() .Call(r_live, s$pointer, "gap", 1L), function() .Call(r_outputs),
                  function() .Call(r_category, s$pointer, NULL, c(1.4, 1.5, 1.6, 1.3, NaN, NaN, NaN)))
    for (call in calls) {
        expected <- call()
        gctorture(TRUE)
        given <- call()
        gctorture(FALSE)
        expect_identical(given, expected)
    }
})
