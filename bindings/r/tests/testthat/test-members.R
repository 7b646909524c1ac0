years <- c(2010, 2015, seq(2020, 2100, 10))
mine <- data.frame(scenario = rep(c("slow", "fast"), each = length(years)), unit = "Mt CO2/yr", year = years,
                   variable = "Emissions|CO2|Energy and Industrial Processes",
                   value = 36000 * (1 - c(0.7, 1)[rep(1:2, each = length(years))] * pmax(0, years - 2020) / 80))

# What the command writes into a file.
written <- function(path, ...) {
    program <- Sys.getenv("STOCKTAKE")
    skip_if(program == "", "STOCKTAKE does not name the command")
    expect_identical(system2(program, shQuote(c(...)), stdout = FALSE, stderr = FALSE), 0L)
    read_table(paste(readLines(path, encoding = "UTF-8"), collapse = "\n"))
}

test_that("members, percentiles and categories are those of the command to the last bit", {
    folder <- tempfile()
    dir.create(folder)
    file <- function(name) file.path(folder, name)
    input <- as_iamc(mine)
    write.csv(input, file("in.csv"), row.names = FALSE)
    theirs <- written(file("members.csv"), "climate", file("in.csv"), "--fill", "library", "--reference-period", "none",
                      "--member-output", file("members.csv"), "--output", file("percentiles.csv"))
    run <- climate_array(mine, fill = TRUE, members = "all", reference = NULL, percentiles = 50)
    expect_identical(dim(run$members), c(2L, 1L, 841L, 352L))
    expect_identical(dimnames(run$members)[[3]], as.character(members()))
    slow <- theirs[theirs$scenario == "slow" & theirs$member == 1234, ]
    expect_identical(unname(run$members["slow", "temperature", "1234", ]), slow$temperature_1_k)
    meta <- written(file("meta.csv"), "scenario", "postprocess", file("members.csv"), "--method", "ar6-2015", "--output",
                    file("climate.csv"), "--meta", file("meta.csv"))
    annual <- between(array(run$members[, 1, , ], dim(run$members)[-2]))
    wide <- data.frame(scenario = rep(c("slow", "fast"), 841), run_id = rep(members(), each = 2),
                       matrix(annual, 2 * 841, dimnames = list(NULL, 1750:2100)), check.names = FALSE)
    few <- wide[wide$run_id < 10000, ]
    long <- reshape(few, direction = "long", varying = as.character(1750:2100), v.names = "temperature_k", timevar = "year",
                    times = 1750:2100, idvar = c("scenario", "run_id"))
    for (given in list(run, file("members.csv"), wide, theirs)) {
        made <- postprocess(given, method = "ar6-2015")
        expect_identical(made$meta[names(meta)], meta)
        expect_identical(made$climate[-(1:5)],
                         read_table(paste(readLines(file("climate.csv")), collapse = "\n"))[-(1:5)])
    }
    expect_identical(postprocess(long), postprocess(few))
    expect_identical(categorise(made$meta, "ar6-2015"), written(file("categories.csv"), "scenario", "categorise",
        file("meta.csv"), "--method", "ar6-2015", "--output", file("categories.csv"))$category)
    expect_error(postprocess(few[few$scenario == "slow", ][c(1, 1), ]), "twice", class = "stocktake_data")
    expect_error(postprocess(few[-100]), "one after the other", class = "stocktake_data")
    expect_error(postprocess(within(few, `1950`[1] <- NA)), "lacks a temperature", class = "stocktake_data")
    expect_error(postprocess(few[, -2]), "no column 'member'", class = "stocktake_data")
    expect_error(postprocess(few[, -(3:200)]), "preindustrial", class = "stocktake_argument")
    expect_error(postprocess(climate_array(mine, fill = TRUE)), "with members", class = "stocktake_argument")
    expect_error(postprocess("members.nc"), "CSV", class = "stocktake_argument")
    expect_error(postprocess("/nowhere.csv"), class = "stocktake_io")
})

