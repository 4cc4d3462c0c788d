/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/keyboard.h"

/* Modifiers less one, as xterm and kitty number them. */
enum {
	SHIFT = 1,
	ALT = 2,
	CTRL = 4,
	OTHER = 8 | 16 | 32, /* Super, Hyper, Meta */
	CAPS_LOCK = 64
};

enum {
	EVENT_RELEASE = 3,     /* of the kitty protocol */
	NUMBER_OTHER_KEY = 27, /* modifyOtherKeys: ESC [ 27 ; modifiers ; character ~ */
	NUMBER_PASTE_START = 200,
	NUMBER_PASTE_END = 201,
	PRIVATE_FIRST = 0xe000, /* kitty's numbers of keys without a character */
	PRIVATE_LAST = 0xf8ff
};

struct named {
	unsigned number; /* or character */
	enum key key;
};

static const struct named controls[] = { { 0x01, KEY_HOME_ }, { 0x03, KEY_INTERRUPT },
	{ 0x04, KEY_EOF }, { 0x05, KEY_END_ }, { 0x08, KEY_BACKSPACE_ }, { 0x09, KEY_TAB },
	{ 0x0a, KEY_ENTER_ }, { 0x0b, KEY_KILL_REST }, { 0x0c, KEY_REDRAW }, { 0x0d, KEY_ENTER_ },
	{ 0x15, KEY_KILL_LINE }, { 0x17, KEY_KILL_WORD }, { 0x18, KEY_STOP }, { 0x1b, KEY_ESC },
	{ 0x7f, KEY_BACKSPACE_ }, { 0 } };

/* Alt and a character. Tab is the Linux console's Shift-Tab. ^C ends whatever else is held. */
static const struct named alts[] = { { 'b', KEY_WORD_LEFT }, { 'f', KEY_WORD_RIGHT },
	{ 'd', KEY_KILL_NEXT_WORD }, { 0x03, KEY_INTERRUPT }, { 0x08, KEY_KILL_WORD },
	{ 0x09, KEY_BACKTAB }, { 0x7f, KEY_KILL_WORD }, { 0 } };

/* ESC [ and a letter, or ESC O and one. E is the number pad's 5 without Num Lock. */
static const struct named letters[] = { { 'A', KEY_UP_ }, { 'B', KEY_DOWN_ }, { 'C', KEY_RIGHT_ },
	{ 'D', KEY_LEFT_ }, { 'E', KEY_NONE_ }, { 'F', KEY_END_ }, { 'H', KEY_HOME_ },
	{ 'P', KEY_HELP_ }, { 'Q', KEY_NONE_ }, { 'S', KEY_NONE_ }, { 'Z', KEY_BACKTAB }, { 0 } };

/* rxvt: Shift (ESC [) or Ctrl (ESC O) and an arrow. */
static const struct named small_letters[] = { { 'a', KEY_UP_ }, { 'b', KEY_DOWN_ },
	{ 'c', KEY_RIGHT_ }, { 'd', KEY_LEFT_ }, { 0 } };

/* ESC [ number ~; 2 is Insert. */
static const struct named numbers[] = { { 1, KEY_HOME_ }, { 2, KEY_NONE_ }, { 3, KEY_DELETE },
	{ 4, KEY_END_ }, { 5, KEY_PAGE_UP }, { 6, KEY_PAGE_DOWN }, { 7, KEY_HOME_ },
	{ 8, KEY_END_ }, { 11, KEY_HELP_ }, { 0 } };

/* kitty's number pad without Num Lock. */
static const struct named kitty[] = { { 57414, KEY_ENTER_ }, { 57417, KEY_LEFT_ },
	{ 57418, KEY_RIGHT_ }, { 57419, KEY_UP_ }, { 57420, KEY_DOWN_ }, { 57421, KEY_PAGE_UP },
	{ 57422, KEY_PAGE_DOWN }, { 57423, KEY_HOME_ }, { 57424, KEY_END_ }, { 57426, KEY_DELETE },
	{ 0 } };

/* The number pad: the letter after ESC O, kitty's number, and what it types. */
static const struct {
	unsigned char letter, text;
	unsigned number;
} pad[] = { { 'p', '0', 57399 }, { 'q', '1', 57400 }, { 'r', '2', 57401 }, { 's', '3', 57402 },
	{ 't', '4', 57403 }, { 'u', '5', 57404 }, { 'v', '6', 57405 }, { 'w', '7', 57406 },
	{ 'x', '8', 57407 }, { 'y', '9', 57408 }, { 'n', '.', 57409 }, { 'o', '/', 57410 },
	{ 'j', '*', 57411 }, { 'm', '-', 57412 }, { 'k', '+', 57413 }, { 'X', '=', 57415 },
	{ 'l', ',', 57416 }, { ' ', ' ', 0 } };

