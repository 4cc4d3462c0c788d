/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/doctor_tell.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/say.h"

void
doctor_tell(struct doctor *doctor, const char *check, enum doctor_result result, const char *advice,
    const char *format, ...)
{
	struct doctor_finding *finding = &doctor->finding[doctor->count];
	va_list list;

	if (doctor->count == DOCTOR_FINDINGS_MAX)
		return;
	doctor->count++;
	finding->check = check;
	finding->result = result;
	(void)snprintf(finding->advice, sizeof finding->advice, "%s",
	    *advice != '\0' ? _(advice) : "");
	va_start(list, format);
	(void)vsnprintf(finding->detail, sizeof finding->detail, format, list);
	va_end(list);
}

void
doctor_tell_err(struct doctor *doctor, const char *check, enum err err)
{
	char sentence[DOCTOR_DETAIL_SIZE], *advice;

	err_fill(_(err_sentence(err)), 0, sentence, sizeof sentence);
	advice = strstr(sentence, ". ");
	if (advice != NULL) {
		advice[1] = '\0';
		advice += 2;
	}
	doctor_tell(doctor, check, DOCTOR_WRONG, "", "%s", sentence);
	if (advice != NULL && doctor->count > 0)
		(void)snprintf(doctor->finding[doctor->count - 1].advice, DOCTOR_ADVICE_SIZE, "%s",
		    advice);
}
