/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keeper: one thread, one poll, one transaction a turn. What it owns, and what a turn is.
 * Each .c of this folder is one idea; handlers (request.c's table) never touch sockets or sessions
 * of others, and what they change in memory becomes true only after the commit.
 */
#ifndef KEEPER_KEEPER_H
#define KEEPER_KEEPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "auth/keyring.h"
#include "core/account.h"
#include "core/permission.h"
#include "core/policy.h"
#include "core/signin.h"
#include "core/throttle.h"
#include "keeper/hash.h"
#include "store/store.h"
#include "wire/wire.h"

enum {
	KEEPER_SESSIONS_MAX = 4096,
	KEEPER_LINGER = 3,		/* seconds an embedded keeper stays after its last client */
	KEEPER_SESSION_LONGEST = 43200, /* NIST SP 800-63B 4.2.3: 12 hours */
	KEEPER_ENDED_MAX = 256,
	KEEPER_PENDING_LIFE = 600 /* seconds a pending key outlives its line */
};

/* What a turn may change in a session's memory; copied back after the commit. */
struct session_state {
	struct signin signin;
	int64_t user;		/* 0: nobody */
	bool greeted;		/* the hello was said */
	bool host;		/* host authority was granted */
	bool codes_shown;	/* this session was shown the recovery codes it may confirm */
	bool used_recovery;	/* came in by a recovery code */
	int64_t pending;	/* id of the pending key on this screen; 0: none */
	int64_t before_sign_in; /* last sign-in before this one, for home */
	char before_source[WIRE_SOURCE_SIZE];
	uint32_t before_failures;
	char source[WIRE_SOURCE_SIZE];
	char terminal[WIRE_TERMINAL_SIZE];
};

/* A connection is a session: when it closes, for whatever reason, the session is over. */
struct session {
	struct session *next;
	int fd; /* -1: the line is down, a hash is still out */
	uid_t peer;
	struct session_state state;
	int64_t touched; /* seconds since boot of the last request */
	int64_t began;
	int64_t seen_pending;	      /* when the pending key's life was last written */
	struct wire_request *request; /* read and not yet answered, or NULL */
	struct hash_job *job;	      /* out at a worker, or NULL */
	bool hashed;		      /* the job came back */
	bool parked;		      /* waits for earlier verdicts on its name */
	bool locking;		      /* idle at home: the lock closes in the next turn */
	bool closing;		      /* goes after this turn */
	enum err why;		      /* told on closing; ERR_OK: nothing */
	struct wire_reply *reply;     /* of this turn, sent after the commit */
	struct session_state after;   /* state if the turn commits */
	struct hash_job *starts;      /* a job that this turn's commit sends out */
};

/* Sessions that end when the turn commits: of a person, but the one that asked. */
struct ended {
	int64_t user;
	const struct session *but;
	bool configuring; /* only those that show a pending key */
};

struct keeper {
	int directory; /* descriptor of the state directory */
	int lock;
	int listener;
	bool passed; /* the listener came from a service manager, and its name is not ours */
	int signals; /* signalfd */
	uid_t owner; /* of the state: has host authority beside uid 0 */
	bool stays;  /* a service: does not leave after its last client */
	bool leaving;
	int64_t empty_since; /* seconds since boot; without a client */
	struct store *store;
	struct keyring *ring;
	/* an authenticator's key while a code is compared with it; empty between */
	struct secret *open;
	struct hash_pool *pool;
	struct session *sessions;
	size_t session_count;
	bool news;	   /* a change that screens may show: told after the commit */
	bool counted;	   /* this turn counts a wrong password */
	bool uncounted;	   /* a wrong password's count was lost with its turn: see
			      guess_password_passed() */
	int64_t idle_lock; /* seconds, as the policy said last */
	struct ended ended[KEEPER_ENDED_MAX]; /* whose other sessions end after this turn */
	size_t ended_count;
};

/* What the audit row of a request says; empty action: no row. */
struct turn_row {
	char who[TEXT_NAME_SIZE]; /* "": filled in by the framework */
	char action[WIRE_ACTION_SIZE];
	char target[TEXT_NAME_SIZE];
	char detail[TEXT_REASON_SIZE];
};

enum { TURN_NO_EVENT = -1 };

enum shorter { SHORTER_NONE, SHORTER_PASSWORD, SHORTER_CODE };

/* One request in one turn. */
struct turn {
	struct keeper *keeper;
	struct session *session;
	const struct wire_request *request;
	struct wire_reply *reply;
	int64_t now;		     /* Unix seconds */
	struct session_state *state; /* the session's, as it will be after the commit */
	struct actor actor;
	struct account account; /* of state->user, or of the name that was tried; id 0: none */
	struct policy policy;	/* read in this transaction */
	int event;		/* enum signin_event for the machine, or TURN_NO_EVENT */
	unsigned char name_hash[STORE_HASH_SIZE]; /* what was typed at the first door */
	struct turn_row row;
	enum shorter shorter;	   /* whose pause became shorter, because the clock was set back */
	struct throttle shortened; /* to this */
	bool deferred;		   /* a hash is needed first: no answer in this turn */
	bool cut;		   /* nonsense: the line is cut without an answer */
};

#endif
