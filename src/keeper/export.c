/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/export.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keeper/export_line.h"
#include "keeper/export_resume.h"
#include "keeper/look.h"
#include "keeper/trail.h"
#include "keeper/trail_verify.h"
#include "store/inspect.h"

enum {
	BUFFER_SIZE = 2 << 20,
	SYNC_EVERY = 64 << 20 /* bytes: a power cut costs no more than these, once more */
};

struct exporting {
	struct look look;
	int file;
	bool regular;
	struct chain *chain;
	int64_t after; /* the last row that is in the file, or in the buffer; 0: none */
	unsigned char last[STORE_MAC_SIZE];
	int64_t rows; /* that were written by this run */
	off_t whole;  /* bytes of the file's whole lines */
	off_t synced;
	size_t used;
	char *buffer;
};

/* --- the file ---------------------------------------------------------------------- */

static enum err
sync_file(struct exporting *export)
{
	if (!export->regular || export->whole == export->synced)
		return ERR_OK;
	export->synced = export->whole;
	return fdatasync(export->file) == 0 ? ERR_OK : err_from_errno(errno);
}

/* The buffer has whole lines. A disk that is full leaves no torn one, where that can be
 * helped. */
static enum err
flush(struct exporting *export)
{
	size_t done = 0;
	enum err err = ERR_OK;

	while (err == ERR_OK && done < export->used) {
		ssize_t put = write(export->file, export->buffer + done, export->used - done);

		if (put < 0 && errno != EINTR)
			err = err_from_errno(errno);
		else if (put > 0)
			done += (size_t)put;
	}
	if (err == ERR_OK) {
		export->whole += (off_t)done;
		export->used = 0;
		return export->whole - export->synced >= SYNC_EVERY ? sync_file(export) : ERR_OK;
	}
	if (export->regular && ftruncate(export->file, export->whole) != 0)
		return err; /* the next run cuts it */
	return err;
}

/* --- rows -------------------------------------------------------------------------- */

static enum err
write_row(void *context, const struct store_audit *row)
{
	struct exporting *export = context;
	enum err err = row->id == export->after + 1 ? ERR_OK : ERR_AUDIT_BROKEN;

	if (err == ERR_OK)
		err = trail_fits_row(export->chain, row, export->last);
	if (err == ERR_OK && BUFFER_SIZE - export->used < EXPORT_LINE_SIZE)
		err = flush(export);
	if (err != ERR_OK)
		return err;
	export->used += export_line(row, export->buffer + export->used);
	export->after = row->id;
	memcpy(export->last, row->mac, sizeof export->last);
	export->rows++;
	return ERR_OK;
}

/* A new file begins where the trail does; one that is gone on with must not miss a row. */
static enum err
take_checkpoint(struct exporting *export)
{
	struct store_checkpoint checkpoint;
	enum err err = store_audit_checkpoint(export->look.store, &checkpoint);

	if (err == ERR_OK)
		err = trail_fits_checkpoint(export->look.ring, &checkpoint);
	if (err != ERR_OK || checkpoint.number <= export->after)
		return err;
	if (export->after > 0)
		return ERR_EXPORT_PRUNED;
	export->after = checkpoint.number;
	memcpy(export->last, checkpoint.last, sizeof export->last);
	return ERR_OK;
}

static void
tell_progress(struct exporting *export, int64_t all)
{
	char of[24];

	(void)snprintf(of, sizeof of, "%" PRId64, all);
	look_tell(export->look.out, EXAMINE_PROGRESS, ERR_OK, export->after, of);
}

/* Writing may take as long as the other end pleases: nothing is looked at meanwhile. */
static enum err
write_slice(struct exporting *export, bool *ret_more)
{
	struct store *store = export->look.store;
	struct store_head head = { 0 };
	size_t count = TRAIL_SLICE;
	enum err err, flushed;

	look_limit(&export->look, LOOK_SECONDS);
	err = store_look_on(store);
	if (err == ERR_OK)
		err = store_head(store, &head);
	if (err == ERR_OK)
		err = take_checkpoint(export);
	if (err == ERR_OK)
		err = store_audit_walk(store, export->after, write_row, export, &count);
	if (err == ERR_OK)
		err = store_look_away(store);
	look_limit(&export->look, 0);
	flushed = flush(export);
	*ret_more = count == TRAIL_SLICE;
	tell_progress(export, head.count);
	return err == ERR_OK ? flushed : err;
}

/* --- going on ---------------------------------------------------------------------- */

struct found {
	int64_t id;
	unsigned char mac[STORE_MAC_SIZE];
};

static enum err
keep_found(void *context, const struct store_audit *row)
{
	struct found *found = context;

	found->id = row->id;
	memcpy(found->mac, row->mac, sizeof found->mac);
	return ERR_OK;
}

/* Whether the last row of the file is one of this trail. */
static enum err
is_ours(struct exporting *export, const struct export_end *end)
{
	struct store_checkpoint checkpoint;
	struct found found = { 0 };
	size_t count = 1;
	enum err err = store_audit_checkpoint(export->look.store, &checkpoint);

	if (err == ERR_OK)
		err = store_audit_walk(export->look.store, end->id - 1, keep_found, &found, &count);
	if (err != ERR_OK)
		return err;
	if (checkpoint.number == end->id) {
		found.id = end->id;
		memcpy(found.mac, checkpoint.last, sizeof found.mac);
	} else if (checkpoint.number > end->id) {
		return ERR_EXPORT_PRUNED;
	}
	if (found.id != end->id || memcmp(found.mac, end->mac, sizeof found.mac) != 0)
		return ERR_EXPORT_OTHER;
	return ERR_OK;
}

/* What is no regular file (a pipe) gets everything. */
static enum err
go_on(struct exporting *export)
{
	struct export_end end = { 0 };
	struct stat st;
	enum err err;

	if (fstat(export->file, &st) != 0)
		return err_from_errno(errno);
	export->regular = S_ISREG(st.st_mode);
	if (!export->regular)
		return ERR_OK;
	if (flock(export->file, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK ? ERR_EXPORT_BUSY : err_from_errno(errno);
	err = export_resume(export->file, &end);
	if (err == ERR_OK && end.id > 0)
		err = is_ours(export, &end);
	if (err == ERR_OK && end.size > end.whole && ftruncate(export->file, end.whole) != 0)
		err = err_from_errno(errno);
	if (err == ERR_OK && lseek(export->file, end.whole, SEEK_SET) != end.whole)
		err = err_from_errno(errno);
	export->after = end.id;
	memcpy(export->last, end.mac, sizeof export->last);
	export->whole = export->synced = end.whole;
	return err;
}

static enum err
write_all(struct exporting *export)
{
	bool more = true;
	enum err err;

	export->buffer = malloc(BUFFER_SIZE);
	if (export->buffer == NULL)
		return ERR_MEMORY;
	err = chain_open(export->look.ring, &export->chain);
	if (err == ERR_OK)
		err = go_on(export);
	while (err == ERR_OK && more)
		err = write_slice(export, &more);
	if (err == ERR_OK)
		err = sync_file(export);
	chain_close(export->chain);
	free(export->buffer);
	return err;
}

enum err
export_write(const char *state, int file, FILE *out)
{
	struct exporting export = { .file = file };
	char last[24];
	enum err err = look_open(state, out, &export.look);

	if (err == ERR_OK) {
		err = write_all(&export);
		(void)snprintf(last, sizeof last, "%" PRId64, export.after);
		look_tell(out, EXAMINE_EXPORT, err, export.rows, last);
	}
	look_close(&export.look);
	return look_end(out);
}