/* What some keys become when a modifier is held; the others stay what they are. */
static const struct {
	enum key key;
	unsigned held;
	enum key becomes;
} held_keys[] = { { KEY_LEFT_, ALT | CTRL, KEY_WORD_LEFT },
	{ KEY_RIGHT_, ALT | CTRL, KEY_WORD_RIGHT }, { KEY_BACKSPACE_, ALT | CTRL, KEY_KILL_WORD },
	{ KEY_DELETE, ALT | CTRL, KEY_KILL_NEXT_WORD }, { KEY_TAB, SHIFT | ALT, KEY_BACKTAB },
	{ KEY_ENTER_, ALT | OTHER, KEY_NONE_ }, { KEY_ESC, ALT | OTHER, KEY_NONE_ } };

static const struct keyboard_meaning nothing = { .kind = KEYBOARD_NOTHING };
static const struct keyboard_meaning report = { .kind = KEYBOARD_REPORT };

static const struct named *
look_up(const struct named *table, unsigned number)
{
	for (; table->number != 0; table++)
		if (table->number == number)
			return table;
	return NULL;
}

enum key
keyboard_control(uint32_t point)
{
	const struct named *row = look_up(controls, point);

	return row != NULL ? row->key : KEY_NONE_;
}

static struct keyboard_meaning
key(enum key key, unsigned held)
{
	struct keyboard_meaning meaning = { .kind = KEYBOARD_KEY, .key = key };

	for (size_t i = 0; i < sizeof held_keys / sizeof held_keys[0]; i++)
		if (held_keys[i].key == key && (held & held_keys[i].held) != 0) {
			meaning.key = held_keys[i].becomes;
			break;
		}
	return meaning.key != KEY_NONE_ ? meaning : nothing;
}

static struct keyboard_meaning
text(uint32_t point)
{
	struct keyboard_meaning meaning = { .kind = KEYBOARD_TEXT, .point = point };

	return meaning;
}

static struct keyboard_meaning
control(uint32_t point)
{
	struct keyboard_meaning meaning = { .kind = KEYBOARD_CONTROL, .point = point };

	return meaning;
}

static struct keyboard_meaning
alt(unsigned character)
{
	const struct named *row = look_up(alts,
	    character | (character >= 'A' && character <= 'Z' ? 'a' - 'A' : 0));

	return row != NULL ? key(row->key, 0) : nothing;
}

/* --- CSI u, kitty, modifyOtherKeys ------------------------------------------ */

/* The modifiers in a number of a sequence; without that number none. */
static unsigned
held_in(const struct sequence *sequence, size_t index)
{
	return sequence_number(sequence, index, 1) - 1;
}

static bool
released(const struct sequence *sequence)
{
	return sequence->count > 1 && sequence->number[1][1] == EVENT_RELEASE;
}

