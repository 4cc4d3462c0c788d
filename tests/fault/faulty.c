/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulty.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../client/client.h"
#include "client/hello.h"
#include "wire/line.h"

struct faults *
faulty_map(const char *library)
{
	struct faults *page = MAP_FAILED;
	char path[PATH_MAX];
	int fd = -1;

	if (snprintf(path, sizeof path, "%s.page", library) < (int)sizeof path)
		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0 && ftruncate(fd, sizeof *page) == 0)
		page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED)
		client_die("There is no page for the faults.");
	close(fd);
	return page;
}

void
faulty_clear(struct faults *page, const char *state)
{
	char whole[PATH_MAX];

	if (realpath(state, whole) == NULL || strlen(whole) >= sizeof page->below)
		client_die("There is no state for the faults.");
	memcpy(page->below, whole, strlen(whole) + 1);
	page->only[0] = '\0';
	page->room = 0;
	faulty_arm(&page->disk, 0);
	faulty_arm(&page->open, 0);
	faulty_arm(&page->read, 0);
	faulty_arm(&page->memory, 0);
	faulty_arm(&page->sqlite, 0);
}

struct faults *
faulty_page(const char *library, const char *state)
{
	struct faults *page = faulty_map(library);

	faulty_clear(page, state);
	if (!page->told)
		page->clock = FAULTY_EPOCH;
	page->told = 1;
	return page;
}

struct fault *
faulty_named(struct faults *page, const char *word)
{
	const struct {
		const char *word;
		struct fault *fault;
	} kinds[] = {
		{ "disk", &page->disk },
		{ "open", &page->open },
		{ "read", &page->read },
		{ "memory", &page->memory },
		{ "sqlite", &page->sqlite },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(word, kinds[i].word) == 0)
			return kinds[i].fault;
	client_die("A fault is one of disk, open, read, memory, sqlite.");
}

int
faulty_number(const char *word)
{
	static const struct {
		const char *word;
		int number;
	} errors[] = { { "ENOSPC", ENOSPC }, { "EIO", EIO }, { "ENOMEM", ENOMEM },
		{ "EMFILE", EMFILE }, { "EROFS", EROFS }, { "STOP", FAULT_STOP } };

	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (strcmp(word, errors[i].word) == 0)
			return errors[i].number;
	client_die("An error is one of ENOSPC, EIO, ENOMEM, EMFILE, EROFS, STOP.");
}

void
faulty_arm(struct fault *fault, uint64_t at)
{
	__atomic_store_n(&fault->at, 0, __ATOMIC_SEQ_CST);
	fault->count = 0;
	fault->hits = 0;
	__atomic_store_n(&fault->at, at, __ATOMIC_SEQ_CST);
}

bool
faulty_excuse(enum err err)
{
	return err == ERR_STORE_FULL || err == ERR_STORE_IO || err == ERR_STORE_READONLY ||
	    err == ERR_MEMORY || err == ERR_FILES || err == ERR_CRYPTO || err == ERR_SYSTEM ||
	    err == ERR_FAILED || err == ERR_KEEPER_GONE || err == ERR_STORE_UNSURE;
}

enum err
faulty_open(const char *state, enum wire_kind kind, int *ret_line, struct wire_reply *ret_hello)
{
	struct wire_request request;
	int line = -1;
	enum err err = client_try(state, &line);

	*ret_line = -1;
	if (err != ERR_OK)
		return err;
	hello_fill(&request, kind);
	err = line_ask(line, &request, ret_hello);
	if (err == ERR_OK)
		*ret_line = line;
	else
		close(line);
	return err;
}
