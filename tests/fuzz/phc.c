/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stored hashes: what is read is within the limits, and is written as it was read. */
#include "fuzz.h"

#include <string.h>

#include "auth/password.h"
#include "auth/phc.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct password_cost cost;
	struct phc phc;
	char again[PASSWORD_PHC_SIZE], *text = fuzz_string(data, size);
	int64_t key;
	enum err err = phc_read(text, &phc);

	MUST(err == ERR_OK || err == ERR_STORE_CORRUPT);
	MUST(password_parse(text, &cost, &key) == err);
	if (err == ERR_OK) {
		MUST(phc_cost_good(&phc.cost) && phc.key > 0 && key == phc.key);
		MUST(cost.passes <= 16 && cost.memory >= 7168 && cost.memory <= 1048576 &&
		    cost.lanes <= 4);
		phc_write(&phc, again);
		MUST(strcmp(again, text) == 0);
	}
	free(text);
	return 0;
}
