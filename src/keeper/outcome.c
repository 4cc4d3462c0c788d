/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/outcome.h"

#include <stdlib.h>

#include "core/secret.h"
#include "keeper/runner.h"

void
outcome_clear(struct outcome *outcome)
{
	if (outcome->reply != NULL)
		secret_wipe(outcome->reply, sizeof *outcome->reply);
	free(outcome->reply);
	hash_job_free(outcome->job);
	runner_discard(outcome->start);
	free(outcome->say);
	secret_wipe(outcome, sizeof *outcome);
}

void
outcome_end(struct outcome *outcome, const struct outcome_ends *ends)
{
	size_t at = outcome->ends[0].user == 0 ? 0 : 1;

	outcome->ends[at] = *ends;
}
