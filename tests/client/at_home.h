/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client that stays: it asks as a person does who is at home, and hears news in between. */
#ifndef TESTS_CLIENT_AT_HOME_H
#define TESTS_CLIENT_AT_HOME_H

#include "client.h"

/* As client_ask(), past what the keeper tells unasked. ERR_KEEPER_GONE: cut off; why may stand in
 * reply->err. */
MUST_CHECK enum err
at_home_ask(int line, struct wire_request *request, struct wire_reply *reply);

/* The answer to what was sent already, past news; a session that ends says why. */
MUST_CHECK enum err
at_home_verdict(int line);

MUST_CHECK enum err
at_home_password(int line, const char *name, const char *password, struct wire_reply *reply);

/* The code of a key (Base32) at a time, by oathtool: "now", "30 seconds", "@SECONDS" ... Ends the
 * program if there is none. */
void
at_home_code(const char *key, const char *when, char ret_code[WIRE_CODE_SIZE]);

#endif
