# What newcomers get wrong ends in one line that says what is allowed; what only looks odd works.
years <- c(2010, 2015, seq(2020, 2100, 10))
long <- data.frame(model = "m", scenario = "s", region = "World", unit = "Mt CO2/yr", year = years,
                   variable = "Emissions|CO2|Energy and Industrial Processes", value = 36000.5 - 300 * seq_along(years))
wide <- as_iamc(long)
target <- data.frame(id = c("a", "b"), kind = "base_year", value_unit = "percent", value_excl_lulucf = 40,
                     emissions_reference_mt = 100, emissions_target_mt = 100)
run <- function(data, ...) climate(data, fill = TRUE, ...)

test_that("mistakes are told with what is allowed", {
    mistaken <- function(call, class, words) {
        e <- tryCatch(call, error = identity)
        expect_s3_class(e, c(paste0("stocktake_", class), "stocktake_error"))
        expect_match(conditionMessage(e), words)
        expect_no_match(conditionMessage(e), "\n|/tmp|Rtmp")
    }
    mistaken(run(setNames(long, sub("variable", "Variabel", names(long)))), "data",
             "no column 'variable', but 'model', .*'Variabel'.*needs scenario, variable, unit")
    mistaken(run(wide[1:5]), "data", "no year")
    mistaken(run(transform(long, value = replace(value, 1, "36,000"))), "data", "column value, row 1: '36,000' is no finite number")
    mistaken(run(transform(long, value = replace(value, 1, Inf))), "data", "row 1: 'Inf' is no finite number")
    mistaken(run(transform(long, value = NA)), "data", "no row with a value")
    mistaken(run(long[0, ]), "data", "no row with a value")
    mistaken(run(transform(long, year = replace(year, 1, 1700))), "argument", "year 1700 is refused; allowed: rising years from 1750")
    mistaken(run(transform(long, region = "USA")), "data", "no row is of the region World; there are 'USA'")
    mistaken(run(transform(long, year = "in 2020")), "data", "column year, row 1: 'in 2020' is no year")
    mistaken(run(list(a = 1)), "argument", "a data frame or the name of a file, not list")
    mistaken(run("nowhere.csv"), "io", "nowhere.csv")
    mistaken(climate_array(long, fill = TRUE, percentiles = 500), "argument", "percentile 500 is refused; allowed: 0 to 100")
    mistaken(climate_array(long, fill = TRUE, variables = "warmth"), "argument", "'warmth' is refused; allowed: all, temperature")
    mistaken(country("Brazill"), "not_found", "did you mean Brazil")
    mistaken(country(NA), "argument", "NA is refused")
    mistaken(gap(as_of = "5 Nov 2025"), "argument", "allowed: a date as 2021-04-22")
    mistaken(gap(as_of = as.Date(NA)), "argument", "NA is refused")
    mistaken(gap(as.Date("2035-01-01")), "argument", "whole number")
    mistaken(gap(asof = "2025-11-05"), "argument", "did you mean --as-of")
    mistaken(gap(hot_air = "kept"), "argument", "allowed: keep.cap")
    mistaken(targets(include_announced = "yes"), "argument", "include_announced: TRUE or FALSE is needed")
    mistaken(run_stage(long, "check", strict = "yes"), "argument", "strict: TRUE or FALSE is needed")
    mistaken(climate_array(long, fill = TRUE, reference = 1850), "argument", "reference: 2 whole numbers are needed")
    mistaken(assess_scenarios(long, method = "ar6"), "not_found", "allowed: ar6-2015-cdr")
    mistaken(categorise(data.frame(peak = 1.5)), "data", "it needs p33_peak")
    mistaken(quantify(target[-2]), "data", "^the column 'kind' is missing")
    mistaken(quantify(transform(target, value_excl_lulucf = c("40", "40%"))), "data",
             "^row 2: value_excl_lulucf: '40%' is refused; allowed: a number")
    mistaken(what_if(session(), "India 2035"), "argument", "as 'IND 2035=3000Mt'")
    mistaken(fetch(run(long), 2500), "argument", "2500 is refused; allowed: 1850 to 2100")
    expect_warning(made <- run(transform(long, unit = "Mt CH4/yr")), "does not convert to 'Gt CO2/yr'")
    expect_match(made$reason, "does not convert")
})

test_that("what only looks odd is the same", {
    expected <- run(long)
    odd <- list(data.frame(lapply(long, as.character)), data.frame(lapply(long, as.factor)), transform(long, region = "world"),
                transform(long, year = as.Date(paste0(year, "-01-01"))), transform(long, year = as.integer(year)), wide)
    for (package in c("tibble", "data.table")) {
        if (requireNamespace(package, quietly = TRUE)) {
            odd <- c(odd, list(getExportedValue(package, c(tibble = "as_tibble", data.table = "as.data.table")[[package]])(long)))
        }
    }
    for (given in odd) {
        expect_identical(run(given), expected)
    }
    expected <- gap(2035, as_of = "2025-11-05")
    for (year in list(2035L, "2035", factor(2035))) {
        expect_identical(gap(year, as_of = "2025-11-05"), expected)
    }
    for (day in list(as.Date("2025-11-05"), as.POSIXct("2025-11-05 23:30", tz = "UTC"), as.POSIXlt("2025-11-05"),
                     factor("2025-11-05"))) {
        expect_identical(gap(2035, as_of = day), expected)
    }
    expect_identical(targets("IND"), targets(area = "IND"))
    expect_identical(history(factor("CHN")), history(area = "CHN"))
})
