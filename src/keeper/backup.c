/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/backup.h"

#include <inttypes.h>
#include <pwd.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "keeper/where.h"
#include "keeper/backup_file.h"
#include "keeper/backup_inside.h"
#include "keeper/backup_record.h"
#include "keeper/keys_file.h"
#include "keeper/life.h"
#include "keeper/trail.h"
#include "store/inspect.h"
#include "wire/report.h"

enum { TELL_EVERY = 4096, TRIES = 5, PASSPHRASE_MAX = 1024 };

struct backup {
	FILE *out;
	int directory;
	struct store *store;
	struct backup_file file;
	struct record_stream stream;
	int64_t rows, all;
};

void
backup_tell(FILE *out, enum report_kind kind, enum err err, int64_t number, int64_t of,
    const char *text)
{
	struct report report = { .kind = kind, .err = err, .number = number, .of = of };

	(void)snprintf(report.text, sizeof report.text, "%.*s", (int)sizeof report.text - 1, text);
	(void)report_write(out, &report);
}

/* One line, without its newline; nothing behind it is read. */
enum err
backup_passphrase(int fd, struct secret **ret_passphrase)
{
	struct secret *line = NULL;
	enum err err = secret_new(PASSPHRASE_MAX + 1, &line);
	unsigned char byte = 0;

	if (err != ERR_OK)
		return err;
	while (line->length <= PASSPHRASE_MAX && read(fd, &byte, 1) == 1 && byte != '\n')
		line->bytes[line->length++] = byte;
	secret_wipe(&byte, sizeof byte);
	if (line->length < 1 || line->length > PASSPHRASE_MAX) {
		secret_free(line);
		return ERR_PASSPHRASE;
	}
	*ret_passphrase = line;
	return ERR_OK;
}

static enum err
put(void *context, const void *bytes, size_t length)
{
	struct backup *backup = context;

	return backup_file_put(&backup->file, bytes, length);
}

static enum err
put_table(void *context, const struct store_table *table)
{
	struct backup *backup = context;

	return record_put_table(&backup->stream, table);
}

static enum err
put_row(void *context, const struct store_value *values, size_t count)
{
	struct backup *backup = context;

	if (backup->rows++ % TELL_EVERY == 0)
		backup_tell(backup->out, REPORT_PROGRESS, ERR_OK, backup->rows, backup->all, "");
	return record_put_row(&backup->stream, values, count);
}

/* A moment of the database, and the console.key that it names: a rotation may come in between. */
static enum err
take_moment(struct backup *backup, struct secret *key, int *ret_version)
{
	struct store_schema schema = { 0 };
	unsigned char id[KEY_ID_SIZE];
	bool set = false, beside = false;
	enum err err = where_inspect(backup->directory, &backup->store, &schema);

	if (err == ERR_OK && schema.version != schema.newest)
		err = ERR_STATE;
	if (err == ERR_OK)
		err = store_console_key(backup->store, &set, id);
	if (err == ERR_OK && !set)
		err = ERR_NOT_SET_UP;
	if (err == ERR_OK)
		err = keys_file_matching(backup->directory, id, key, &beside);
	if (err == ERR_OK)
		*ret_version = schema.version;
	return err;
}

static enum err
take_any_moment(struct backup *backup, struct secret *key, int *ret_version)
{
	enum err err = take_moment(backup, key, ret_version);

	for (int i = 1; i < TRIES && (err == ERR_KEY_WRONG || err == ERR_KEY_MISSING); i++) {
		store_close(backup->store);
		backup->store = NULL;
		err = take_moment(backup, key, ret_version);
	}
	return err;
}

static void
name_maker(uid_t uid, char who[BACKUP_WHO_SIZE])
{
	char host[64] = "", name[TEXT_NAME_SIZE];

	(void)gethostname(host, sizeof host - 1);
	trail_host_name(uid, name);
	(void)snprintf(who, BACKUP_WHO_SIZE, "%.80s, %s", name, host);
}

static enum err
write_records(struct backup *backup, const struct secret *key, int version, uid_t uid)
{
	struct backup_made made = { .time = (int64_t)time(NULL), .version = version };
	const struct store_reader reader = { .table = put_table,
		.row = put_row,
		.context = backup };
	enum err err;

	name_maker(uid, made.who);
	err = record_put_made(&backup->stream, &made);
	if (err == ERR_OK)
		err = record_put_key(&backup->stream, key);
	if (err == ERR_OK)
		err = store_dump_count(backup->store, &backup->all);
	if (err == ERR_OK)
		err = store_dump(backup->store, &reader);
	if (err == ERR_OK)
		err = record_put_end(&backup->stream, backup->rows);
	if (err == ERR_OK)
		err = backup_file_end(&backup->file);
	if (err == ERR_OK && fsync(REPORT_FILE_FD) != 0)
		err = ERR_STORE_IO;
	return err;
}

enum err
backup_write(const char *state, FILE *out)
{
	struct backup backup = { .out = out, .directory = -1, .file.fd = -1 };
	struct secret *passphrase = NULL, *key = NULL;
	uid_t uid = getuid();
	int version = 0;
	enum err err = life_open_directory(state, &backup.directory);

	backup.stream = (struct record_stream){ .put = put, .context = &backup };
	if (err == ERR_OK)
		err = auth_start();
	if (err == ERR_OK)
		err = backup_passphrase(STDIN_FILENO, &passphrase);
	if (err == ERR_OK)
		err = secret_new(KEY_SIZE + 1, &key);
	if (err == ERR_OK)
		err = backup_file_make(&backup.file, REPORT_FILE_FD, passphrase);
	secret_free(passphrase);
	if (err == ERR_OK)
		err = take_any_moment(&backup, key, &version);
	if (err == ERR_OK)
		err = write_records(&backup, key, version, uid);
	secret_free(key);
	backup_tell(out, REPORT_END, err, backup.rows, backup.file.bytes, "");
	backup_file_close(&backup.file);
	store_close(backup.store);
	if (backup.directory >= 0)
		close(backup.directory);
	return err;
}
