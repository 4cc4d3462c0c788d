/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a row of the trail says, fact by fact; and what rows are looked for. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "conv/deed.h"
#include "conv/moment.h"
#include "core/source.h"
#include "core/text.h"
#include "core/words.h"

enum { HOUR = 3600 };

enum fact {
	SAYS,
	TIME,
	WHO,
	ACTION,
	TARGET,
	RESULT,
	DETAIL,
	FROM,
	TERMINAL,
	PEER,
	NODE,
	NUMBER,
	SEAL,
	KEY,
	FACTS
};

_Static_assert((int)FACTS == (int)DEED_FACTS, "as the header says");

/* Message ids. */
static const char *const labels[FACTS] = {
	[SAYS] = N_("What"),
	[TIME] = N_("Time"),
	[WHO] = N_("Who"),
	[ACTION] = N_("Action"),
	[TARGET] = N_("Whom"),
	[RESULT] = N_("Result"),
	[DETAIL] = N_("Detail"),
	[FROM] = N_("From"),
	[TERMINAL] = N_("Terminal"),
	[PEER] = N_("UNIX user"),
	[NODE] = N_("Host"),
	[NUMBER] = N_("Number"),
	[SEAL] = N_("Seal"),
	[KEY] = N_("Key"),
};

static void
show(const char *text, char *buf, size_t size)
{
	(void)text_show(text, strlen(text), buf, size);
}

void
deed_source(const char *source, char *buf, size_t size)
{
	if (strcmp(source, SOURCE_LOCAL_TEXT) == 0)
		(void)snprintf(buf, size, "%s", _("local"));
	else
		show(source, buf, size);
}

/* Who says where from: root, or the console alone. */
static void
put_source(const struct wire_audit_row *row, char *buf, size_t size)
{
	char source[WIRE_SOURCE_SIZE * 4];

	deed_source(row->source, source, sizeof source);
	if (row->source[0] == '\0' || strcmp(row->source, SOURCE_LOCAL_TEXT) == 0)
		(void)snprintf(buf, size, "%s", source);
	else
		(void)snprintf(buf, size,
		    row->vouched ? _("%s, as root says") : _("%s, as the console says"), source);
}

static void
put_fact(const struct wire_audit_row *row, enum fact fact, char *buf, size_t size)
{
	const char *const texts[FACTS] = { [WHO] = row->who,
		[ACTION] = row->action,
		[TARGET] = row->target,
		[DETAIL] = row->detail,
		[TERMINAL] = row->terminal,
		[NODE] = row->node,
		[SEAL] = row->seal };

	if (fact == SAYS)
		deed_of_row(row, buf, size);
	else if (fact == TIME)
		moment_put(row->time, buf, size);
	else if (fact == RESULT)
		(void)snprintf(buf, size, "%s", deed_result(row->result));
	else if (fact == FROM)
		put_source(row, buf, size);
	else if (fact == PEER)
		(void)snprintf(buf, size, "%" PRIu32, row->peer_uid);
	else if (fact == NUMBER)
		(void)snprintf(buf, size, "%" PRId64, row->id);
	else if (fact == KEY)
		(void)snprintf(buf, size, "%" PRId64, row->key);
	else
		show(texts[fact], buf, size);
}

const char *
deed_fact(const struct wire_audit_row *row, size_t index, char *buf, size_t size)
{
	put_fact(row, (enum fact)index, buf, size);
	return _(labels[index]);
}

/* A day, or what is less than one: from when on. */
static void
put_when(const struct wire_audit_page_request *asked, char *buf, size_t size)
{
	if (asked->until - asked->since > HOUR)
		moment_date(asked->since, buf, size);
	else
		moment_put(asked->since, buf, size);
}

void
deed_filter(const struct wire_audit_page_request *asked, char *buf, size_t size)
{
	char day[32] = "", person[TEXT_NAME_SIZE], word[WIRE_WORD_SIZE], quoted[WIRE_WORD_SIZE + 8];
	const char *const parts[] = { person, asked->action, day, quoted };
	size_t used = 0;

	show(asked->person, person, sizeof person);
	show(asked->word, word, sizeof word);
	(void)snprintf(quoted, sizeof quoted, word[0] != '\0' ? "“%s”" : "%s", word);
	if (asked->since != 0 || asked->until != 0)
		put_when(asked, day, sizeof day);
	buf[0] = '\0';
	for (size_t i = 0; i < sizeof parts / sizeof *parts && used < size; i++)
		if (parts[i][0] != '\0')
			used += (size_t)snprintf(buf + used, size - used, "%s%s",
			    used > 0 ? " · " : "", parts[i]);
}
