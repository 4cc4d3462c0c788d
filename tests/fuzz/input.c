/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a terminal sends, through the real reader into a field. The first byte tells the field's
 * kind and length, the second how many bytes come at once; the rest is sent. Whatever comes, events
 * are what event.h says, a paste presses no key, and the field holds UTF-8 of at most its length,
 * with the cursor on a character.
 */
#include "fuzz.h"

#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "ui/widget/field.h"
#include "ui/terminal/terminal_inside.h"

enum { COLUMNS_SHOWN = 20 };

struct typing {
	struct terminal terminal;
	struct field field;
	int line; /* where the bytes are sent */
	bool pasting;
	size_t sent, events;
};

static void
check_field(const struct field *field)
{
	char shown[4 * COLUMNS_SHOWN + 1], label[TEXT_LABEL_SIZE];
	const char *text = field_text(field);
	size_t length = field->text->length, cursor = 0;

	MUST(strlen(text) == length && length < field->text->capacity);
	MUST(field->cursor <= length && ((unsigned char)text[field->cursor] & 0xc0) != 0x80);
	MUST(text_points(text, length) <= field->points);
	/* A label's first complaint about bytes is that they are no UTF-8. */
	MUST(length > sizeof label ||
	    text_label(text, length, 256, sizeof label, label) != ERR_FIELD_UTF8);
	for (size_t i = 0; field->kind == FIELD_CODE && i < length; i++)
		MUST(text[i] >= '0' && text[i] <= '9');
	field_show(field, COLUMNS_SHOWN, shown, sizeof shown, &cursor);
	MUST(cursor < COLUMNS_SHOWN && text_columns(shown, strlen(shown)) <= COLUMNS_SHOWN);
	if (field->kind == FIELD_PASSWORD)
		MUST(strspn(shown, "*") == strlen(shown));
}

/* Characters of RFC 3629, and of the controls only those that a paste may hold. */
static bool
text_possible(const struct event *event)
{
	uint32_t point = event->point;

	if (point < 0x20)
		return event->pasted && (point == '\n' || point == '\t');
	return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) &&
	    (point < 0x7f || point >= 0xa0);
}

static void
check_event(struct typing *typing, const struct event *event)
{
	switch (event->type) {
	case EVENT_KEY:
		MUST(!typing->pasting && event->key > KEY_NONE_ && event->key <= KEY_SPACE_);
		break;
	case EVENT_TEXT:
		MUST(event->pasted == typing->pasting && text_possible(event));
		break;
	case EVENT_BAD:
		MUST(event->pasted == typing->pasting);
		break;
	case EVENT_PASTE_START:
	case EVENT_PASTE_END:
		typing->pasting = event->type == EVENT_PASTE_START;
		break;
	case EVENT_NONE:
	case EVENT_RESIZE:
	case EVENT_TICK:
	case EVENT_REPLY:
		MUST(event->type == EVENT_NONE); /* no terminal makes the others */
	}
	/* No byte makes more than two, so that nothing is made of nothing for ever. */
	MUST(++typing->events <= 2 * typing->sent);
}

/* Everything that what was sent so far makes. */
static void
read_all(struct typing *typing)
{
	struct event event;
	bool used = false;

	for (;;) {
		MUST(terminal_read(&typing->terminal, &event) == ERR_OK);
		MUST(typing->terminal.at <= typing->terminal.end &&
		    typing->terminal.end <= TERMINAL_BYTES);
		if (event.type == EVENT_NONE)
			return;
		check_event(typing, &event);
		if (field_handle(&typing->field, &event, &used) != ERR_OK)
			MUST(used);
		check_field(&typing->field);
	}
}

static void
type_all(struct typing *typing, const uint8_t *data, size_t size, size_t at_once)
{
	while (typing->sent < size) {
		size_t length = size - typing->sent < at_once ? size - typing->sent : at_once;

		MUST(write(typing->line, data + typing->sent, length) == (ssize_t)length);
		typing->sent += length;
		read_all(typing);
	}
	MUST(typing->terminal.at == typing->terminal.end);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct typing typing = { .terminal = { .ansi = true, .read_at = terminal_ms() } };
	int ends[2];

	if (size < 2)
		return 0;
	MUST(pipe(ends) == 0);
	MUST(field_open(&typing.field, (enum field_kind)(data[0] & 3), (data[0] >> 2) + 1U) ==
	    ERR_OK);
	typing.terminal.fd = ends[0];
	typing.line = ends[1];
	set_escdelay(0);
	terminal_keys(&typing.terminal);
	type_all(&typing, data + 2, size - 2, (data[1] & 63) + 1U);
	field_close(&typing.field);
	close(ends[0]);
	close(ends[1]);
	return 0;
}
