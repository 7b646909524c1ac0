# Run the examples of a page and hold what they print, which follows each expression as lines with `#>`.
#   Rscript check-docs.R FILE.md [--update]
words <- commandArgs(TRUE)
lines <- readLines(words[1], encoding = "UTF-8")
made <- character()
block <- NULL # the lines of an example, NULL outside of one
place <- new.env()
options(warn = 1, width = 120)

# Expressions of an example, each with what it prints now.
run <- function(block) {
    code <- parse(text = block[!startsWith(block, "#>")], keep.source = TRUE)
    unlist(lapply(seq_along(code), function(i) {
        printed <- capture.output({
            value <- withVisible(eval(code[[i]], place))
            if (value$visible) print(value$value)
        })
        c(as.character(attr(code, "srcref")[[i]]), if (length(printed) > 0) sub(" +$", "", paste("#>", printed)))
    }))
}

for (line in lines) {
    if (is.null(block) || line == "```") {
        made <- c(made, if (length(block) > 0) run(block), line)
        block <- if (is.null(block) && line == "```r") character()
    } else {
        block <- c(block, line)
    }
}
if ("--update" %in% words) {
    writeLines(made, words[1], useBytes = TRUE)
} else if (!identical(made, lines)) {
    different <- setdiff(made, lines)
    stop(words[1], ": the examples print something else", if (length(different) > 0) paste0("\n  ", different))
}
