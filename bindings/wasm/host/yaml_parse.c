/** @file yaml_parse.c
 * @brief YAML in the browser: the nodes that the edition for a page has, in the place of
 * base/yaml_parse.c.
 */
#include "base/yaml.h"

stk_status stk_yaml_parse(stk_yaml *yaml, stk_error *error)
{
    return stk_yaml_read_tree(yaml, error);
}
