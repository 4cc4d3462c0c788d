/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/symbol.h"

#include <errno.h>
#include <stdlib.h>

#include <qrencode.h>

#include "core/secret.h"

enum {
	FREED_BLOCKS = 7, /* what malloc keeps of each size, to hand it out first
			     (glibc.malloc.tcache_count) */
	FREED_LEAST = 24, /* a block's least size, */
	FREED_STEP = 16,  /* from one size to the next, */
	FREED_MOST = 1032 /* and the greatest that is kept so (glibc.malloc.tcache_max) */
};

struct symbol {
	QRcode *code;
};

/*
 * The library frees its copies of the text, the key among them, as they are. The blocks that malloc
 * hands out next are those: they are taken, wiped and given back.
 */
static void
wipe_freed(void)
{
	void *block[FREED_BLOCKS];

	for (size_t size = FREED_LEAST; size <= FREED_MOST; size += FREED_STEP) {
		for (size_t i = 0; i < FREED_BLOCKS; i++) {
			block[i] = malloc(size);
			if (block[i] != NULL)
				secret_wipe(block[i], size);
		}
		for (size_t i = 0; i < FREED_BLOCKS; i++)
			free(block[i]);
	}
}

/*
 * Mode 8 lets the library split the text itself: the Base32 key becomes a segment of 5.5 bits a
 * character, which often saves a version.
 */
enum err
symbol_new(const char *text, struct symbol **ret_symbol)
{
	struct symbol *symbol = malloc(sizeof *symbol);
	enum err err;

	if (symbol == NULL)
		return ERR_MEMORY;
	errno = 0;
	symbol->code = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
	err = errno == ERANGE ? ERR_FIELD_LONG : ERR_MEMORY;
	wipe_freed();
	if (symbol->code == NULL) {
		free(symbol);
		return err;
	}
	*ret_symbol = symbol;
	return ERR_OK;
}

void
symbol_free(struct symbol *symbol)
{
	if (symbol == NULL)
		return;
	secret_wipe(symbol->code->data, (size_t)symbol->code->width * (size_t)symbol->code->width);
	QRcode_free(symbol->code);
	free(symbol);
}

int
symbol_side(const struct symbol *symbol)
{
	return symbol->code->width;
}

bool
symbol_dark(const struct symbol *symbol, int y, int x)
{
	int side = symbol->code->width;

	return y >= 0 && x >= 0 && y < side && x < side &&
	    (symbol->code->data[y * side + x] & 1) != 0;
}
