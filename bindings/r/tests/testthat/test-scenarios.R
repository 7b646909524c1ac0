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

test_that("regions other than the world are left out, and a table without units is refused", {
    asia <- wide
    asia$Region <- "Asia"
    expect_identical(climate(rbind(wide, asia), fill = TRUE), climate(wide, fill = TRUE))
    expect_error(climate(wide[-5]), "no column 'unit'", class = "stocktake_data")
})

test_that("a scenario that lacks species is refused with its reason", {
    expect_match(suppressWarnings(climate(wide))$reason[1], "missing")
})

# Two paths as models report them: from 2010 in steps, fossil CO2 alone.
years <- c(2010, 2015, seq(2020, 2100, 10))
reported <- do.call(rbind, lapply(c(a = 0.3, b = 0), function(share) {
    data.frame(model = "m", variable = "Emissions|CO2|Energy and Industrial Processes", unit = "Mt CO2/yr", year = years,
               value = c(33000, 35500, 36000 * (1 - (1 - share) * (0:8) / 8)))
}))
reported$scenario <- substr(rownames(reported), 1, 1)

test_that("stages alone and all together take options", {
    checked <- stage(reported, "check")
    expect_identical(checked$Scenario, c("a", "b"))
    expect_s3_class(attr(checked, "left_out"), "data.frame")
    expect_match(stage(reported, "harmonise")$Variable, "|Harmonized|", fixed = TRUE)
    a <- assess_scenarios(reported)
    expect_identical(a$scenario, c("a", "b"))
    expect_gt(a$peak_median_k[1], a$peak_median_k[2])
    expect_false(identical(assess_scenarios(reported, method = "recent")$peak_median_k, a$peak_median_k))
    expect_error(assess_scenarios(reported, method = "no such method"), class = "stocktake_error")
})

test_that("arrays that lack species are refused, and the others go on", {
    kinds <- species()
    years <- 2015:2100
    e <- array(NA_real_, c(2, length(kinds), length(years)), dimnames = list(c("a", "b"), names(kinds), NULL))
    expect_error(climate_array(e[, -1, ], 2015), class = "stocktake_argument")
    expect_warning(run <- climate_array(e, 2015), "missing")
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
    expect_true(all(is.na(emissions_of(reported, years)["a", "CH4", ])))
})
