# R CMD check keeps signals from its tests, so `make r` runs this file by itself as well.
test_that("a run that is interrupted ends as R's own interrupt, and the session goes on", {
    skip_on_os("windows")
    send <- function(after) system(paste("(sleep", after, "; kill -INT", Sys.getpid(), ")"), wait = FALSE)
    caught <- function(what) tryCatch({
        force(what)
        FALSE
    }, interrupt = function(e) TRUE)
    send(0.1)
    skip_if_not(caught(Sys.sleep(2)), "signals do not reach R here")
    s <- session()
    one <- data.frame(model = "m", scenario = "a", variable = "Emissions|CO2|Energy and Industrial Processes",
                      unit = "Mt CO2/yr", year = c(2020, 2100), value = c(35000, 0))
    many <- do.call(rbind, lapply(seq_len(100), function(i) transform(one, scenario = paste("s", i))))
    send(1)
    expect_true(caught(for (i in 1:200) climate(many, fill = TRUE, session = s)))
    expect_identical(climate(one, fill = TRUE, session = s), climate(one, fill = TRUE))
    send(0.5)
    expect_true(caught(for (i in 1:50) timeline(session = s)))
    expect_identical(gap(session = s), gap())
})
