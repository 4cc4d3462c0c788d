/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/greet.h"

#include <stdio.h>

#include "wire/line.h"

/* Of a log line, never empty. */
static const char *
word(const char *program)
{
	return *program != '\0' ? program : "unknown";
}

void
greet_words(uid_t peer, const struct greeting *other, unsigned long more, char *buf, size_t size)
{
	struct greeting ours;

	greeting_ours(&ours);
	(void)snprintf(buf, size,
	    "version-refused uid=%lu older=%s keeper=%s keeper-wire=%lu console=%s "
	    "console-wire=%lu more=%lu",
	    (unsigned long)peer, greeting_compare(other, &ours) < 0 ? "console" : "keeper",
	    word(ours.program), (unsigned long)ours.version, word(other->program),
	    (unsigned long)other->version, more);
}

void
greet_refuse(struct keeper *keeper, const struct session *session, const struct greeting *other,
    int64_t now)
{
	char words[256];
	int64_t more = 0;

	if (line_send_greeting(session->fd) != ERR_OK)
		return; /* it has gone, and tries again if it wants to know */
	if (!fault_due(&keeper->others, now, &more))
		return;
	greet_words(session->peer, other, (unsigned long)more, words, sizeof words);
	host_log_tell(&keeper->journal.log, words);
}
