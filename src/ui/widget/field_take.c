/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/field_take.h"

#include "core/text.h"

static bool
is_code(enum field_kind kind)
{
	return kind == FIELD_CODE || kind == FIELD_RECOVERY;
}

/* Whether a character is dropped without a word. */
static bool
dropped(enum field_kind kind, const struct event *event)
{
	if (event->point == '\n')
		return true;
	if (!is_code(kind))
		return false;
	return event->point == '\t' || text_blank(event->point) || text_unseen(event->point) ||
	    (text_dash(event->point) && (event->pasted || kind == FIELD_CODE));
}

static enum err
refusal(enum field_kind kind, uint32_t point)
{
	switch (kind) {
	case FIELD_CODE:
		return text_digit(point) >= 0 ? ERR_OK : ERR_FIELD_DIGITS;
	case FIELD_RECOVERY:
		return text_digit(point) >= 0 || text_letter(point) || point == '-'
		    ? ERR_OK
		    : ERR_RECOVERY_FORMAT;
	case FIELD_PASSWORD:
		return point < 0x20 || (point >= 0x7f && point < 0xa0) ? ERR_FIELD_CONTROL : ERR_OK;
	case FIELD_CHOICE:
		break;
	case FIELD_TEXT:
		return text_visible(point) ? ERR_OK : ERR_FIELD_CONTROL;
	}
	return ERR_FIELD_CONTROL;
}

enum err
field_take(enum field_kind kind, const struct event *event, uint32_t *ret_point)
{
	uint32_t point = event->point;
	enum err err;

	if (dropped(kind, event)) {
		*ret_point = FIELD_TAKE_NOTHING;
		return ERR_OK;
	}
	if (is_code(kind))
		point = text_code_point(point);
	err = refusal(kind, point);
	if (err != ERR_OK)
		return err;
	if (kind == FIELD_RECOVERY && point >= 'a' && point <= 'z')
		point -= 'a' - 'A';
	*ret_point = point;
	return ERR_OK;
}
