/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a terminal sends, through the decoder alone, with its clock. The first byte tells what the
 * terminal is; of the rest 0xfe is a pause, and the byte behind it how long. Whatever comes, events
 * are what event.h says, a paste presses no key, and after a silence, and the end of a paste, "xyz"
 * is "xyz" and Enter is Enter.
 */
#include "fuzz.h"

#include <string.h>

#include "ui/terminal/decoder.h"

enum { PAUSE = 0xfe, PAUSE_UNIT = 20 /* ms */, SILENCE = 6000 };

struct typing {
	struct decoder decoder;
	bool pasting;
	int64_t now;
	struct event last[DECODER_EVENTS];
	unsigned count;
};

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
check(struct typing *typing)
{
	MUST(typing->count <= DECODER_EVENTS);
	for (unsigned i = 0; i < typing->count; i++) {
		const struct event *event = &typing->last[i];

		if (event->type == EVENT_PASTE_START || event->type == EVENT_PASTE_END)
			typing->pasting = event->type == EVENT_PASTE_START;
		else if (event->type == EVENT_KEY)
			MUST(!typing->pasting && event->key > KEY_NONE_ && event->key < KEY_SPACE_);
		else if (event->type == EVENT_TEXT)
			MUST(event->pasted == typing->pasting && text_possible(event));
		else
			MUST(event->type == EVENT_BAD && event->pasted == typing->pasting);
	}
	MUST(typing->pasting == typing->decoder.pasting);
	MUST(typing->decoder.sequence.count <= SEQUENCE_NUMBERS + 1);
	MUST(typing->decoder.sequence.sub <= SEQUENCE_SUBS);
	MUST(typing->decoder.sequence.length <= SEQUENCE_RAW + 1);
	MUST(typing->decoder.sequence.text_length <= SEQUENCE_TEXT + 1);
}

static void
feed(struct typing *typing, uint8_t byte)
{
	typing->count = decoder_feed(&typing->decoder, byte, typing->now, typing->last);
	check(typing);
}

static void
be_silent(struct typing *typing, int milliseconds)
{
	int wait = decoder_wait(&typing->decoder, typing->now);

	MUST(wait <= DECODER_ESCAPE_MS);
	if (wait >= 0 && wait < milliseconds) {
		typing->count = decoder_idle(&typing->decoder, typing->now + wait, typing->last);
		check(typing);
		MUST(decoder_wait(&typing->decoder, typing->now + wait) == -1);
	}
	typing->now += milliseconds;
}

static void
is_typed(struct typing *typing, uint8_t byte)
{
	unsigned held = (unsigned)typing->decoder.late.count;
	const struct event *event = &typing->last[held];

	feed(typing, byte);
	/* Of what was begun before the silence nothing is left but that it was cut off, and what
	 * might have been an answer that is owed. */
	for (unsigned i = 0; i < held; i++)
		MUST(typing->last[i].type == EVENT_TEXT);
	if (typing->count == held + 2 && event->type == EVENT_BAD)
		event++;
	else
		MUST(typing->count == held + 1);
	if (byte == '\r')
		MUST(event->type == EVENT_KEY && event->key == KEY_ENTER_);
	else
		MUST(event->type == EVENT_TEXT && event->point == byte);
	MUST(!event->pasted);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct decoder_key keys[] = { { "\033[M", 3, KEY_HELP_ },
		{ "\033A", 2, KEY_UP_ } };
	static const char end_of_paste[] = "\033[201~", person[] = "xyz\r";
	struct typing typing = { .decoder = { .escape = DECODER_ESCAPE_MS }, .now = 1000 };

	if (size == 0)
		return 0;
	typing.decoder.sequence.no_mouse = (data[0] & 1) != 0;
	typing.decoder.owed = (data[0] & 2) != 0;
	typing.decoder.keys = keys;
	typing.decoder.key_count = (data[0] & 1) != 0 ? sizeof keys / sizeof keys[0] : 0;
	for (size_t i = 1; i < size; i++)
		if (data[i] == PAUSE && i + 1 < size)
			be_silent(&typing, data[++i] * PAUSE_UNIT);
		else
			feed(&typing, data[i]);
	be_silent(&typing, SILENCE);
	for (size_t i = 0; typing.pasting && i < sizeof end_of_paste - 1; i++)
		feed(&typing, (uint8_t)end_of_paste[i]);
	MUST(!typing.pasting);
	for (size_t i = 0; i < sizeof person - 1; i++)
		is_typed(&typing, (uint8_t)person[i]);
	return 0;
}
