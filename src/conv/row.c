/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/row.h"

#include "core/words.h"

#define IN(member) \
	.place = ROW_REQUEST, .offset = offsetof(struct wire_request, u.member), \
	.size = sizeof((struct wire_request *)NULL)->u.member
#define PROOF(member) \
	.place = ROW_PROOF, .offset = offsetof(struct wire_proof, member), \
	.size = sizeof((struct wire_proof *)NULL)->member

#define HELP_NAME N_("The name that you have on this console.")
#define HELP_PASSWORD N_("Your password on this console. It is not shown while you type.")
#define HELP_FRESH \
	N_("A good password has at least %lld characters. A short sentence that only you would " \
	   "say " \
	   "is easy to keep and hard to guess.")
#define HELP_REPEAT N_("The same password once more, for it is not shown while you type.")
#define HELP_CODE \
	N_("The 6 digits that your authenticator application shows for this console now. Blanks " \
	   "between them do not matter.")
#define HELP_RECOVERY \
	N_("One of the ten codes that you saved when you configured two-factor authentication. " \
	   "Blanks, dashes and capitals do not matter.")

#define NAME(member) \
	{ \
		.question = N_("User name"), .take = TAKE_NAME, IN(member), .help = HELP_NAME \
	}
#define REPEAT \
	{ \
		.question = N_("Repeat password"), .take = TAKE_REPEAT, .help = HELP_REPEAT \
	}
#define PROOF_CODE \
	{ \
		.question = N_("6-digit code"), .take = TAKE_CODE, PROOF(code), .help = HELP_CODE \
	}
#define PROOF_RECOVERY \
	{ \
		.question = N_("Recovery code"), .take = TAKE_RECOVERY, PROOF(recovery), \
		.help = HELP_RECOVERY \
	}
#define PROOF_PASSWORD \
	{ \
		.question = N_("Password"), .take = TAKE_PASSWORD, PROOF(password), \
		.help = HELP_PASSWORD \
	}
#define BY_RECOVERY(row) \
	{ \
		.letter = 'r', .does = ROW_GOES, .to = (row), \
		.help = N_("Uses one of your recovery codes instead.") \
	}

