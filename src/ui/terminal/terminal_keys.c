/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What terminfo knows of the keys of a terminal (terminfo(5)), for those that send what no other
 * does. keyboard.c knows what all send, whatever terminfo says.
 */
#include "ui/terminal/terminal_inside.h"

#include <string.h>
#include <term.h>

static const struct {
	const char *name;
	enum key key;
} capabilities[] = { { "kcuu1", KEY_UP_ }, { "kcud1", KEY_DOWN_ }, { "kcuf1", KEY_RIGHT_ },
	{ "kcub1", KEY_LEFT_ }, { "khome", KEY_HOME_ }, { "kend", KEY_END_ },
	{ "kpp", KEY_PAGE_UP }, { "knp", KEY_PAGE_DOWN }, { "kdch1", KEY_DELETE },
	{ "kcbt", KEY_BACKTAB }, { "kf1", KEY_HELP_ }, { "khlp", KEY_HELP_ },
	{ "kent", KEY_ENTER_ }, { "kbs", KEY_BACKSPACE_ } };

enum { PAD_SIZE = 32 };

static const char x10_mouse[] = "\033[M";

/*
 * Some keep what the program before them asked for. The kitty protocol's flags stand on a stack of
 * the screen (alternate or main) that is shown. modifyOtherKeys has none: "ESC [ > 4 m" is what the
 * user has set up (XTMODKEYS in xterm's ctlseqs); who does not know it and takes it for colours
 * reads the 0 last.
 */
const char terminal_keys_plain[] = "\033[>0u\033[>4;0m";
const char terminal_keys_back[] = "\033[<u\033[>4m";

static void
learn(struct terminal *terminal, const char *bytes, enum key key)
{
	struct decoder_key *row = &terminal->keys[terminal->key_count];
	size_t length = strlen(bytes);

	if (terminal->key_count == TERMINAL_KEYS || length < 2 || length > sizeof row->bytes ||
	    bytes[0] != '\033')
		return;
	memcpy(row->bytes, bytes, length);
	row->length = length;
	row->key = key;
	terminal->key_count++;
	if (strcmp(bytes, x10_mouse) == 0)
		terminal->decoder.sequence.no_mouse = true;
}

void
terminal_keys(struct terminal *terminal)
{
	for (size_t i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++) {
		const char *bytes = tigetstr(capabilities[i].name);

		if (bytes != NULL && bytes != (const char *)-1)
			learn(terminal, bytes, capabilities[i].key);
	}
	terminal->decoder.keys = terminal->keys;
	terminal->decoder.key_count = terminal->key_count;
	terminal->decoder.escape = get_escdelay();
}

const char *
terminal_keys_pad(void)
{
	return keypad_local != NULL && strlen(keypad_local) <= PAD_SIZE ? keypad_local : "";
}
