/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the statements about notices. */
#ifndef STORE_SQL_TEXT_NOTICE_H
#define STORE_SQL_TEXT_NOTICE_H

/*
 * The notices of a person (account.id = ?1), as what their role had at that time: four questions in
 * one, each along an index, by id. cols: what is asked; also: what else must hold.
 */
#define NOTICES_OF_ROLE(cols, role, also) \
	"SELECT " cols " FROM account JOIN notice ON notice.user IS NULL AND notice.role = " role \
	" AND notice.id > account.notices_" role " AND notice.about <> account.id" \
	" WHERE account.id = ?1 AND account.role >= " role also
#define NOTICES(cols, also) \
	"SELECT " cols " FROM account JOIN notice ON notice.user = account.id" \
	" WHERE account.id = ?1" also \
	" UNION ALL " NOTICES_OF_ROLE(cols, "0", also) " UNION ALL " NOTICES_OF_ROLE(cols, "1", \
	    also) " UNION ALL " NOTICES_OF_ROLE(cols, "2", also)

#define NOTICE_UNREAD \
	"notice.id > account.told AND NOT EXISTS (SELECT 1 FROM notice_read" \
	" WHERE notice_read.user = account.id AND notice_read.notice = notice.id)"

/* And not by that session itself: it is no news to it. */
#define NOTICE_NEWS NOTICE_UNREAD " AND (notice.session <> ?2 OR ?2 = 0)"

/* read_notice() in notice.c. */
#define NOTICE \
	"notice.id AS id, notice.time, notice.user, notice.role, notice.about, notice.session," \
	" notice.who, notice.source, notice.action, notice.target, notice.detail, " NOTICE_NEWS

/* The newest id that a notice has had. */
#define NOTICE_LAST "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'notice'), 0)"

/*
 * Whether somebody whom a notice concerns has not read it: who is told, found by id; or anyone of
 * at least a role who has it since before, found by their role. Nobody else is looked at.
 */
#define NOTICE_WANTED \
	"CASE WHEN notice.user IS NOT NULL THEN EXISTS (SELECT 1 FROM account" \
	" WHERE account.id = notice.user AND " NOTICE_UNREAD \
	") ELSE EXISTS (SELECT 1 FROM account" \
	" INDEXED BY account_role WHERE account.role >= notice.role AND account.id <> " \
	"notice.about" \
	" AND notice.id > CASE notice.role WHEN 0 THEN account.notices_0 WHEN 1 THEN" \
	" account.notices_1 ELSE account.notices_2 END AND " NOTICE_UNREAD ") END"

#endif