/* clang-format off */
static const struct row rows[ROW_COUNT] = {
	[ROW_FIRST_RUN] = {
		.title = N_("Create the first Super Administrator"),
		.text = N_("This console is new. The person created here may do everything, and "
			   "configures two-factor authentication next."),
		.sends = WIRE_FIRST_RUN,
		.field = {
			NAME(first_run.name),
			{ .question = N_("Password"), .take = TAKE_FRESH, IN(first_run.password),
			    .help = HELP_FRESH },
			REPEAT,
		},
	},
	[ROW_SIGN_IN] = {
		.title = N_("Sign in"),
		.sends = WIRE_PASSWORD,
		.field = {
			NAME(password.name),
			{ .question = N_("Password"), .take = TAKE_PASSWORD, IN(password.password),
			    .help = HELP_PASSWORD },
		},
		.refused = N_("Forgot your password, or has your invitation expired? Ask an "
			      "administrator."),
	},
	[ROW_CODE] = {
		.title = N_("Two-factor authentication"),
		.text = N_("Enter the 6-digit code from your authenticator application."),
		.sends = WIRE_CODE,
		.field = {
			{ .question = N_("6-digit code"), .take = TAKE_CODE, IN(code.code),
			    .help = HELP_CODE },
		},
		.choice = {
			{ .letter = 'r', .does = ROW_GOES, .to = ROW_RECOVERY,
			    .help = N_("Signs in with one of your recovery codes instead.") },
			{ .letter = 'y', .does = ROW_GOES, .to = ROW_RESYNC, .refused = true,
			    .help = N_("Uses two codes in a row, for a phone whose "
			       "clock is wrong.") },
		},
		.refused = N_("Is it always refused? Your phone's clock may be wrong: type y to "
			      "resynchronise. Without your phone, type r for a recovery code."),
		.back = ROW_BACK_TO_NAME,
	},
	[ROW_RECOVERY] = {
		.title = N_("Use a recovery code"),
		.text = N_("Enter one of the recovery codes that you saved. Each of them works "
			   "once."),
		.sends = WIRE_RECOVERY,
		.field = {
			{ .question = N_("Recovery code"), .take = TAKE_RECOVERY,
			    IN(recovery.code), .help = HELP_RECOVERY },
		},
		.refused = N_("No recovery code either? Ask an administrator, or on the host run: "
			      "provconsole user reset-2fa NAME --reason TEXT"),
		.back = ROW_BACK_TO_CODE, .other = ROW_CODE,
	},
	[ROW_RESYNC] = {
		.title = N_("Resynchronise"),
		.text = N_("Two codes in a row tell how far your phone's clock is off. Enter the "
			   "code that your application shows, wait for the next one, and enter "
			   "that too."),
		.sends = WIRE_RESYNC,
		.field = {
			{ .question = N_("First code"), .take = TAKE_CODE, IN(resync.first),
			    .help = HELP_CODE },
			{ .question = N_("Next code"), .take = TAKE_CODE, IN(resync.next),
			    .help = HELP_CODE },
		},
		.back = ROW_BACK_TO_CODE, .other = ROW_CODE,
	},
	[ROW_NEW_PASSWORD] = {
		.title = N_("Choose a new password"),
		.text = N_("The password that you signed in with was chosen for you. Now "
		           "choose your own."),
		.sends = WIRE_NEW_PASSWORD,
		.field = {
			{ .question = N_("New password"), .take = TAKE_FRESH,
			    IN(new_password.password), .help = HELP_FRESH },
			REPEAT,
		},
		.back = ROW_BACK_TO_NAME,
	},
	[ROW_CONFIGURE] = {
		.title = N_("Configure two-factor authentication"),
		.opens = WIRE_ENROL,
		.sends = WIRE_ACTIVATE,
		.field = {
			{ .question = N_("6-digit code"), .take = TAKE_CODE, IN(activate.code),
			    .help = N_("The 6 digits that your application shows once the key is "
				       "in it: with them two-factor authentication is "
				       "configured.") },
		},
		.choice = {
			{ .letter = 's', .does = ROW_SPELLS,
			    .help = N_("Spells the key, letter by letter.") },
			{ .letter = 'q', .does = ROW_DRAWS,
			    .help = N_("Draws the key as a QR code.") },
			{ .letter = 'n', .does = ROW_LEAVES,
			    .help = N_("Goes on without two-factor authentication, which is "
				       "required no more.") },
		},
		.back = ROW_BACK_TO_NAME,
	},
	[ROW_CODES] = {
		.title = N_("Recovery codes"),
		.text = N_("If you lose your phone, each of these codes signs you in once. Save "
			   "them now, away from the phone: they are shown only this once."),
		.opens = WIRE_CODES,
		.sends = WIRE_CODES_SAVED,
		.field = {
			{ .question = N_("Type yes when you have saved these codes"),
			    .take = TAKE_YES,
			    .help = N_("Only yes goes on, for these codes are never shown "
				       "again.") },
		},
		.choice = {
			{ .letter = 's', .does = ROW_SPELLS,
			    .help = N_("Spells the codes, letter by letter.") },
		},
	},
	[ROW_DOUBT] = {
		.title = N_("Is this yours?"),
		.text = N_("It was added after the sign-in that was not yours. It does not count "
			   "unless you keep it."),
		.opens = WIRE_DOUBTED,
		.sends = WIRE_JUDGE,
		.field = {
			{ .question = N_("Type keep or remove"), .take = TAKE_KEEP,
			    .help = N_("Keep it only if you know it and have it. One that you "
				       "remove can be added again in My account.") },
		},
		.back = ROW_BACK_TO_NAME,
	},
	[ROW_UNLOCK] = {
		.title = N_("Locked"),
		.text = N_("No key was pressed for a while. Enter a code to go on."),
		.sends = WIRE_UNLOCK,
		.field = { PROOF_CODE },
		.choice = { BY_RECOVERY(ROW_UNLOCK_RECOVERY) },
	},
	[ROW_UNLOCK_RECOVERY] = {
		.sends = WIRE_UNLOCK,
		.field = { PROOF_RECOVERY },
		.back = ROW_BACK_TO_CODE, .other = ROW_UNLOCK,
	},
	[ROW_UNLOCK_PASSWORD] = {
		.title = N_("Locked"),
		.text = N_("No key was pressed for a while. Enter your password to go on."),
		.sends = WIRE_UNLOCK,
		.field = { PROOF_PASSWORD },
	},
	[ROW_PROVE] = {
		.field = { PROOF_CODE },
		.choice = { BY_RECOVERY(ROW_PROVE_RECOVERY) },
		.back = ROW_GIVES_UP,
	},
	[ROW_PROVE_RECOVERY] = {
		.field = { PROOF_RECOVERY },
		.back = ROW_GIVES_UP,
	},
	[ROW_PROVE_PASSWORD] = {
		.field = { PROOF_PASSWORD },
		.back = ROW_GIVES_UP,
	},
	[ROW_CHANGE_PASSWORD] = {
		.title = N_("Change password"),
		.sends = WIRE_CHANGE_PASSWORD,
		.field = {
			{ .question = N_("Old password"), .take = TAKE_PASSWORD,
			    IN(change_password.old), .help = HELP_PASSWORD },
			{ .question = N_("New password"), .take = TAKE_FRESH,
			    IN(change_password.fresh), .help = HELP_FRESH },
			REPEAT,
			{ .question = N_("6-digit code"), .take = TAKE_CODE,
			    IN(change_password.proof.code), .with_2fa = true,
			    .help = HELP_CODE },
		},
		.back = ROW_GIVES_UP,
	},
	[ROW_NOT_ME] = {
		.title = N_("It was not me"),
		.text = N_("Somebody else signed in as you? Choose another password: your other "
			   "sessions end, your recovery codes stop working, you replace your "
			   "authenticator next, and keep or remove those that were added since. "
			   "Administrators are told."),
		.sends = WIRE_NOT_ME,
		.field = {
			{ .question = N_("Old password"), .take = TAKE_PASSWORD,
			    IN(change_password.old), .help = HELP_PASSWORD },
			{ .question = N_("New password"), .take = TAKE_FRESH,
			    IN(change_password.fresh), .help = HELP_FRESH },
			REPEAT,
			{ .question = N_("6-digit code"), .take = TAKE_CODE,
			    IN(change_password.proof.code), .with_2fa = true,
			    .help = HELP_CODE },
		},
		.back = ROW_GIVES_UP,
	},
};
/* clang-format on */

static const enum row_id doors[DOOR_COUNT] = {
	[DOOR_NAME] = ROW_SIGN_IN,
	[DOOR_CODE] = ROW_CODE,
	[DOOR_PASSWORD] = ROW_NEW_PASSWORD,
	[DOOR_CONFIGURE] = ROW_CONFIGURE,
	[DOOR_RECOVERY] = ROW_CODES,
	[DOOR_HOME] = ROW_NONE,
	[DOOR_CLOSED] = ROW_NONE,
	[DOOR_LOCKED] = ROW_UNLOCK,
	[DOOR_DOUBT] = ROW_DOUBT,
};

const struct row *
row_of(enum row_id id)
{
	return &rows[id];
}

size_t
row_fields(const struct row *row)
{
	size_t count = 0;

	while (count < ROW_FIELDS && row->field[count].question != NULL)
		count++;
	return count;
}

enum row_id
row_at(enum signin_door door, bool has_2fa)
{
	if ((unsigned)door >= DOOR_COUNT)
		return ROW_NONE;
	if (door == DOOR_LOCKED && !has_2fa)
		return ROW_UNLOCK_PASSWORD;
	return doors[door];
}
