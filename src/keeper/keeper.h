/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keeper: one thread, one poll, one transaction a turn. What it owns.
 *
 * Each .c of this folder is one idea. A request's handler (op/) reads the store, changes it inside
 * a savepoint, and fills an outcome; what lives in memory (sessions, what others are told) changes
 * only after the turn's commit, in outcome's terms.
 */
#ifndef KEEPER_KEEPER_H
#define KEEPER_KEEPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "auth/keyring.h"
#include "keeper/admission.h"
#include "keeper/budget.h"
#include "keeper/fault.h"
#include "keeper/hash.h"
#include "keeper/journal.h"
#include "keeper/outcome.h"
#include "keeper/prune.h"
#include "keeper/room.h"
#include "keeper/session_life.h"
#include "store/store.h"
#include "store/store_server.h"

enum {
	KEEPER_LINGER = 3,	   /* seconds an embedded keeper stays after its last client */
	KEEPER_PENDING_LIFE = 600, /* seconds a pending key outlives its line */
	KEEPER_REPLACING = 600, /* seconds that a recovery code stands for a proof to replace by */
	KEEPER_ADMINISTERING = 300 /* seconds that one code opens administering operators for */
};

struct session_run;

/* A connection is a session: when it closes, for whatever reason, the session is over. */
struct session {
	struct session *next;
	struct admission_line place; /* among all lines */
	uint64_t number;	     /* 1, 2, 3 ... as they came */
	int fd;			     /* -1: the line is down */
	uid_t peer;
	enum life life;
	struct session_state state;
	int64_t answered; /* seconds since boot of the last answer to its door */
	int64_t began;
	int64_t until; /* seconds since boot; served again then (LIFE_HELD, _PARKED) */
	bool released; /* it was held: what is refused now is answered */
	struct wire_request *request;		  /* read and not yet answered, or NULL */
	struct hash_job *job;			  /* at a worker, or back from it; or NULL */
	enum err why;				  /* told on closing; ERR_OK: nothing */
	struct outcome outcome;			  /* of the turn at hand */
	struct session_run *run;		  /* a command of its; NULL: none (runner.h) */
	unsigned char name_hash[STORE_HASH_SIZE]; /* whose verdicts it waits for (LIFE_PARKED) */
};

/* Room for a source and an SSH key's fingerprint, and a blank between them. */
enum { KEEPER_SLOW_KEY = WIRE_SOURCE_SIZE + SSH_KEY_PRINT_SIZE };

/* When a source that failed too often gets its next verdict. */
struct slow_source {
	char key[KEEPER_SLOW_KEY];
	int64_t last; /* seconds since boot of its latest verdict */
};

enum { KEEPER_SLOW_MAX = 256, KEEPER_HOST_SIZE = 65, KEEPER_ACCOUNT_SIZE = 65 };

struct keeper {
	int directory; /* descriptor of the state directory */
	int lock;
	int listener;
	bool passed;   /* the listener came from a service manager, and its name is not ours */
	int signals;   /* signalfd */
	uid_t owner;   /* of the state: has host authority beside uid 0 */
	uid_t console; /* the console's own account, whose word on addresses is taken; or owner */
	uid_t keys;    /* that of sshd's question whose SSH key knocks; or owner */
	char console_name[KEEPER_ACCOUNT_SIZE]; /* and what it is called */
	bool stays;	    /* a service: does not leave after its last client */
	const char *runner; /* the socket of a service's runner */
	int runner_channel; /* to the embedded one; -1: there is none */
	bool leaving;
	int64_t began;	     /* seconds since boot of its start */
	int64_t imports_at;  /* seconds since boot of the next slice; 0: nothing is left to do */
	int64_t empty_since; /* seconds since boot; nobody has been here who said a good hello */
	struct store *store;
	struct room room;   /* on the disk, and who is served where there is none */
	struct fault fault; /* what goes wrong */
	struct keyring *ring;
	enum err keys_behind; /* why ring or console.key are behind what was committed; or ERR_OK */
	/* an authenticator's key while a code is compared with it; empty between */
	struct secret *open;
	struct hash_pool *pool;
	struct admission *admission;
	struct tickets *tickets;
	struct graces graces;
	struct session *sessions;
	size_t session_count;
	uint64_t numbers;      /* given so far */
	uint64_t cursor;       /* number of the session that was served last */
	int64_t idle_lock;     /* seconds, as the policy said last */
	int64_t session_limit; /* likewise; 0: it was not read yet */
	int64_t shortened;     /* seconds since boot at which that became less last; 0: never */
	int64_t others_at; /* milliseconds since boot of the next look at what others changed, */
	int64_t life_at;   /* likewise, of its next sign of life to them */
	int64_t changes;   /* and what it found last: others.h */
	char node[TEXT_LABEL_SIZE];		  /* its name among several; "": it is alone */
	char host[KEEPER_HOST_SIZE];		  /* this host's name, fit to be shown */
	bool away;				  /* the database, */
	int64_t away_since;			  /* since then, in seconds since boot: away.h */
	char away_said[STORE_SAID_SIZE];	  /* the reason that was told last, */
	int away_reasons;			  /* and how many were since then */
	struct budget budget;			  /* of rows that strangers may make */
	struct prune prune;			  /* of what is old */
	struct slow_source slow[KEEPER_SLOW_MAX]; /* by turns */
	size_t slow_next;
	int64_t read_until;	   /* ms: the readers of this turn stop then; 0: none began */
	int64_t trail_newest;	   /* row that was appended last */
	struct journal journal;	   /* what the host's log was told of it */
	bool uncounted;		   /* a wrong password's count was lost with its turn */
	struct fault_tally others; /* of whom the log was told that they greet in another version */
};

#endif
