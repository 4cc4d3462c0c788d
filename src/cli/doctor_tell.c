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
doctor_tell_sentences(struct doctor *doctor, const char *check, const char *sentences)
{
	const char *end = strstr(sentences, ". ");
	int length = (int)(end != NULL ? (size_t)(end - sentences) + 1 : strlen(sentences));

	doctor_tell(doctor, check, DOCTOR_WRONG, "", "%.*s", length, sentences);
	if (end != NULL && doctor->count > 0)
		(void)snprintf(doctor->finding[doctor->count - 1].advice, DOCTOR_ADVICE_SIZE, "%s",
		    end + 2);
}

void
doctor_tell_err(struct doctor *doctor, const char *check, enum err err)
{
	char sentences[DOCTOR_DETAIL_SIZE];

	err_fill(_(err_sentence(err)), 0, sentences, sizeof sentences);
	doctor_tell_sentences(doctor, check, sentences);
}
