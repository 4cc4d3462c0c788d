/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the PostgreSQL engine share. */
#ifndef STORE_POSTGRESQL_PG_H
#define STORE_POSTGRESQL_PG_H

#include "store/postgresql/memo.h"
#include "store/postgresql/postgresql.h"
#include "store/postgresql/worker.h"

enum {
	PG_TURN_MS = 3000,
	PG_PATIENCE_MS = 120000, /* of one question of a backup, a restore or the doctor */
	PG_AT_ONCE = 4096,	 /* more rows than these come through a cursor */
	PG_XID_SIZE = 24,
	PG_LIFE_SIZE = 96
};

/* A mark is set on the server when something is changed behind it, and only then. */
enum pg_mark { PG_MARK_NONE, PG_MARK_WANTED, PG_MARK_SET };

struct pg {
	struct store store; /* first */
	struct worker *worker;
	struct questions *questions; /* that wait for the next one whose answer is needed */
	struct questions *spare;     /* while those before them are on their way; NULL: none was */
	bool posted;		     /* they are */
	struct memo memo;	     /* what this turn has read */
	bool expects;		     /* reads are put with the others, and answered later */
	bool begun;		     /* the server was told of this turn */
	bool changed;		     /* something was changed in this turn */
	bool appended;		     /* a row of the trail, by which the sequence is known */
	enum pg_mark mark;
	char *conninfo, *node;
	struct connection_plan plan; /* of these */
	char *texts[SQL_COUNT];	     /* in PostgreSQL's words */
	bool in_turn;
	bool reads;		 /* of store_inspect(): one moment, and nothing is changed */
	bool patient;		 /* what is asked may take PG_PATIENCE_MS */
	bool walks;		 /* in a transaction of its own, which a cursor needs */
	unsigned cursors;	 /* that were made: each has its own name */
	int64_t until;		 /* when the turn is over: connection_clock() */
	int64_t ahead;		 /* seconds, of the database's clock */
	int turn_ms;		 /* how long a turn may take */
	int checking;		 /* likewise, if this turn is committed */
	int known;		 /* the server's process whose history was compared; 0: none */
	char xid[PG_XID_SIZE];	 /* of the turn; "" while it is not known */
	char life[PG_LIFE_SIZE]; /* of the server at the connection's other end; "": not known */
	bool asks_after;	 /* what became of it, within what is left of the turn's time */
	char said[TROUBLE_SIZE]; /* the server, of the last error of its */
};

struct pg *
pg_of(struct store *store);

/* --- text.c ------------------------------------------------------------------------------- */

/* A statement, in the words that dialect() translates. */
const char *
pg_text(enum sql sql);

/* --- texts.c ------------------------------------------------------------------------------ */

/* All statements in PostgreSQL's words. ERR_MEMORY; ERR_FAILED: one is too long. */
MUST_CHECK enum err
pg_texts(struct pg *pg);

/* Whether the statement ends in a parameter that says how many rows are wanted. */
bool
pg_takes_limit(enum sql sql);

/* --- values.c ----------------------------------------------------------------------------- */

/* Of a parameter, of which there is room for. */
struct numbers {
	uint64_t big_endian[ASK_PARAMS_MAX];
};

/* The question of a statement, or of a text (sql: SQL_COUNT). Borrowed are the values, and what is
 * written to ret_numbers. */
void
pg_write_ask(const struct pg *pg, enum sql sql, const char *text, const struct value *values,
    size_t limit, struct numbers *ret_numbers, struct ask *ret_ask);

/* --- ask.c: what goes to the server, and what becomes of the turn if it fails ---------------- */

/* Gives the turn up, which the server does by itself if the connection is gone. */
void
pg_give_up(struct pg *pg);

/* When an answer to what is asked now must be there: connection_clock(). */
int64_t
pg_deadline(const struct pg *pg);

/* Asks, whatever the values are. The answer is the caller's; an error of the server's is none.
 * Within a turn a failure gives it up. */
MUST_CHECK enum err
pg_put(struct pg *pg, const struct ask *ask, PGresult **ret_answer);

/* Puts something behind what waits. It is sent with the next question whose answer is needed; if it
 * fails then, the turn is given up. ERR_MEMORY. */
MUST_CHECK enum err
pg_later(struct pg *pg, enum question_kind kind, const struct ask *ask);

/* The same, of a text without values. */
MUST_CHECK enum err
pg_later_text(struct pg *pg, const char *sql);

/* Sends what waits, and hears the answers. Within a turn a failure gives it up, but for one of the
 * last question: *ret_last. ret_answer: of the one of QUESTION_ROWS, NULL: nobody wants it. */
MUST_CHECK enum err
pg_send(struct pg *pg, bool *ret_last, PGresult **ret_answer);

/*
 * Asks one thing alone whose answer is not refused but for its tag, which *ret_tag becomes; NULL:
 * nobody wants it. What it does may be half done: ERR_STORE_UNSURE, of a warning that says so.
 * ERR_FAILED: the server refused it. The turn is not given up, nor the connection looked for.
 */
