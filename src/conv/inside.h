/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of conv/ share. */
#ifndef CONV_INSIDE_H
#define CONV_INSIDE_H

#include "conv/conv.h"

/* --- show.c ---------------------------------------------------------------------- */

/* Tells the steps and the key of an answer to WIRE_ENROL; or the codes of one to WIRE_CODES; or the
 * first authenticator of one to WIRE_DOUBTED. */
void
show_reply(struct conv *conv, const struct wire_reply *reply);

/* The same once more, letter by letter. */
void
show_spelled(struct conv *conv, const struct wire_reply *reply);

/* Its key as a QR code, where the face can draw one. */
void
show_drawn(struct conv *conv, const struct wire_reply *reply);

/* --- run.c, field.c -------------------------------------------------------------- */

/* A row that is being asked. */
struct run {
	struct conv *conv;
	const struct row *row;
	struct secret *request; /* struct wire_request, is being filled */
	const char *title;	/* message id, instead of the row's; or NULL */
	const struct wire_request *base;
	struct secret *shown;	/* struct wire_reply of what the row opened with; NULL before */
	bool again[ROW_FIELDS]; /* still to be asked */
	bool refused, over, gave_up;
};

/* What the row opened with, once it did. */
const struct wire_reply *
run_shown(const struct run *run);

/* What is being filled. */
struct wire_request *
run_request(struct run *run);

/* Where the answer of a field is put; NULL for one that is not sent. */
char *
field_place(struct run *run, const struct row_field *field);

/* Asks all that is still to be asked, unless a letter leads elsewhere: then run->over. */
MUST_CHECK enum err
field_ask_all(struct run *run);

#endif
