/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a terminal makes of UTF-8, found out and not assumed (DESIGN 5.5): it is sent a character,
 * asked where its cursor stands (CPR), and then what it is (DA1), which all answer. Pure: time is
 * an argument (milliseconds of a clock that only goes forward).
 *
 * The second question is asked only after UTF-8 was found: in Latin-1 the bytes of its character
 * hold C1 controls. Until it is answered one column is believed. Both characters stand in row 2, so
 * that no answer is taken for the key F3, nor F3 for an answer (ESC [ 1 ; 2 R).
 */
#ifndef UI_TERMINAL_PROBE_H
#define UI_TERMINAL_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/terminal/sequence.h"

enum {
	PROBE_LIMIT_MS = 1000, /* for so long the first answer is waited for */
	PROBE_ROW = 2	       /* counted from 1, as terminals do */
};

enum probe_found {
	PROBE_UNKNOWN,
	PROBE_SILENT, /* it does not tell: the locale decides */
	PROBE_NO_UTF8,
	PROBE_NARROW, /* UTF-8, and U+2584 is one column wide */
	PROBE_WIDE    /* UTF-8, and ambiguous characters (UAX 11) are two columns wide */
};

/* All zeros: nothing was asked. */
struct probe {
	bool coding, width; /* that answer is owed */
	bool width_due;	    /* the second question is to be asked */
	int64_t asked;	    /* when the first question was */
	enum probe_found found;
};

/* The first question and its traces' removal: written to a cleared screen, the cursor at home, and
 * there again after it. DA1 is to follow it. */
extern const char probe_coding[];

/* The second, and its traces' removal where row 2 is empty; the caller puts the cursor back. */
extern const char probe_width[];

void
probe_start(struct probe *probe, int64_t now);

/* The second question was asked. */
void
probe_width_asked(struct probe *probe);

/* A report of the terminal, any. */
void
probe_report(struct probe *probe, const struct sequence *report);

/* What is known at `now`; an answer that comes later may change it. */
enum probe_found
probe_found(struct probe *probe, int64_t now);

/* Milliseconds from `now` on until silence is an answer; -1: it is not waited for. */
int
probe_left(const struct probe *probe, int64_t now);

#endif
