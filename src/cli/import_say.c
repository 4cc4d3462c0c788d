/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of an import: formats, reasons, notes. */
#include <string.h>

#include "cli/import.h"

static const char *const formats[IMPORT_FORMATS] = {
	[IMPORT_GOOGLE] = "google-authenticator",
	[IMPORT_OATH] = "oath",
	[IMPORT_CSV] = "csv",
};

static const char *const sentences[IMPORT_WHYS] = {
	[IMPORT_ROW] = "",
	[IMPORT_NOTHING] = "",
	[IMPORT_END] = "",
	[IMPORT_COUNTER] = N_("Its codes are counted (HOTP) and not timed: the person needs a new "
			      "key."),
	[IMPORT_PERIOD] = N_("Its codes do not change every 30 seconds: the person needs a new "
			     "key."),
	[IMPORT_DIGITS] = N_("Its codes do not have 6 digits: the person needs a new key."),
	[IMPORT_ALGORITHM] = N_("Its codes are not made with SHA1: the person needs a new key."),
	[IMPORT_TYPE] = N_("That is no line of this format."),
	[IMPORT_FIELDS] = N_("There are too few or too many fields, or one is no number."),
	[IMPORT_NAME] = N_("A user name has at most 64 characters."),
	[IMPORT_KEY] = N_("The key is not written as this format writes keys."),
	[IMPORT_KEY_LENGTH] = N_("A key has 10 to 64 bytes."),
	[IMPORT_NOT_TIMED] = N_("TOTP_AUTH is missing: nothing says that its codes are timed."),
	[IMPORT_ROLE] = N_("The role is none of operator, administrator, super-administrator."),
	[IMPORT_URI] = N_("That is not an address otpauth://totp/ with one secret."),
	[IMPORT_QUOTE] = N_("A quotation mark stands where none may."),
	[IMPORT_SKEW] = N_("The authenticator's clock is wrong by more than ten minutes: have it "
			   "set right, and remove TIME_SKEW."),
	[IMPORT_OTHER_ROLE] = N_("This person is here already, in another role."),
	[IMPORT_TWICE] = N_("This person stands in line %lld already."),
	[IMPORT_SPELLING] = N_("Line %lld has the same name in another spelling."),
	[IMPORT_DEVICES] = N_("A person has at most five authenticators."),
	[IMPORT_LONG] = N_("The line is longer than 4,096 bytes."),
	[IMPORT_BYTES] = N_("The line is no UTF-8 text."),
	[IMPORT_CUT] = N_("The file ends without a line break, as if it were cut off. If this is "
			  "its end, add one."),
	[IMPORT_MANY] = N_("A file may hold at most 100,000 people. Divide it."),
	[IMPORT_LARGE] = N_("A file of google-authenticator has at most 65,536 bytes."),
};

static const struct {
	enum import_note note;
	const char *says;
} notes[] = {
	{ IMPORT_NOTE_HERE,
	    N_("This person is here already, and signs in with this authenticator "
	       "from then on.") },
	{ IMPORT_NOTE_PIN,
	    N_("The PIN is left behind: the password of this console takes its "
	       "place.") },
	{ IMPORT_NOTE_WEAK, N_("The key is shorter than 16 bytes: have it replaced soon.") },
	{ IMPORT_NOTE_SCRATCH,
	    N_("The scratch codes are left behind: the first sign-in shows new "
	       "recovery codes.") },
	{ IMPORT_NOTE_SKEW,
	    N_("The authenticator's clock is off by %lld s, which is taken over.") },
};

enum err
import_format(const char *word, enum import_format *ret_format)
{
	for (int format = 0; format < IMPORT_FORMATS; format++)
		if (strcmp(word, formats[format]) == 0) {
			*ret_format = (enum import_format)format;
			return ERR_OK;
		}
	return ERR_SETTING_VALUE;
}

const char *
import_format_word(enum import_format format)
{
	return formats[format];
}

const char *
import_sentence(enum import_why why)
{
	return sentences[why];
}

const char *
import_note(unsigned *io_notes)
{
	for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++)
		if ((*io_notes & (unsigned)notes[i].note) != 0) {
			*io_notes &= ~(unsigned)notes[i].note;
			return notes[i].says;
		}
	return NULL;
}

bool
import_goes_on(enum import_why why)
{
	return why < IMPORT_LONG && why != IMPORT_END;
}
