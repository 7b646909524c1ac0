/** @file commands.h
 * @brief One command a file.
 */
#ifndef STK_COMMANDS_H
#define STK_COMMANDS_H

#include "cli.h"

extern const cli_command command_assess;
extern const cli_command command_targets;
extern const cli_command command_quantify;
extern const cli_command command_country;
extern const cli_command command_pathways;
extern const cli_command command_gap;
extern const cli_command command_timeline;
extern const cli_command command_chart;
extern const cli_command command_report;
extern const cli_command command_warming;
extern const cli_command command_history;
extern const cli_command command_climate;
extern const cli_command command_scenario;
extern const cli_command command_data;

#endif