MUST_CHECK enum err
pg_settle(struct pg *pg, const char *sql, char ret_tag[16]);

/* Forgets what waits, and what was read. */
void
pg_forget(struct pg *pg);

/*
 * Asks something that no table knows; values as in sql.h. The answer is the caller's; an error of
 * the server's is none. Within a turn a failure gives it up.
 */
MUST_CHECK enum err
pg_ask(struct pg *pg, const char *sql, const struct value *values, PGresult **ret_answer);

/* The same, without an answer. */
MUST_CHECK enum err
pg_do(struct pg *pg, const char *sql, const struct value *values);

/* The first value of the first row as a number; ERR_STORE_NONE. */
MUST_CHECK enum err
pg_number(struct pg *pg, const char *sql, const struct value *values, int64_t *ret_number);

/* --- run.c: statements of the table ------------------------------------------------------- */

/* As of struct store_engine. */
enum err
pg_run(struct store *store, enum sql sql, const struct value *values, struct changes *ret_changes);
enum err
pg_rows(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *rows, size_t size, size_t *io_count);

/* --- cursor.c: answers that are too long to be held ----------------------------------------- */

/* The row at hand is `row` of `answer`. */
struct pg_cursor {
	struct pg *pg;
	bool own; /* the transaction was begun for it */
	bool declared;
	char name[16];
	PGresult *answer;
	int row;
};

/* Before the first row. Within a turn it is a part of that; of a store of store_inspect(), of its
 * moment. Whatever it returns, the caller gives it to pg_cursor_close(). */
MUST_CHECK enum err
pg_cursor_open(struct pg *pg, const char *select, const struct value *values,
    struct pg_cursor *ret_cursor);

/* Goes to the next row; *ret_row false: there is none. */
MUST_CHECK enum err
pg_cursor_next(struct pg_cursor *cursor, bool *ret_row);

/* Returns err, of what was done with the rows; or if that is ERR_OK, its own. */
MUST_CHECK enum err
pg_cursor_close(struct pg_cursor *cursor, enum err err);

/* As pg_rows(), in pieces. */
MUST_CHECK enum err
pg_rows_in_pieces(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *rows, size_t size, size_t *io_count);

/* --- row.c: the values of an answer --------------------------------------------------------- */

int64_t
pg_column_number(const struct columns *columns, int column);
enum err
pg_column_bytes(const struct columns *columns, int column, const void **ret_bytes,
    size_t *ret_length);

/* A value of an answer in the binary format, of a whole number's type or boolean. */
int64_t
pg_value_number(const PGresult *answer, int row, int column);

/* --- turn.c ------------------------------------------------------------------------------- */

enum err
pg_begin(struct store *store);
enum err
pg_commit(struct store *store);
void
pg_rollback(struct store *store);
bool
pg_in_turn(const struct store *store);
enum err
pg_lock(struct store *store, const struct store_locks *locks);

/* --- schema.c ------------------------------------------------------------------------------ */

/* The version that this program makes: one numbering for all engines. */
int
pg_schema_newest(void);

/* Makes or migrates the schema. ERR_STORE_NEWER; ERR_STORE_FOREIGN: it is not ours. */
MUST_CHECK enum err
pg_schema_ready(struct pg *pg);

/* Which version is there, also a newer one; 0: none. ERR_STORE_FOREIGN, ERR_STORE_CORRUPT. */
MUST_CHECK enum err
pg_schema_look(struct pg *pg, int64_t *ret_version);

/* Makes the schema of a version, within a turn, in place of one that has no people:
 * ERR_STORE_EXISTS, ERR_STORE_NEWER, ERR_BACKUP_OLDER. */
MUST_CHECK enum err
pg_schema_make(struct pg *pg, int version);

/* --- open.c --------------------------------------------------------------------------------- */

/* Begins a transaction that reads, all of one moment, for as long as it likes. */
MUST_CHECK enum err
pg_moment(struct pg *pg);

/* Neither the server ends this transaction for its length, nor is a question given up early. */
MUST_CHECK enum err
pg_take_time(struct pg *pg);

/* Connected, without a look at what is there. claims: nobody else is this node meanwhile. */
MUST_CHECK enum err
pg_connect(const struct store_at *at, bool claims, struct pg **ret_pg);

/* --- dump.c -------------------------------------------------------------------------------- */

enum err
pg_dump(struct store *store, const struct store_reader *reader);
enum err
pg_dump_count(struct store *store, int64_t *ret_rows);

/* --- load.c -------------------------------------------------------------------------------- */

enum err
pg_load_new(const struct store_at *at, int version, struct store_load **ret_load);

/* --- integrity.c and examine.c: for who looks after it ---------------------------------------- */

/* buf: how many bytes were read, or what the server said. */
enum err
pg_integrity(struct store *store, char *buf, size_t size);

enum err
pg_examine(const struct store_at *at, struct store_server *ret_server);

#endif