static bool
is_letter(unsigned character)
{
	return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

/* Ctrl and a character, as keyboards without these protocols have it: the control character. */
static struct keyboard_meaning
with_ctrl(unsigned character)
{
	if (is_letter(character) || (character >= '@' && character <= '_'))
		return control(character & 0x1f);
	return nothing;
}

/* A character of which no C0 or C1 control is one. */
static bool
is_text(unsigned point)
{
	return point >= 0x20 && point <= 0x10ffff && (point < 0x7f || point > 0x9f) &&
	    (point < 0xd800 || point > 0xdfff);
}

/* A letter as Shift and Caps Lock make it; other characters come as they are. */
static unsigned
shifted(unsigned character, unsigned held)
{
	bool shift = (held & SHIFT) != 0, lock = (held & CAPS_LOCK) != 0;

	if (character >= 'a' && character <= 'z' && shift != lock)
		return character - ('a' - 'A');
	return character;
}

static struct keyboard_meaning
pad_number(unsigned number)
{
	for (size_t i = 0; i < sizeof pad / sizeof pad[0]; i++)
		if (pad[i].number == number)
			return text(pad[i].text);
	return nothing;
}

/* A key that types a character, or one of kitty's numbers. */
static struct keyboard_meaning
character_key(unsigned character, unsigned held)
{
	const struct named *row = look_up(kitty, character);
	enum key control_key = keyboard_control(character);

	if (row != NULL || (control_key != KEY_NONE_ && (character < 0x20 || character == 0x7f)))
		return key(row != NULL ? row->key : control_key, held);
	if (character >= PRIVATE_FIRST && character <= PRIVATE_LAST)
		return (held & (ALT | CTRL | OTHER)) != 0 ? nothing : pad_number(character);
	if ((held & ALT) != 0 && (held & CTRL) == 0)
		return alt(character);
	if ((held & OTHER) != 0)
		return nothing;
	if ((held & CTRL) != 0)
		return with_ctrl(character);
	return is_text(character) ? text(shifted(character, held)) : nothing;
}

/* ESC [ key : shifted : on a US keyboard ; modifiers : press or release ; text u */
static struct keyboard_meaning
csi_u(const struct sequence *sequence)
{
	const unsigned *parts = sequence->number[0];
	unsigned held = held_in(sequence, 1);
	unsigned character = parts[0];

	if (released(sequence))
		return nothing;
	if ((held & (ALT | CTRL | OTHER)) == 0) {
		if (is_text(sequence_number(sequence, 2, 0)))
			return text(sequence->number[2][0]);
		if ((held & SHIFT) != 0 && is_text(parts[1]))
			return text(parts[1]);
	} else if (character > 0x7f && is_letter(parts[2])) {
		character = parts[2]; /* Ctrl-C on a Cyrillic keyboard */
	}
	return character_key(character, held);
}

/* --- sequences ---------------------------------------------------------------- */

/* ESC [ number ~, or what rxvt has instead of '~' when keys are held. */
static struct keyboard_meaning
numbered(const struct sequence *sequence, unsigned held)
{
	unsigned number = sequence_number(sequence, 0, 0);
	const struct named *row = look_up(numbers, number);

	if (number == NUMBER_OTHER_KEY && sequence->count > 2)
		return character_key(sequence_number(sequence, 2, 0), held_in(sequence, 1));
	if (number == NUMBER_PASTE_START)
		return (struct keyboard_meaning){ .kind = KEYBOARD_PASTE_START };
	if (number == NUMBER_PASTE_END)
		return (struct keyboard_meaning){ .kind = KEYBOARD_PASTE_END };
	return row != NULL && !released(sequence) ? key(row->key, held | held_in(sequence, 1))
						  : nothing;
}

static struct keyboard_meaning
lettered(const struct sequence *sequence, const struct named *row, unsigned held)
{
	/* Old ones leave the first number, which is always 1, out. */
	size_t index = sequence->count == 1 ? 0 : 1;

	if (released(sequence))
		return nothing;
	return key(row->key, held | held_in(sequence, index));
}

static struct keyboard_meaning
csi(const struct sequence *sequence)
{
	unsigned held = sequence->escapes == 2 ? ALT : 0;
	const struct named *row = look_up(letters, sequence->final);

	if (sequence->mark != 0)
		return report;
	if (sequence->final == '$' && sequence->between == 0)
		return numbered(sequence, held | SHIFT);
	if (sequence->between != 0)
		return report;
	if (row != NULL)
		return lettered(sequence, row, held);
	row = sequence->count == 0 ? look_up(small_letters, sequence->final) : NULL;
	if (row != NULL)
		return key(row->key, held | SHIFT);
	switch (sequence->final) {
	case '~':
		return numbered(sequence, held);
	case '^':
		return numbered(sequence, held | CTRL);
	case '@':
		return numbered(sequence, held | CTRL | SHIFT);
	case 'u':
		return csi_u(sequence);
	default:
		return report;
	}
}

static struct keyboard_meaning
ss3(const struct sequence *sequence)
{
	unsigned held = sequence->escapes == 2 ? ALT : 0;
	const struct named *row = look_up(letters, sequence->final);

	if (row != NULL)
		return lettered(sequence, row, held);
	row = look_up(small_letters, sequence->final);
	if (row != NULL)
		return key(row->key, held | CTRL);
	if (sequence->final == 'M' || sequence->final == 'I')
		return key(sequence->final == 'M' ? KEY_ENTER_ : KEY_TAB, held);
	for (size_t i = 0; held == 0 && i < sizeof pad / sizeof pad[0]; i++)
		if (pad[i].letter == sequence->final)
			return text(pad[i].text);
	return nothing;
}

struct keyboard_meaning
keyboard_read(const struct sequence *sequence)
{
	switch (sequence->kind) {
	case SEQUENCE_ESCAPE:
		return sequence->between == 0 ? alt(sequence->final) : nothing;
	case SEQUENCE_CSI:
		return csi(sequence);
	case SEQUENCE_SS3:
		return ss3(sequence);
	case SEQUENCE_LINUX:
		return sequence->final == 'A' ? key(KEY_HELP_, 0) : nothing;
	case SEQUENCE_MOUSE:
	case SEQUENCE_STRING:
		return report;
	}
	return report;
}
