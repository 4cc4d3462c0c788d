/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left in English where all is spoken in a language without ASCII letters. */
#ifndef TESTS_GOLDEN_ENGLISH_H
#define TESTS_GOLDEN_ENGLISH_H

#include <stddef.h>

/* The next word from `text` on that is left in English, and its bytes; NULL: there is none. */
const char *
english_word(const char *text, size_t *ret_length);

#endif
