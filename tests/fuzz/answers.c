/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What real terminals answered (recorded.h), at any moment, in two pieces, while somebody types.
 * Three bytes are an answer: which, where it is cut, and how long the pause there is; the letter
 * that follows is the one thing that is typed. And what the probe makes of them is one of what it
 * can find, in its time.
 */
#include "fuzz.h"

#include <string.h>

#include "recorded.h"
#include "ui/terminal/decoder.h"
#include "ui/terminal/palette.h"
#include "ui/terminal/probe.h"

enum { STEP = 3, SLOWEST = 990, PASTE = 0x80, DARK = 16, LIGHT = 231 };

struct line {
	struct decoder decoder;
	struct probe probe;
	struct palette palette;
};

static void
is_probed(struct line *line, int64_t now)
{
	enum probe_found found;

	probe_report(&line->probe, &line->decoder.report);
	found = probe_found(&line->probe, now);
	if (line->probe.width_due) {
		MUST(found == PROBE_NARROW && !line->probe.coding);
		probe_width_asked(&line->probe);
	}
	MUST(!line->probe.width || found == PROBE_NARROW);
	MUST(found != PROBE_UNKNOWN || probe_left(&line->probe, now) > 0);
}

/* An answer is of one colour, which was owed, and what is missing changes nothing. */
static void
is_coloured(struct line *line)
{
	struct palette *palette = &line->palette, before = *palette;
	int answers = 0;

	palette_report(palette, &line->decoder.report);
	for (int i = PALETTE_DARK; i < PALETTE_COLOURS; i++) {
		answers += palette->known[i] != before.known[i];
		MUST(palette->owed[i] != palette->known[i]);
		MUST(!before.known[i] || palette->known[i]);
		MUST(palette->luminance[i] >= 0 && palette->luminance[i] <= 1);
	}
	MUST(answers <= (line->decoder.report.kind == SEQUENCE_STRING));
	MUST(palette_choice(palette) == PALETTE_USUAL ||
	    (palette->known[PALETTE_DARK] && palette->known[PALETTE_LIGHT]));
}

static void
nothing_comes(struct line *line, const char *bytes, size_t length, int64_t now)
{
	struct event events[DECODER_EVENTS];

	for (size_t i = 0; i < length; i++) {
		MUST(decoder_feed(&line->decoder, (unsigned char)bytes[i], now, events) == 0);
		if (!line->decoder.reported)
			continue;
		is_probed(line, now);
		is_coloured(line);
	}
}

/* Shorter where an ESC alone would be a key. */
static int
pause_at(const struct decoder *decoder, unsigned wish)
{
	bool hurried = decoder->sequence.state == SEQUENCE_AT_ESCAPE ||
	    decoder->sequence.state == SEQUENCE_AT_ESCAPE_MORE;

	return (int)(wish * SLOWEST / UINT8_MAX) % (hurried ? DECODER_ESCAPE_MS : SLOWEST + 1);
}

static void
marked(struct line *line, const char *mark, int64_t now)
{
	struct event events[DECODER_EVENTS];

	nothing_comes(line, mark, strlen(mark) - 1, now);
	MUST(decoder_feed(&line->decoder, '~', now, events) == 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct line line = { .decoder = { .escape = DECODER_ESCAPE_MS } };
	struct event events[DECODER_EVENTS];
	char questions[PALETTE_QUESTIONS_SIZE];
	int64_t now = 1000;

	probe_start(&line.probe, now);
	(void)palette_ask(&line.palette, DARK, LIGHT, questions);
	for (; size >= STEP; data += STEP, size -= STEP) {
		const char *answer = recorded[data[0] % RECORDED];
		size_t length = strlen(answer), cut = (data[1] & (PASTE - 1U)) % length;
		uint8_t letter = (uint8_t)('a' + data[2] % 26);
		bool paste = (data[1] & PASTE) != 0;

		if (paste)
			marked(&line, "\033[200~", now);
		nothing_comes(&line, answer, cut, now);
		now += pause_at(&line.decoder, data[2]);
		nothing_comes(&line, answer + cut, length - cut, now);
		MUST(decoder_feed(&line.decoder, letter, now, events) == 1);
		MUST(events[0].type == EVENT_TEXT && events[0].point == letter);
		MUST(events[0].pasted == paste);
		if (paste)
			marked(&line, "\033[201~", now);
	}
	return 0;
}
