/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An editable line of text. Pure. All text is kept in a secret and wiped when cleared. */
#ifndef UI_WIDGET_FIELD_H
#define UI_WIDGET_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/secret.h"
#include "ui/terminal/event.h"

enum field_kind {
	FIELD_TEXT,
	FIELD_PASSWORD, /* echoes '*' */
	FIELD_CODE,	/* 6 digits, of any script, kept as ASCII; blanks and dashes dropped */
	FIELD_RECOVERY, /* letters, digits, dashes; upper case; blanks dropped */
	FIELD_CHOICE	/* one of a few: Left, Right and Space go round; nothing is typed */
};

struct field {
	enum field_kind kind;
	size_t points;		    /* most code points */
	struct secret *text;	    /* UTF-8, text->length bytes, always NUL-terminated */
	size_t cursor;		    /* byte offset, on a character's boundary */
	const char *const *choices; /* FIELD_CHOICE: message ids, borrowed; */
	size_t count, chosen;	    /* how many, and which */
};

/* points: at most 4,096; choices are set afterwards. ERR_MEMORY. The caller gives it to
 * field_close(). */
MUST_CHECK enum err
field_open(struct field *field, enum field_kind kind, size_t points);

void
field_close(struct field *field);

void
field_clear(struct field *field);

bool
field_empty(const struct field *field);

/* The text, NUL-terminated; borrowed, until the next change. */
const char *
field_text(const struct field *field);

MUST_CHECK enum err
field_set(struct field *field, const char *text);

/*
 * Handles typed and pasted text (EVENT_TEXT, EVENT_BAD), cursor and editing keys. *ret_used:
 * whether the event was for the field (also when refused). Errors: ERR_FIELD_LONG, _CONTROL, _UTF8,
 * _DIGITS, ERR_RECOVERY_FORMAT; the text stays as it was, only that character is refused. Line ends
 * and, in a code or recovery field, blanks, characters that nobody sees, and dashes of a paste are
 * dropped without an error.
 */
MUST_CHECK enum err
field_handle(struct field *field, const struct event *event, bool *ret_used);

/*
 * What to show in columns: the part around the cursor, '*' for each character of a password, padded
 * by nothing. buf has room for columns * 4 + 1 bytes... *ret_cursor is the cursor's column, at most
 * columns - 1.
 */
void
field_show(const struct field *field, size_t columns, char *buf, size_t size, size_t *ret_cursor);

#endif
