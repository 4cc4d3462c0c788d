/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/decoder.h"

#include <string.h>

#include "core/secret.h"
#include "ui/terminal/keyboard.h"

enum { ESC = 0x1b, ALT_MS = 20, KEY_MS = 1000, STRING_MS = 3000, BY_ESCAPE = -1 };

static const char end_mark[] = "\033[201~";

/* How much silence ends what was begun. */
static const int limits[SEQUENCE_STATES] = { [SEQUENCE_AT_ESCAPE] = BY_ESCAPE,
	[SEQUENCE_AT_ESCAPE_MORE] = BY_ESCAPE,
	[SEQUENCE_AT_CSI_FIRST] = KEY_MS,
	[SEQUENCE_AT_CSI_ONE] = KEY_MS,
	[SEQUENCE_AT_CSI] = KEY_MS,
	[SEQUENCE_AT_SS3] = KEY_MS,
	[SEQUENCE_AT_LINUX] = KEY_MS,
	[SEQUENCE_AT_MOUSE] = KEY_MS,
	[SEQUENCE_AT_STRING] = STRING_MS,
	[SEQUENCE_AT_STRING_ESCAPE] = STRING_MS };

/* Where events go. */
struct out {
	struct event *events;
	unsigned count;
};

static void
add(struct out *out, const struct decoder *decoder, enum event_type type, enum key key,
    uint32_t point)
{
	out->events[out->count++] =
	    (struct event){ .type = type, .key = key, .point = point, .pasted = decoder->pasting };
}

static void
add_bad(struct out *out, const struct decoder *decoder, uint32_t point)
{
	add(out, decoder, EVENT_BAD, KEY_NONE_, point);
}

static void
add_text(struct out *out, const struct decoder *decoder, uint32_t point)
{
	if (point >= 0x80 && point < 0xa0)
		add_bad(out, decoder, point);
	else
		add(out, decoder, EVENT_TEXT, point == ' ' ? KEY_SPACE_ : KEY_NONE_, point);
}

/* A key: pasted it is nothing that can be pressed. */
static void
add_key(struct out *out, const struct decoder *decoder, enum key key)
{
	if (decoder->pasting)
		add_bad(out, decoder, ESC);
	else
		add(out, decoder, EVENT_KEY, key, 0);
}

/* A control character: pasted it is text or nothing, so that a paste never presses a key. */
static void
add_control(struct out *out, const struct decoder *decoder, uint32_t point)
{
	enum key key = keyboard_control(point);

	if (decoder->pasting && point == '\t')
		add(out, decoder, EVENT_TEXT, KEY_NONE_, '\t');
	else if (decoder->pasting && (point == '\n' || point == '\r'))
		add(out, decoder, EVENT_TEXT, KEY_NONE_, '\n');
	else if (decoder->pasting)
		add_bad(out, decoder, point);
	else if (key != KEY_NONE_)
		add(out, decoder, EVENT_KEY, key, 0);
	else if (point != 0x1a && point != 0x1c) /* ^Z and ^\ are silently ignored (DESIGN 5.1) */
		add_bad(out, decoder, point);
}

/* --- characters ------------------------------------------------------------- */

/* A character that does not end is told; what comes now is another. */
static void
cut_off(struct decoder *decoder, struct out *out)
{
	if (decoder->utf8.need > 0 && !decoder->alt)
		add_bad(out, decoder, EVENT_POINT_BAD);
	decoder->utf8 = (struct utf8){ 0 };
	decoder->alt = false;
}

