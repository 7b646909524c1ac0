wide <- data.frame(Model = "m", Scenario = c("a", "b"), Region = "World",
                   Variable = "Emissions|CO2|Energy and Industrial Processes", Unit = "Mt CO2/yr",
                   "2020" = 35000, "2050" = c(20000, 5000), "2100" = c(10000, 0), check.names = FALSE)

test_that("wide, long and file are the same scenario", {
    long <- reshape(wide, direction = "long", varying = c("2020", "2050", "2100"), v.names = "value",
                    timevar = "year", times = c(2020, 2050, 2100), idvar = "Scenario")
    file <- tempfile(fileext = ".csv")
    write.csv(wide, file, row.names = FALSE)
    expect_equal(as_iamc(long), as_iamc(wide), ignore_attr = TRUE)
    run <- climate(wide, fill = TRUE)
    expect_identical(climate(long, fill = TRUE), run)
    expect_identical(climate(file, fill = TRUE), run)
    expect_gt(run$p50_k[run$year == 2100 & run$scenario == "a"], run$p50_k[run$year == 2100 & run$scenario == "b"])
    expect_named(fetch(run, 2100), c("model", "scenario", "year", paste0("p", c(5, 17, 33, 50, 67, 83, 95), "_k")))
    expect_error(climate(wide, percentiles = 40, fill = TRUE), class = "stocktake_argument")
})

test_that("columns of every kind are the same scenario", {
    long <- data.frame(scenario = "a", variable = wide$Variable[1], unit = "Mt CO2/yr", year = c(2020, 2050, 2100),
                       value = c(35000.1, 2e4, NA))
    run <- as_iamc(long)
    expect_identical(as_iamc(transform(long, year = factor(year))), run)
    expect_identical(as_iamc(transform(long, value = factor(value))), run)
    expect_identical(as_iamc(transform(long, value = c("35000.1", "2e4", "NA"))), run)
    expect_identical(as_iamc(transform(long, year = as.Date(paste0(year, "-07-01")))), run)
    expect_identical(as_iamc(transform(long, year = year + 0.5)), run)
    expect_identical(as_iamc(setNames(long, c("Scenario", "VARIABLE", "Unit", "time", "Value"))), run)
    expect_identical(as_iamc(run[8:1]), run)
    expect_identical(as_iamc(setNames(run, make.names(names(run)))), run)
    expect_identical(as_iamc(transform(long, scenario = iconv("\u00e4", "UTF-8", "latin1")))$scenario, "\u00e4")
    for (bad in list(transform(long, value = c("1", "x", "2")), transform(long, value = Inf), transform(long, value = TRUE),
                     transform(long, year = c(2020, NA, 2100)), transform(long, year = 2020.3), rbind(long, long), long[0, ],
                     cbind(run, X2020 = 1), cbind(run, Unit = "x"), run[1:5], within(long, value <- cbind(value, value)),
                     within(long, value <- list(1, 2, 3)), within(long, value <- structure(value, class = "integer64")))) {
        expect_error(as_iamc(bad), class = "stocktake_data")
    }
    for (bad in list(transform(long, unit = NA), within(long, scenario <- list(1, 2, 3)), NULL, 1:3, as.matrix(run),
                     character())) {
        expect_error(climate(bad), class = "stocktake_argument")
    }
})

test_that("regions other than the world are left out, and a table without units is refused", {
    asia <- wide
    asia$Region <- "Asia"
    expect_warning(run <- climate(rbind(wide, asia), fill = TRUE), "rows of other regions than World: [0-9]+, of 'Asia'")
    expect_identical(run[names(run)], climate(wide, fill = TRUE)[names(run)])
    asia$Scenario <- paste("east", asia$Scenario)
    methane <- wide
    methane$Variable <- "Emissions|Methane"
    expect_warning(run <- climate(rbind(wide, methane, asia), fill = TRUE), "scenarios left out: 2 \\('east a': no row of it is")
    expect_match(attr(run, "left_out")$reason[1], "unknown, rows: 2")
    expect_error(climate(asia, fill = TRUE), "no row is of the region World; there are 'Asia'", class = "stocktake_data")
    expect_error(climate(wide[-5]), "no column 'unit'", class = "stocktake_data")
})

test_that("a scenario that lacks species is refused with its reason", {
    expect_warning(run <- climate(wide), "scenarios left out: 2 \\('a': emissions are missing")
    expect_match(run$reason[1], "missing")
    expect_warning(run_stage(wide, "check"), "left out")
})

# Two paths as models report them: from 2010 in steps, fossil CO2 alone.
years <- c(2010, 2015, seq(2020, 2100, 10))
reported <- do.call(rbind, lapply(c(a = 0.3, b = 0), function(share) {
    data.frame(model = "m", variable = "Emissions|CO2|Energy and Industrial Processes", unit = "Mt CO2/yr", year = years,
               value = c(33000, 35500, 36000 * (1 - (1 - share) * (0:8) / 8)))
}))
reported$scenario <- substr(rownames(reported), 1, 1)

