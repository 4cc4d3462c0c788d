/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stage's person at home with one authenticator, whose key is device_phone, and what they ask
 * about it. Steps are those of the clock: device_now() and around it. */
#ifndef TESTS_UNIT_KEEPER_DEVICE_STAGE_H
#define TESTS_UNIT_KEEPER_DEVICE_STAGE_H

#include "stage.h"
#include "store/store_audit.h"
#include "store/store_device.h"

/* Keys, of 20 bytes. */
extern const char device_phone[], device_tablet[];

int
device_set_up(void **state);

int
device_tear_down(void **state);

#define DEVICE_TEST(function) \
	cmocka_unit_test_setup_teardown(function, device_set_up, device_tear_down)

/* The time step of now. */
int64_t
device_now(void);

/* A key's code in a step. */
void
device_code(const char *key, int64_t step, char code[7]);

/* One more authenticator of the asker, as if it had always been there; its id. */
int64_t
device_give(struct stage *stage, const char *name, const char *key);

/* Asks what stands in the message; what is answered is true from then on. */
struct wire_reply
device_told(struct stage *stage);

/* Adding, by the phone's code in a step. */
struct wire_reply
device_ask_add(struct stage *stage, const char *name, int64_t step);

/* Replacing or removing one, by the phone's code in a step; 0: without a proof. */
enum err
device_ask(struct stage *stage, enum wire_op op, int64_t id, int64_t step);

enum err
device_ask_rename(struct stage *stage, int64_t id, const char *name);

/* The code of the key that waits, or one that is none of it. */
enum err
device_activate(struct stage *stage, bool right);

/* "Authenticator, Work phone". Static. */
const char *
device_names(struct stage *stage);

struct store_device
device_at(struct stage *stage, size_t index);

struct account
device_owner(struct stage *stage);

struct store_audit
device_newest_row(struct stage *stage);

/* Two factors are required of nobody. */
void
device_make_optional(struct stage *stage);

#endif
