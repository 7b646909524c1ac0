# The numbers of the command: STOCKTAKE names it, and `make r` sets it.
command <- function(...) {
    program <- Sys.getenv("STOCKTAKE")
    skip_if(program == "", "STOCKTAKE does not name the command")
    read.csv(text = system2(program, shQuote(c(...)), stdout = TRUE), check.names = FALSE)
}

expect_same <- function(table, ...) {
    expected <- command(..., "--format", "csv")
    expect_identical(names(table), names(expected))
    expect_identical(nrow(table), nrow(expected))
    for (column in names(table)[vapply(table, is.numeric, NA)]) {
        expect_identical(as.numeric(table[[column]]), as.numeric(expected[[column]]), label = column)
    }
}

test_that("tables have the command's numbers to the last bit", {
    expect_same(gap(as_of = "2025-11-05", year = 2035), "gap", "--as-of", "2025-11-05", "--year", "2035")
    expect_same(targets(as_of = "2021-11-12", gwp = "AR4"), "targets", "--as-of", "2021-11-12", "--gwp", "AR4")
    expect_same(pathways(as_of = "2021-04-22", area = "IND"), "pathways", "--as-of", "2021-04-22", "--area", "IND")
    expect_same(country("South Africa", as_of = "2021-12-01"), "country", "South Africa", "--as-of", "2021-12-01")
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

test_that("a session that was saved is refused, not used", {
    s <- unserialize(serialize(session(), NULL))
    expect_error(gap(session = s), "no open session")
})

test_that("columns that are kept keep their units", {
    g <- gap(as_of = "2025-11-05")
    expect_identical(units_of(g[, c("year", "gap_gt")])[["gap_gt"]], "Gt CO2-equiv/yr")
})

test_that("charts and the report are files", {
    file <- tempfile(fileext = ".svg")
    chart("gap", file, as_of = "2026-08-20")
    expect_match(readLines(file, 1), "<svg")
    expect_error(chart("no such chart", file), class = "stocktake_error")
})
