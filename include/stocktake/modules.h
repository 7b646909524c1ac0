/** @file modules.h
 * @brief Everything: includes the public header of each module, in the order in which data flows.
 */
#ifndef STOCKTAKE_MODULES_H
#define STOCKTAKE_MODULES_H

#include <stocktake/area.h>
#include <stocktake/assess.h>
#include <stocktake/base.h>
#include <stocktake/benchmark.h>
#include <stocktake/checks.h>
#include <stocktake/climate.h>
#include <stocktake/data.h>
#include <stocktake/data_check.h>
#include <stocktake/edition.h>
#include <stocktake/equity.h>
#include <stocktake/factorial.h>
#include <stocktake/fairness.h>
#include <stocktake/file.h>
#include <stocktake/finance.h>
#include <stocktake/inventory.h>
#include <stocktake/levels.h>
#include <stocktake/observed.h>
#include <stocktake/pledge.h>
#include <stocktake/profile.h>
#include <stocktake/quantify.h>
#include <stocktake/scenario.h>
#include <stocktake/shipped.h>
#include <stocktake/timeline.h>
#include <stocktake/trace.h>
#include <stocktake/units.h>
#include <stocktake/version.h>
#include <stocktake/warming.h>
#include <stocktake/what_if.h>
#include <stocktake/workflow.h>
#include <stocktake/world.h>

#endif
