/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/sum.h"

uint64_t
sum_text(const char *text)
{
	uint64_t sum = UINT64_C(14695981039346656037);

	for (; *text != '\0'; text++)
		sum = (sum ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return sum;
}
