library(testthat)
library(stocktake)
test_check("stocktake")