test_that("what changes the warming is told in one warning, and stands beside the result", {
    gases <- data.frame(variable = c("Emissions|CO2|AFOLU", "Emissions|CH4", "Emissions|N2O"),
                        unit = c("Mt CO2/yr", "Mt CH4/yr", "kt N2O/yr"), first = c(3517, 388, 10900))
    more <- lapply(seq_len(3), function(g) {
        transform(reported, variable = gases$variable[g], unit = gases$unit[g],
                  value = gases$first[g] * pmin(1, (2150 - year) / 135))
    })
    whole <- rbind(reported, do.call(rbind, more))
    whole$region <- "World"
    expect_silent(made <- assess_scenarios(whole))
    expect_identical(nrow(attr(made, "left_out")), 0L)
    ch4 <- whole$scenario == "a" & whole$variable == "Emissions|CH4"
    one_warning <- function(change, kinds, words, file = FALSE) {
        given <- change(whole)
        if (file) {
            path <- tempfile(fileext = ".csv")
            utils::write.csv(given, path, row.names = FALSE)
            given <- path
        }
        said <- NULL
        made <- withCallingHandlers(assess_scenarios(given), warning = function(w) {
            said <<- c(said, conditionMessage(w))
            invokeRestart("muffleWarning")
        })
        expect_length(said, 1)
        expect_match(said, words)
        expect_identical(attr(made, "left_out")$kind, kinds)
    }
    for (file in c(FALSE, TRUE)) {
        one_warning(function(t) transform(t, unit = replace(unit, ch4, "Mt CH4/y r")), c("left out", "infilled"),
                    "left out: 1 .'Emissions.CH4' of 'a': the unit", file)
        one_warning(function(t) transform(t, unit = replace(unit, ch4, "kt CH4/yr")), "warning",
                    "warnings: 1 .'a': in the base year 2015, Emissions.CH4 is 0.388 Mt CH4/yr", file)
        one_warning(function(t) transform(t, variable = sub("CH4", "Methane", variable)), c("left out", "infilled", "infilled"),
                    "left out: 1 .'Emissions.Methane': unknown, rows: .*; infilled: 2 .'Emissions.CH4' of 'a'", file)
        one_warning(function(t) t[!ch4, ], "infilled", "^infilled: 1 .'Emissions.CH4' of 'a'", file)
        one_warning(function(t) transform(t, region = replace(region, ch4, "Asia")), c("left out", "infilled"),
                    "rows of other regions than World: [0-9]+, of 'Asia'", file)
    }
})

test_that("stages alone and all together take options", {
    checked <- run_stage(reported, "check")
    expect_identical(checked$Scenario, c("a", "b"))
    expect_s3_class(attr(checked, "left_out"), "data.frame")
    expect_match(run_stage(reported, "harmonise")$Variable, "|Harmonized|", fixed = TRUE)
    expect_warning(a <- assess_scenarios(reported), "infilled: 6 ('Emissions|CO2|AFOLU' of 'a'", fixed = TRUE)
    expect_identical(a$scenario, c("a", "b"))
    expect_gt(a$peak_median_k[1], a$peak_median_k[2])
    suppressWarnings(recent <- assess_scenarios(reported, method = "recent"))
    expect_false(identical(recent$peak_median_k, a$peak_median_k))
    expect_error(run_stage(reported, "harmonize"), class = "stocktake_argument")
    expect_error(assess_scenarios(reported, method = "no such method"), class = "stocktake_error")
})

test_that("arrays that lack species are refused, and the others go on", {
    kinds <- species()
    years <- 2015:2100
    e <- array(NA_real_, c(2, length(kinds), length(years)), dimnames = list(c("a", "b"), names(kinds), NULL))
    expect_error(climate_array(e[, -1, ], 2015), class = "stocktake_argument")
    expect_error(climate_array(e), "first_year", class = "stocktake_argument")
    expect_warning(run <- climate_array(e, 2015), "scenario 'a' is left out: .*missing")
    expect_identical(run$refused, c(TRUE, TRUE))
    expect_true(all(is.na(run$temperature)))
    expect_identical(dim(run$temperature), c(2L, 3L, 86L))
})

test_that("arrays have the numbers of tables to the last bit", {
    e <- emissions_of(reported, years, fill = TRUE) # from the first year that is reported, history lies before
    expect_identical(dimnames(e)[[1]], c("a", "b"))
    expect_identical(e["a", "CO2 FFI", "2100"], reported$value[reported$scenario == "a" & reported$year == 2100] / 1000)
    run <- climate_array(e, 2010, percentiles = c(5, 50, 95))
    table <- climate(reported, fill = TRUE)
    for (name in c("a", "b")) {
        rows <- table[table$scenario == name & table$year >= 2010, ]
        expect_identical(unname(run$temperature[name, "50", ]), rows$p50_k)
        expect_identical(unname(run$temperature[name, "95", ]), rows$p95_k)
    }
    expect_false(any(run$refused))
    expect_identical(climate_array(e[, rev(dimnames(e)[[2]]), ]), run) # species by their names, the first year by its name
    dimnames(e)[[2]][1] <- "nonsense"
    expect_error(climate_array(e), "no species", class = "stocktake_argument")
    expect_true(all(is.na(emissions_of(reported, years)["a", "CH4", ])))
})

test_that("a session and threads outlive the package", {
    script <- tempfile(fileext = ".R")
    writeLines(c("path <- system.file(package = 'stocktake')", "s <- stocktake::session()",
                 "e <- stocktake::emissions_of(read.csv(commandArgs(TRUE), check.names = FALSE), 2020:2022, fill = TRUE)",
                 "invisible(stocktake::climate_array(e, session = s))", "unloadNamespace('stocktake')",
                 "library.dynam.unload('stocktake', path)", "Sys.sleep(0.2)", "rm(s)", "invisible(gc())", "cat('alive')"), script)
    data <- tempfile(fileext = ".csv")
    write.csv(wide, data, row.names = FALSE)
    skip_on_os(c("mac", "windows"))
    expect_identical(system2(file.path(R.home("bin"), "Rscript"), c(script, data), stdout = TRUE), "alive")
})
