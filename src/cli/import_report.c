/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/import_report.h"

#include <stdlib.h>
#include <string.h>

#include "core/words.h"

enum { COLUMNS = 4, REMARK_SIZE = 1024, STEP = 30 };

bool
import_is_refused(const struct import_item *item)
{
	return item->why != IMPORT_ROW || item->err != ERR_OK;
}

void
import_report_open(struct import_report *report, FILE *out, bool as_json)
{
	report->as_json = as_json;
	json_start(&report->json, out);
	table_open(&report->table, out, COLUMNS);
	if (as_json) {
		json_open(&report->json, '[');
		return;
	}
	table_put(&report->table, _("LINE"));
	table_put(&report->table, _("NAME"));
	table_put(&report->table, _("RESULT"));
	table_put(&report->table, _("REMARK"));
}

/* Message ids; what stands in JSON. */
static const char *
result(const struct import_item *item)
{
	if (import_is_refused(item))
		return N_("refused");
	if (item->here || item->again)
		return N_("authenticator");
	return item->key ? N_("person, authenticator") : N_("person");
}

static void
add(char text[REMARK_SIZE], const char *sentence, int64_t number)
{
	size_t length = strlen(text);

	if (length > 0 && length + 1 < REMARK_SIZE)
		text[length++] = ' ';
	err_fill(_(sentence), number, text + length, REMARK_SIZE - length);
}

/* Why it is refused, or what is to be known about it. */
static void
remark(const struct import_item *item, char text[REMARK_SIZE])
{
	unsigned notes = item->notes;
	const char *note;

	*text = '\0';
	if (item->why != IMPORT_ROW)
		add(text, import_sentence(item->why), (int64_t)item->other);
	else if (item->err == ERR_NAME_TAKEN)
		add(text, N_("This person is here already."), 0);
	else if (item->err != ERR_OK)
		add(text, err_sentence(item->err), 0);
	if (import_is_refused(item))
		return;
	while ((note = import_note(&notes)) != NULL)
		add(text, note, item->offset * STEP);
}

static void
row_json(struct json *json, const struct import_item *item, const char *text)
{
	json_open(json, '{');
	json_key(json, "line");
	json_number(json, (int64_t)item->line);
	json_key(json, "name");
	json_string(json, item->name);
	json_key(json, "role");
	json_string(json, role_word(item->role));
	json_key(json, "result");
	json_string(json, result(item));
	json_key(json, "remark");
	json_string(json, text);
	json_close(json, '}');
}

void
import_report_row(struct import_report *report, const struct import_item *item)
{
	char text[REMARK_SIZE];

	remark(item, text);
	if (report->as_json) {
		row_json(&report->json, item, text);
		return;
	}
	table_put_number(&report->table, (int64_t)item->line);
	table_put(&report->table, item->name);
	table_put(&report->table, _(result(item)));
	table_put(&report->table, text);
}

enum err
import_report_flush(struct import_report *report)
{
	return report->as_json ? ERR_OK : table_flush(&report->table);
}

enum err
import_report_end(struct import_report *report)
{
	if (report->as_json)
		json_close(&report->json, ']');
	return import_report_flush(report);
}

void
import_report_close(struct import_report *report)
{
	table_close(&report->table);
}