static void
character(struct decoder *decoder, unsigned char byte, struct out *out)
{
	enum utf8_found found = utf8_feed(&decoder->utf8, byte);
	uint32_t point = decoder->utf8.point;

	if (found == UTF8_CUT) {
		if (!decoder->alt)
			add_bad(out, decoder, EVENT_POINT_BAD);
		decoder->alt = false;
		found = utf8_feed(&decoder->utf8, byte);
		point = decoder->utf8.point;
	}
	if (found == UTF8_MORE)
		return;
	if (!decoder->alt) {
		if (found == UTF8_BAD)
			add_bad(out, decoder, EVENT_POINT_BAD);
		else if (point < 0x20 || point == 0x7f)
			add_control(out, decoder, point);
		else
			add_text(out, decoder, point);
	}
	cut_off(decoder, out);
}

/* --- sequences -------------------------------------------------------------- */

/* The key that terminfo knows by these bytes, or KEY_NONE_. */
static enum key
known(const struct decoder *decoder)
{
	const struct sequence *sequence = &decoder->sequence;

	for (size_t i = 0; i < decoder->key_count; i++)
		if (decoder->keys[i].length == sequence->length &&
		    memcmp(decoder->keys[i].bytes, sequence->raw, sequence->length) == 0)
			return decoder->keys[i].key;
	return KEY_NONE_;
}

/* Two ESC of which the second began no key: the first was one. */
static void
first_esc(const struct decoder *decoder, struct out *out)
{
	if (decoder->sequence.escapes == 2)
		add_key(out, decoder, KEY_ESC);
}

static void
mean(struct decoder *decoder, const struct keyboard_meaning *meaning, struct out *out)
{
	switch (meaning->kind) {
	case KEYBOARD_NOTHING:
		break;
	case KEYBOARD_REPORT:
		first_esc(decoder, out);
		decoder->reported = true;
		decoder->report = decoder->sequence;
		break;
	case KEYBOARD_KEY:
		add_key(out, decoder, meaning->key);
		break;
	case KEYBOARD_TEXT:
		if (decoder->pasting)
			add_bad(out, decoder, ESC);
		else
			add_text(out, decoder, meaning->point);
		break;
	case KEYBOARD_CONTROL:
		if (decoder->pasting)
			add_bad(out, decoder, ESC);
		else
			add_control(out, decoder, meaning->point);
		break;
	case KEYBOARD_PASTE_START:
	case KEYBOARD_PASTE_END:
		first_esc(decoder, out);
		decoder->pasting = meaning->kind == KEYBOARD_PASTE_START;
		add(out, decoder, decoder->pasting ? EVENT_PASTE_START : EVENT_PASTE_END, KEY_NONE_,
		    0);
		break;
	}
}

/* ESC and a byte: Alt and a key; in a paste just two bytes. */
static void
escape(struct decoder *decoder, struct out *out)
{
	struct keyboard_meaning meaning = keyboard_read(&decoder->sequence);
	unsigned char byte = decoder->sequence.final;

	first_esc(decoder, out);
	if (decoder->pasting) {
		add_bad(out, decoder, ESC);
		if (decoder->sequence.between == 0)
			character(decoder, byte, out);
		return;
	}
	decoder->alt = byte >= 0x80;
	if (decoder->alt)
		character(decoder, byte, out);
	else
		mean(decoder, &meaning, out);
}

static void
whole(struct decoder *decoder, struct out *out)
{
	struct keyboard_meaning meaning;
	enum key key = known(decoder);

	if (key != KEY_NONE_) {
		add_key(out, decoder, key);
	} else if (decoder->sequence.kind == SEQUENCE_ESCAPE) {
		escape(decoder, out);
	} else {
		meaning = keyboard_read(&decoder->sequence);
		mean(decoder, &meaning, out);
		secret_wipe(&meaning, sizeof meaning);
	}
	sequence_reset(&decoder->sequence);
}

/* --- time ------------------------------------------------------------------- */

static int
limit(const struct decoder *decoder)
{
	int milliseconds = limits[decoder->sequence.state];

	return milliseconds == BY_ESCAPE ? decoder->escape : milliseconds;
}

