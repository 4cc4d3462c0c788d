/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings as typed: the first byte tells which. What is taken is told as it is taken, and refused
 * values change nothing. */
#include "fuzz.h"

#include <string.h>

#include "core/policy.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct policy policy, before;
	char value[POLICY_VALUE_SIZE], again[POLICY_VALUE_SIZE], *typed;
	enum setting_id id;

	if (size == 0)
		return 0;
	id = (enum setting_id)(data[0] % SETTING_COUNT);
	typed = fuzz_string(data + 1, size - 1);
	policy_default(&policy);
	memcpy(&before, &policy, sizeof before);
	if (policy_set(&policy, id, typed) != ERR_OK) {
		MUST(memcmp(&before, &policy, sizeof before) == 0);
	} else {
		policy_get(&policy, id, value);
		MUST(strlen(value) < sizeof value && policy_set(&policy, id, value) == ERR_OK);
		policy_get(&policy, id, again);
		MUST(strcmp(value, again) == 0);
	}
	free(typed);
	return 0;
}
