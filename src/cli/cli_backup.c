/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/ask.h"
#include "cli/command.h"
#include "cli/keeper_task.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/table.h"
#include "client/archive.h"

struct archive {
	struct progress progress;
	struct keeper_task task;
	struct secret *passphrase;
	int64_t size; /* of the file that is read */
	struct report made, head;
};

/* From the file or the pipe that the options name, else from the terminal. */
static enum err
archive_passphrase(struct archive *archive, struct cli *cli, bool fresh)
{
	int fd = (cli->options & OPTION_PASSPHRASE_STDIN) != 0 ? STDIN_FILENO : -1;
	bool file = (cli->options & OPTION_PASSPHRASE_FILE) != 0;
	enum err err;

	if (file)
		fd = open(cli->passphrase_file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (file && fd < 0)
		return err_from_errno(errno);
	err = ask_passphrase(fd, fresh, &archive->passphrase);
	if (file)
		close(fd);
	if (err == ERR_TERMINAL) {
		say_sentence(N_("There is no terminal to ask for the passphrase on. Give it by "
				"--passphrase-file or --passphrase-stdin."));
		cli->said = true;
	}
	return err;
}

static void
archive_hear(void *context, const struct report *report)
{
	struct archive *archive = context;

	if (report->kind == REPORT_PROGRESS)
		progress_tell(&archive->progress, report->number,
		    report->of > 0 ? report->of : archive->size);
	else if (report->kind == REPORT_MADE)
		archive->made = *report;
	else if (report->kind == REPORT_HEAD)
		archive->head = *report;
}

static enum err
archive_go(struct archive *archive, const char *option, int file)
{
	const struct archive_way way = { .keeper = archive->task.keeper,
		.directory = archive->task.state,
		.option = option,
		.file = file,
		.passphrase = archive->passphrase,
		.hear = archive_hear,
		.context = archive };
	enum err err = archive_run(&way);

	progress_end(&archive->progress);
	return err;
}

static void
archive_end(struct archive *archive)
{
	secret_free(archive->passphrase);
	place_free(&archive->task.place);
}

/* --- backup --------------------------------------------------------------------------- */

static enum err
sync_above(const char *path)
{
	char *copy = strdup(path), *slash;
	enum err err = ERR_OK;
	int fd;

	if (copy == NULL)
		return ERR_MEMORY;
	slash = strrchr(copy, '/');
	if (slash != NULL)
		slash[slash == copy ? 1 : 0] = '\0';
	fd = open(slash != NULL ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
		err = err_from_errno(errno);
	if (fd >= 0)
		close(fd);
	free(copy);
	return err;
}

/* What is there already is somebody's only copy. */
static enum err
refuse_there(struct cli *cli)
{
	say_sentence(N_("There is a file of that name already. Choose another name."));
	cli->said = true;
	return ERR_FAILED;
}

static enum err
put_in_place(struct cli *cli, const char *beside)
{
	const char *name = cli->operand[0];

	if (renameat2(AT_FDCWD, beside, AT_FDCWD, name, RENAME_NOREPLACE) == 0)
		return sync_above(name);
	return errno == EEXIST ? refuse_there(cli) : err_from_errno(errno);
}

/* Beside its name first, so that a file of that name is always a whole one. */
static enum err
backup_into(struct cli *cli, struct archive *archive)
{
	char *beside = NULL;
	enum err err;
	int fd;

	if (asprintf(&beside, "%s.XXXXXX", cli->operand[0]) < 0)
		return ERR_MEMORY;
	fd = mkostemp(beside, O_CLOEXEC);
	if (fd < 0) {
		err = err_from_errno(errno);
		free(beside);
		return err;
	}
	err = archive_go(archive, "--backup", fd);
	close(fd);
	if (err == ERR_OK)
		err = put_in_place(cli, beside);
	if (err != ERR_OK)
		(void)unlink(beside);
	free(beside);
	return err;
}

/* The keeper remembers it for `doctor`. One that has left meanwhile is asked anew. */
static enum err
backup_note(struct cli *cli)
{
	struct wire_request request;
	struct versions versions;
	enum err err;

	wire_request_init(&request, WIRE_BACKUP_MADE);
	err = command_ask(cli, &request);
	if (err != ERR_KEEPER_GONE)
		return err;
	close(cli->line);
	cli->line = -1;
	err = hello_connect(cli->way, WIRE_HOST, &cli->line, &cli->reply, &versions);
	wire_request_init(&request, WIRE_BACKUP_MADE);
	return err == ERR_OK ? command_ask(cli, &request) : err;
}

enum err
backup_run(struct cli *cli)
{
	struct archive archive = { 0 };
	struct stat st;
	enum err err;

	if (lstat(cli->operand[0], &st) == 0)
		return refuse_there(cli);
	err = keeper_task_find(cli, &archive.task);
	if (err == ERR_OK)
		err = archive_passphrase(&archive, cli, true);
	progress_begin(&archive.progress, N_("Backup"));
	if (err == ERR_OK)
		err = backup_into(cli, &archive);
	archive_end(&archive);
	if (err != ERR_OK)
		return err;
	err = backup_note(cli);
	if (err != ERR_OK) {
		say_error(err, cli->reply.wait);
		say_sentence(N_("The backup is whole, but doctor does not know of it."));
		cli->said = true;
		return err;
	}
	say_sentence(
	    N_("The backup is done. It holds the keys: without its passphrase nobody opens "
	       "it, and nobody can help who has lost that."));
	return ERR_OK;
}

/* --- restore ---------------------------------------------------------------------------- */

static void
restore_say(const struct archive *archive)
{
	char when[TABLE_TIME_SIZE], text[2 * REPORT_TEXT_SIZE];

	table_time(archive->made.number, when);
	(void)snprintf(text, sizeof text, _("Restored from the backup of %s, made by %s."), when,
	    archive->made.text);
	say_text(text);
	say_sentence(N_("What was changed after it is undone: disabled and removed people, "
			"passwords, resets and spent recovery codes. Go through these first."));
	say_sentence(N_("Everybody gets new recovery codes at the next sign-in. Codes of "
			"authenticators work again in a minute at most."));
	(void)printf(_("Anchor: %s\n"), archive->head.text);
}

enum err
restore_run(struct cli *cli)
{
	struct archive archive = { 0 };
	struct stat st;
	int fd = open(cli->operand[0], O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	enum err err = fd < 0 ? err_from_errno(errno) : keeper_task_find(cli, &archive.task);

	if (err == ERR_OK && fstat(fd, &st) != 0)
		err = err_from_errno(errno);
	if (err == ERR_OK && !S_ISREG(st.st_mode))
		err = ERR_BACKUP_FORMAT;
	if (err == ERR_OK)
		archive.size = st.st_size;
	if (err == ERR_OK)
		err = archive_passphrase(&archive, cli, false);
	if (err == ERR_OK)
		err = place_make(archive.task.state);
	progress_begin(&archive.progress, N_("Restoring"));
	if (err == ERR_OK)
		err = archive_go(&archive, "--restore", fd);
	if (err == ERR_OK)
		restore_say(&archive);
	archive_end(&archive);
	if (fd >= 0)
		close(fd);
	return err;
}
