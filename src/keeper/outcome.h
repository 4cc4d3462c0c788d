/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a request leads to. A handler decides and fills it; nothing of it is true before the turn
 * that it stands in is committed, and nothing of it happens if that turn is lost (DESIGN 4).
 */
#ifndef KEEPER_OUTCOME_H
#define KEEPER_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/signin.h"
#include "keeper/grace.h"
#include "keeper/hash.h"
#include "wire/wire.h"

enum outcome_kind {
	OUTCOME_NONE,	/* no request was served */
	OUTCOME_ANSWER, /* the reply is sent */
	OUTCOME_HASH,	/* a worker gets the job; the request is served again when it is back */
	OUTCOME_PARK,	/* earlier verdicts on that name and source come first */
	OUTCOME_HOLD,	/* a refusal is held back until a time, then the request is served again */
	OUTCOME_CUT,	/* nonsense: the line is cut without an answer */
	OUTCOME_LOCK	/* idle at home: the lock has closed */
};

/* What a session knows beside its line: who, and which doors were passed. */
struct session_state {
	struct signin signin;
	int64_t user;		/* 0: nobody */
	int64_t generation;	/* of the account, when the password was passed */
	bool greeted;		/* the hello was said, */
	enum wire_kind kind;	/* and what it asked to be */
	bool host;		/* host authority was granted */
	bool codes_shown;	/* this session was shown the recovery codes it may confirm */
	int64_t changes_at;	/* seconds since boot: of its minute of changes of preferences, */
	uint32_t changes;	/* of which it had so many */
	bool used_recovery;	/* came in by a recovery code, and has replaced nothing since */
	int64_t replace_until;	/* seconds since boot until which that stands for a proof */
	int64_t pending;	/* id of the pending key that this line was shown; 0: none */
	uint32_t sets_shown;	/* sets of recovery codes that this line asked for */
	uint32_t keys_shown;	/* new keys that this line asked for */
	int64_t seen_pending;	/* Unix seconds at which the pending key's life was last written */
	int64_t import;		/* that this line has begun and not ended; 0: none */
	uint32_t imported;	/* its rows so far */
	int64_t deeds;		/* its name in notices of what it did (notices.c); 0: none yet */
	int64_t administering;	/* seconds since boot until which operators may be administered */
	int64_t trail_seen;	/* newest row when it last read the trail; 0: told of newer ones */
	int64_t before_sign_in; /* last sign-in before this one, for home */
	char before_source[WIRE_SOURCE_SIZE];
	uint32_t before_failures;
	int64_t sign_in; /* its own row in the trail; 0: not yet */
	/* by what its code was passed, for that row */
	char with[TEXT_LABEL_SIZE + 8];
	char source[WIRE_SOURCE_SIZE];	   /* as the trail shows it */
	char source_key[WIRE_SOURCE_SIZE]; /* as counts are kept: IPv6 by /64 */
	uint64_t group;			   /* as lines are counted: core/source.h */
	char terminal[WIRE_TERMINAL_SIZE];
	bool vouched;			  /* root told source and SSH key, and not the console */
	char ssh_key[SSH_KEY_PRINT_SIZE]; /* over which it came, as root says; "": not known */
	int64_t fixed;			  /* whom that key names: nobody else signs in; 0: no one */
};

/* Sessions that end: of a person, and begun before that generation; or those that show a key which
 * was replaced. */
struct outcome_ends {
	int64_t user; /* 0: none */
	int64_t generation;
	int64_t pending; /* 0: any; else only those that show this key */
	uint64_t number; /* 0: any; else this one session, whatever its generation */
	enum err why;
};

/* What is said to some lines. */
struct outcome_say {
	struct wire_said_reply said;
	size_t count;
	uint64_t number[]; /* of the sessions, newest first, as the keeper has them */
};

struct runner_start;

struct outcome {
	enum outcome_kind kind;
	struct wire_reply *reply;    /* owned; OUTCOME_ANSWER */
	struct hash_job *job;	     /* owned; OUTCOME_HASH */
	int64_t until;		     /* seconds since boot; OUTCOME_HOLD */
	struct session_state after;  /* the session's state from then on */
	bool closing;		     /* the session ends after its answer */
	enum err why;		     /* told on closing; ERR_OK: nothing */
	unsigned char name_hash[32]; /* whose verdicts come first; OUTCOME_PARK */
	bool counted;		     /* a wrong password was counted */
	bool no_room;		     /* refused before it was looked at: the disk is full */
	int64_t idle_lock;	     /* seconds, as the policy says now; 0: it was not read */
	int64_t session_limit;	     /* likewise */
	bool news;		     /* screens at home may be old now */
	bool follow_keys;	     /* the ring follows what is committed: keys_rotate.h */
	int64_t news_for;	     /* likewise, of this person alone; 0: of nobody */
	struct outcome_ends ends[2];
	struct grace grace;	    /* that begins; user 0: none */
	struct runner_start *start; /* owned: a run that begins (runner.h); NULL: none */
	struct outcome_say *say;    /* owned: what other lines are told; NULL: nothing */
};

/* Wipes and frees what it owns; it is OUTCOME_NONE then. */
void
outcome_clear(struct outcome *outcome);

/* One more kind of session that ends; there is room for two, and no request needs more. */
void
outcome_end(struct outcome *outcome, const struct outcome_ends *ends);

#endif
