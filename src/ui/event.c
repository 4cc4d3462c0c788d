/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/event.h"

/* The bytes that are keys when they are typed (not pasted). */
static const struct {
	unsigned char byte;
	enum key key;
} control_keys[] = { { 0x01, KEY_HOME_ }, { 0x03, KEY_INTERRUPT }, { 0x04, KEY_EOF },
	{ 0x05, KEY_END_ }, { 0x08, KEY_BACKSPACE_ }, { 0x09, KEY_TAB }, { 0x0a, KEY_ENTER_ },
	{ 0x0c, KEY_REDRAW }, { 0x0d, KEY_ENTER_ }, { 0x15, KEY_KILL_LINE },
	{ 0x17, KEY_KILL_WORD }, { 0x1b, KEY_ESC }, { 0x7f, KEY_BACKSPACE_ } };

/* The lead bytes of RFC 3629, 4: how many bytes follow, and the range of the first of them. */
static const struct {
	unsigned char first, last, need, low, high, mask;
} leads[] = { { 0xc2, 0xdf, 1, 0x80, 0xbf, 0x1f }, { 0xe0, 0xe0, 2, 0xa0, 0xbf, 0x0f },
	{ 0xe1, 0xec, 2, 0x80, 0xbf, 0x0f }, { 0xed, 0xed, 2, 0x80, 0x9f, 0x0f },
	{ 0xee, 0xef, 2, 0x80, 0xbf, 0x0f }, { 0xf0, 0xf0, 3, 0x90, 0xbf, 0x07 },
	{ 0xf1, 0xf3, 3, 0x80, 0xbf, 0x07 }, { 0xf4, 0xf4, 3, 0x80, 0x8f, 0x07 } };

static struct event
make(const struct decoder *decoder, enum event_type type, enum key key, uint32_t point)
{
	struct event event = { .type = type,
		.key = key,
		.point = point,
		.pasted = decoder->pasting };

	return event;
}

static struct event
bad(const struct decoder *decoder, uint32_t point)
{
	return make(decoder, EVENT_BAD, KEY_NONE_, point);
}

static struct event
text(const struct decoder *decoder, uint32_t point)
{
	if (point >= 0x80 && point < 0xa0)
		return bad(decoder, point);
	return make(decoder, EVENT_TEXT, point == ' ' ? KEY_SPACE_ : KEY_NONE_, point);
}

/* A control character: pasted it is text or nothing, so that a paste never presses a key. */
static struct event
control(const struct decoder *decoder, unsigned char byte)
{
	if (decoder->pasting) {
		if (byte == '\t')
			return make(decoder, EVENT_TEXT, KEY_NONE_, '\t');
		if (byte == '\n' || byte == '\r')
			return make(decoder, EVENT_TEXT, KEY_NONE_, '\n');
		return bad(decoder, byte);
	}
	for (size_t i = 0; i < sizeof control_keys / sizeof control_keys[0]; i++)
		if (control_keys[i].byte == byte)
			return make(decoder, EVENT_KEY, control_keys[i].key, 0);
	return bad(decoder, byte);
}

/* ^Z and ^\ are silently ignored (DESIGN 5.1). */
static bool
ignored(const struct decoder *decoder, unsigned char byte)
{
	return !decoder->pasting && (byte == 0x1a || byte == 0x1c);
}

static unsigned
lead(struct decoder *decoder, unsigned char byte, struct event *event)
{
	for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++)
		if (byte >= leads[i].first && byte <= leads[i].last) {
			decoder->point = byte & leads[i].mask;
			decoder->need = leads[i].need;
			decoder->low = leads[i].low;
			decoder->high = leads[i].high;
			return 0;
		}
	*event = bad(decoder, EVENT_POINT_BAD);
	return 1;
}

/* A byte that begins something. */
static unsigned
first_byte(struct decoder *decoder, unsigned char byte, struct event *event)
{
	if (ignored(decoder, byte))
		return 0;
	if (byte >= 0x80)
		return lead(decoder, byte, event);
	*event = byte < 0x20 || byte == 0x7f ? control(decoder, byte) : text(decoder, byte);
	return 1;
}

static unsigned
next_byte(struct decoder *decoder, unsigned char byte, struct event *event)
{
	decoder->point = decoder->point << 6 | (byte & 0x3f);
	decoder->low = 0x80;
	decoder->high = 0xbf;
	if (--decoder->need > 0)
		return 0;
	*event = text(decoder, decoder->point);
	return 1;
}

/* A key code of the terminal: inside a paste only the mark of its end means what it says. */
static struct event
key_code(struct decoder *decoder, int code)
{
	if (code == EVENT_CODE_PASTE_START || code == EVENT_CODE_PASTE_END) {
		decoder->pasting = code == EVENT_CODE_PASTE_START;
		return make(decoder, decoder->pasting ? EVENT_PASTE_START : EVENT_PASTE_END,
		    KEY_NONE_, 0);
	}
	if (decoder->pasting)
		return bad(decoder, 0x1b);
	return make(decoder, EVENT_KEY, (enum key)code, 0);
}

unsigned
event_decode(struct decoder *decoder, int code, bool is_key, struct event events[2])
{
	unsigned count = 0;

	if (decoder->need > 0) {
		if (!is_key && code >= (int)decoder->low && code <= (int)decoder->high)
			return next_byte(decoder, (unsigned char)code, events);
		decoder->need = 0;
		events[count++] = bad(decoder, EVENT_POINT_BAD);
	}
	if (is_key)
		events[count++] = key_code(decoder, code);
	else
		count += first_byte(decoder, (unsigned char)code, &events[count]);
	return count;
}
