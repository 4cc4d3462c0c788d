/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What other tools keep about people, line by line: pure readers, which touch no file and trust no
 * byte. A key is only ever in struct import_row, which the caller wipes on the line after its last
 * use. Nothing of a line that could be a secret goes into a report.
 */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "core/err.h"

enum {
	IMPORT_LINE_SIZE = 4096,  /* bytes of a line, at most, without its end */
	IMPORT_FILE_SIZE = 65536, /* of a whole file of google-authenticator: what its PAM
				     module reads */
	IMPORT_PEOPLE = 100000,	  /* rows of a file */
	IMPORT_KEY_MIN = 10,	  /* bytes: what old versions of google-authenticator made */
	IMPORT_KEY_STRONG = 16,	  /* RFC 4226 4, R6 */
	IMPORT_KEY_MAX = 64,
	IMPORT_CODE_SIZE = 7
};

enum import_format { IMPORT_GOOGLE, IMPORT_OATH, IMPORT_CSV, IMPORT_FORMATS };

/* What became of a line. */
enum import_why {
	IMPORT_ROW,	/* a person */
	IMPORT_NOTHING, /* a blank line, a comment, a heading */
	IMPORT_END,	/* of the file */
	/* refused, and the reading goes on */
	IMPORT_COUNTER,
	IMPORT_PERIOD,
	IMPORT_DIGITS,
	IMPORT_ALGORITHM,
	IMPORT_TYPE,
	IMPORT_FIELDS,
	IMPORT_NAME,
	IMPORT_KEY,
	IMPORT_KEY_LENGTH,
	IMPORT_NOT_TIMED,
	IMPORT_ROLE,
	IMPORT_URI,
	IMPORT_QUOTE,
	IMPORT_SKEW,
	IMPORT_OTHER_ROLE,
	IMPORT_TWICE,	 /* its sentence holds the other line's number */
	IMPORT_SPELLING, /* the same */
	IMPORT_DEVICES,
	/* refused, and nothing behind it is looked at */
	IMPORT_LONG,
	IMPORT_BYTES,
	IMPORT_CUT,
	IMPORT_MANY,
	IMPORT_LARGE,
	IMPORT_WHYS
};

/* What is said about a row that is taken over. */
enum import_note {
	IMPORT_NOTE_PIN = 1 << 0,     /* a PIN is left behind */
	IMPORT_NOTE_WEAK = 1 << 1,    /* the key is shorter than is good today */
	IMPORT_NOTE_SCRATCH = 1 << 2, /* the old recovery codes are left behind */
	IMPORT_NOTE_SKEW = 1 << 3,    /* its clock is off, and that is taken over */
	IMPORT_NOTE_HERE = 1 << 4     /* the person is here already */
};

struct import_row {
	char name[TEXT_NAME_SIZE]; /* as it stands there; "" where it could be something else */
	enum role role;
	unsigned char key[IMPORT_KEY_MAX];
	size_t key_length;	     /* 0: no authenticator */
	int64_t last_step;	     /* greatest used time step that is told; 0: none */
	int64_t offset;		     /* steps by which its clock is off */
	char code[IMPORT_CODE_SIZE]; /* accepted last; "": not told */
	unsigned notes;		     /* OR of enum import_note */
};

/* "google-authenticator", "oath", "csv". */
MUST_CHECK enum err
import_format(const char *word, enum import_format *ret_format);

const char *
import_format_word(enum import_format format);

/* Why a line is refused: a message id, a whole sentence; it may hold one "%lld". */
const char *
import_sentence(enum import_why why);

/* The message id of the first note of these, and the rest of them in *io_notes; NULL: none is
 * left. It may hold one "%lld": seconds. */
const char *
import_note(unsigned *io_notes);

/* Whether reading goes on behind it. */
bool
import_goes_on(enum import_why why);

/*
 * A whole file of libpam-google-authenticator (its FILEFORMAT): key, options, scratch codes.
 * length: up to IMPORT_FILE_SIZE bytes. Fills in all of *ret_row but name and role; *ret_line is
 * the line that is refused. Its key is decoded as that tool decodes it.
 */
enum import_why
import_google(const char *text, size_t length, struct import_row *ret_row, size_t *ret_line);

/*
 * A line of oath-toolkit's users file: TYPE NAME PIN KEY [MOVING-FACTOR [LAST-CODE [TIME]]]. All of
 * *ret_row but the role. Of the moving factor nothing is taken: for timed codes liboath 2.6.7 adds
 * up how far each was from the one before, without its sign. Nor of the time: what was used until
 * now counts as used anyway.
 */
enum import_why
import_oath(const char *line, size_t length, struct import_row *ret_row);

/* A line of CSV (RFC 4180, but no line breaks in fields): NAME,ROLE[,URI]; "-" or nothing for no
 * authenticator. A heading NAME,ROLE is IMPORT_NOTHING. */
enum import_why
import_csv(const char *line, size_t length, struct import_row *ret_row);

/* otpauth://totp/LABEL?secret=KEY... (Key-Uri-Format) into key and notes; the label and the issuer
 * are not looked at. */
enum import_why
import_uri(const char *uri, size_t length, struct import_row *row);

/* Base32 (RFC 4648 6), in either case, with or without padding. lenient: as google-authenticator
 * reads it: blanks and hyphens are skipped, 0, 1 and 8 are O, L and B. */
enum import_why
import_base32(const char *text, size_t length, bool lenient, struct import_row *row);

/* 0 to 15, in either case; -1: it is none. */
int
import_digit(char c);

enum import_why
import_hex(const char *text, size_t length, struct import_row *row);

#endif
