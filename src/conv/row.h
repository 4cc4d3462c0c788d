/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one table of what is asked: a row for each door, and for what can be asked instead of it.
 * Which row is next, the keeper's reply says by its door. Const data, and no more.
 */
#ifndef CONV_ROW_H
#define CONV_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "conv/take.h"
#include "core/signin.h"
#include "wire/wire.h"

enum row_id {
	ROW_NONE, /* nothing is asked: signed in, or over */
	ROW_FIRST_RUN,
	ROW_SIGN_IN,
	ROW_CODE,
	ROW_RECOVERY,
	ROW_RESYNC,
	ROW_NEW_PASSWORD,
	ROW_CONFIGURE,
	ROW_CODES,
	ROW_DOUBT,
	ROW_UNLOCK, /* by a code */
	ROW_UNLOCK_RECOVERY,
	ROW_UNLOCK_PASSWORD,
	ROW_PROVE, /* at home, for another request: by a code */
	ROW_PROVE_RECOVERY,
	ROW_PROVE_PASSWORD,
	ROW_CHANGE_PASSWORD,
	ROW_NOT_ME,
	ROW_COUNT
};

/* Where an answer goes. */
enum row_place {
	ROW_NOWHERE, /* it is compared, or says yes */
	ROW_REQUEST, /* offset is from the beginning of struct wire_request */
	ROW_PROOF    /* offset is in the request's proof */
};

struct row_field {
	const char *question; /* message id; NULL: no more fields */
	enum take take;
	enum row_place place;
	size_t offset, size;
	bool with_2fa;	  /* only of whoever has it */
	const char *help; /* message id */
};

/* What a letter does where it can be no answer. */
enum row_does { ROW_GOES, ROW_SPELLS, ROW_DRAWS, ROW_LEAVES /* the door of configuring */ };

struct row_choice {
	char letter; /* lower case, and it ignores case; 0: no more of them */
	enum row_does does;
	enum row_id to;
	bool refused;	  /* only after an answer was refused */
	const char *help; /* message id */
};

/* What `b` does at the first question of a row; at the others it goes back one. */
enum row_back { ROW_STAYS, ROW_BACK_TO_NAME, ROW_BACK_TO_CODE, ROW_GIVES_UP };

enum { ROW_FIELDS = 4, ROW_CHOICES = 3 };

struct row {
	const char *title, *text; /* message ids, told first; or NULL */
	enum wire_op opens; /* asked of the keeper before; its answer is told. WIRE_NO_OP: none */
	enum wire_op
	    sends; /* takes the answers. WIRE_NO_OP: the request of who asked for a proof */
	struct row_field field[ROW_FIELDS];
	struct row_choice choice[ROW_CHOICES];
	const char *refused; /* message id, told after the first refusal; or NULL */
	enum row_back back;
	enum row_id other; /* where ROW_BACK_TO_CODE leads */
};

/* id below ROW_COUNT. Static. */
const struct row *
row_of(enum row_id id);

/* How many fields it has. */
size_t
row_fields(const struct row *row);

/* What is asked at a door. has_2fa decides at a lock alone. */
enum row_id
row_at(enum signin_door door, bool has_2fa);

#endif