/* What was begun will not go on, unless as an answer. */
static void
silence(struct decoder *decoder, struct out *out)
{
	if (decoder->sequence.state == SEQUENCE_AT_ESCAPE)
		for (unsigned i = 0; i < decoder->sequence.escapes; i++)
			add_key(out, decoder, KEY_ESC);
	if (decoder->owed)
		answer_begin(&decoder->late, &decoder->sequence);
	sequence_reset(&decoder->sequence);
}

/* Whether the byte is, or may be, of a late answer. What was held and is none was typed. */
static bool
late(struct decoder *decoder, unsigned char byte, struct out *out)
{
	struct answer *answer = &decoder->late;

	switch (answer_feed(answer, byte)) {
	case ANSWER_MORE:
		return true;
	case ANSWER_WHOLE:
		decoder->reported = true;
		decoder->report = answer->sequence;
		answer_reset(answer);
		return true;
	case ANSWER_NONE:
		break;
	}
	for (size_t i = 0; i < answer->count; i++)
		add_text(out, decoder, answer->held[i]);
	answer_reset(answer);
	return false;
}

/* Whether something is open that silence ends, of which there was more than `limit`. */
static bool
open_too_long(const struct decoder *decoder, int64_t silent)
{
	return !decoder->pasting && decoder->sequence.state != SEQUENCE_AT_GROUND &&
	    silent > limit(decoder);
}

/* Two ESC are Alt and a key that begins with ESC, or the key Esc and another: a terminal sends the
 * first at once, and no hand is that quick. */
static bool
pressed_apart(const struct decoder *decoder, unsigned char byte, int64_t silent)
{
	return byte == ESC && !decoder->pasting && silent > ALT_MS &&
	    decoder->sequence.state == SEQUENCE_AT_ESCAPE;
}

unsigned
decoder_feed(struct decoder *decoder, unsigned char byte, int64_t now,
    struct event events[DECODER_EVENTS])
{
	struct out out = { events, 0 };

	if (open_too_long(decoder, now - decoder->last) ||
	    pressed_apart(decoder, byte, now - decoder->last))
		silence(decoder, &out);
	decoder->last = now;
	decoder->reported = false;
	if (late(decoder, byte, &out))
		return out.count;
	switch (sequence_feed(&decoder->sequence, byte)) {
	case SEQUENCE_MORE:
		cut_off(decoder, &out);
		break;
	case SEQUENCE_PLAIN:
		character(decoder, byte, &out);
		break;
	case SEQUENCE_LONE_ESC:
		add_key(&out, decoder, KEY_ESC);
		break;
	case SEQUENCE_WHOLE:
		whole(decoder, &out);
		break;
	}
	return out.count;
}

unsigned
decoder_idle(struct decoder *decoder, int64_t now, struct event events[DECODER_EVENTS])
{
	struct out out = { events, 0 };

	if (open_too_long(decoder, now - decoder->last + 1))
		silence(decoder, &out);
	return out.count;
}

int
decoder_wait(const struct decoder *decoder, int64_t now)
{
	int64_t left = decoder->last + decoder->escape - now;

	if (decoder->pasting || decoder->sequence.state != SEQUENCE_AT_ESCAPE)
		return -1;
	return left > 0 ? (int)left : 0;
}

unsigned
decoder_end_paste(struct decoder *decoder, struct event events[DECODER_EVENTS])
{
	struct out out = { events, 0 };

	sequence_reset(&decoder->sequence);
	decoder->utf8 = (struct utf8){ 0 };
	decoder->pasting = false;
	add(&out, decoder, EVENT_PASTE_END, KEY_NONE_, 0);
	return out.count;
}

bool
decoder_in_end_mark(const struct decoder *decoder)
{
	const struct sequence *sequence = &decoder->sequence;

	return sequence->state != SEQUENCE_AT_GROUND && sequence->length < sizeof end_mark - 1 &&
	    memcmp(sequence->raw, end_mark, sequence->length) == 0;
}