test_that("variables and members are chosen by key and number", {
    e <- emissions_of(mine, 1750:2100, fill = TRUE)
    run <- climate_array(e, variables = c("temperature", "erf"), members = c(2451, 1234), percentiles = c(17, 83))
    expect_identical(dimnames(run$members)[2:3], list(c("temperature", "erf"), c("2451", "1234")))
    expect_identical(run$values[, "temperature", , ], run$temperature)
    expect_identical(dim(run$values), c(2L, 2L, 2L, 351L))
    expect_true(all(c("key", "name", "unit") %in% names(outputs())))
    expect_null(climate_array(e)$values)
    late <- climate_array(mine, 2010, fill = TRUE)$temperature
    expect_identical(dimnames(late)[[3]], as.character(2010:2100))
    expect_identical(late, climate_array(e)$temperature[, , as.character(2010:2100)])
    e["fast", "CH4", ] <- NA
    expect_warning(half <- climate_array(e, members = "all", reference = NULL), "'fast' is left out")
    expect_warning(found <- postprocess(half), "'fast' is left out: it has no member")
    expect_identical(found, postprocess(climate_array(e["slow", , , drop = FALSE], members = "all", reference = NULL)))
    for (bad in expression(climate_array(e, variables = "warmth"), climate_array(e, members = 1), climate_array(e, members = "x"),
                           climate_array(e, reference = 1850), climate_array(e, variables = character()))) {
        expect_error(eval(bad), class = "stocktake_argument")
    }
})

test_that("tables of warming have the categories of the command", {
    table <- data.frame(name = c("a", "b", "c"), p33_peak = c(1.4, 1.6, NA), p50_peak = c(1.55, 1.8, 2),
                        p67_peak = c(1.7, 2.1, 2.2), p50_2100 = c(1.3, 1.7, 2))
    file <- tempfile(fileext = ".csv")
    write.csv(table[1:2, ], file, row.names = FALSE)
    out <- tempfile(fileext = ".csv")
    expect_identical(categorise(table)[1:2], written(out, "scenario", "categorise", file, "--output", out)$category)
    expect_identical(is.na(categorise(table)), c(FALSE, FALSE, TRUE))
    expect_identical(categorise(table[1, ]), "C1b")
    expect_identical(categorise(table[1, ], labels = "report"), "C1")
    expect_identical(categorise(table[0, ]), character())
    expect_error(categorise(table["p50_peak"]), "p33_peak", class = "stocktake_data")
    expect_error(categorise(table, labels = "mine"), "tool|report", class = "stocktake_argument")
    expect_error(categorise(table, method = "no-such"), class = "stocktake_not_found")
    expect_error(categorise(list(1)), class = "stocktake_argument")
})

test_that("an assessment has the command's tables, also with a history of one's own", {
    made <- suppressWarnings(assess_scenarios(mine, method = "ar6-2015"))
    meta <- results(made)
    expect_identical(categorise(meta, "ar6-2015", labels = "report"), made$category)
    expect_identical(meta[[grep("median peak warming", names(meta))]], made$peak_median_k)
    expect_identical(unique(as_iamc(results(made, "emissions"))$scenario), made$scenario)
    expect_true(any(grepl("50.0th Percentile", results(made, "climate")$Variable, fixed = TRUE)))
    expect_error(results(mine), class = "stocktake_argument")
    history <- data.frame(scenario = "history", variable = unique(mine$variable), unit = "Mt CO2/yr", year = 2000:2020,
                          value = 40000)
    file <- tempfile(fileext = ".csv")
    write.csv(as_iamc(history), file, row.names = FALSE)
    one <- run_stage(mine, "harmonise", history = history)
    expect_identical(one, run_stage(mine, "harmonise", history = file))
    expect_false(identical(one, run_stage(mine, "harmonise")))
})

test_that("files of the edition and live arrays are there", {
    expect_true("licence" %in% names(edition_file()))
    expect_type(edition_file("global/gwp.csv")$AR6GWP100, "double")
    expect_match(edition_file("methods/ar6-2015.yaml"), "quantile: 0.5")
    expect_error(edition_file("nothing.csv"), class = "stocktake_error")
    s <- session(as_of = "2025-11-05", hot_air = "keep")
    expect_output(print(s), "as_of=2025-11-05, .*hot_air=keep|hot_air=keep, .*as_of=2025-11-05")
    g <- gap(session = s)
    array <- live(s, "gap")
    expect_identical(unname(array["keep", "unconditional", "low", "gap"]), g$gap_gt[g$condition == "unconditional"][1])
    what_if(s, "India 2035=3000Mt")
    expect_lt(live(s, "gap")["keep", "unconditional", "low", "gap"], array["keep", "unconditional", "low", "gap"])
    expect_identical(dim(live(s, "members")), c(841L, 106L))
    expect_error(live(s, "gaps"), "allowed: world|baseline", fixed = TRUE, class = "stocktake_argument")
})
