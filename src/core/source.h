/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a request comes from (DESIGN 3, guessing; DESIGN 4, admission): an address in its normal
 * form, a UNIX user whose word about addresses is not trusted, or `local`. Pure.
 */
#ifndef CORE_SOURCE_H
#define CORE_SOURCE_H

#include <stdint.h>

/* Room for every text of a source: 45 characters of an address, or 42 of a prefix, and NUL. */
enum { SOURCE_TEXT_SIZE = 48 };

/* The text of a source that is no address and no user. */
#define SOURCE_LOCAL_TEXT "local"

/* SOURCE_LOCAL is 0: a source that was never set is local. */
enum source_kind { SOURCE_LOCAL, SOURCE_IPV4, SOURCE_IPV6, SOURCE_UID };

struct source {
	enum source_kind kind;
	unsigned char bytes[16]; /* network order; 4 of IPv4, 16 of IPv6; the rest is 0 */
	uint32_t uid;		 /* of SOURCE_UID, else 0 */
};

/*
 * Reads an address as a console tells it. What inet_pton() takes is one; ::ffff:a.b.c.d is IPv4
 * (RFC 4291 2.5.5.2). NULL and anything else (a zone, a port, brackets, blanks, a prefix, a leading
 * zero in IPv4, a name, "uid:0") is local. Never fails.
 */
void
source_parse(const char *text, struct source *ret_source);

/* A peer by its UNIX user, as the kernel tells it. */
struct source
source_of_uid(uint32_t uid);

/* The whole of it in its normal form, for the audit trail: "192.0.2.1", "2001:db8::1", "uid:1000",
 * "local". */
void
source_show(const struct source *source, char ret_text[SOURCE_TEXT_SIZE]);

/*
 * What failures are counted under. As source_show(), but IPv6 by /64, for a host has all of one at
 * its disposal (RFC 7421): "2001:db8:1:2::/64".
 */
void
source_key(const struct source *source, char ret_text[SOURCE_TEXT_SIZE]);

/*
 * What shares are summed by in admission and hashing: IPv4 by /24, IPv6 by /48 (RFC 6177), a user,
 * local. Two sources have one number only if they are of one group.
 */
uint64_t
source_group(const struct source *source);

/* Of a source and the SSH key that root vouches for, where there is one: people behind one address
 * do not displace each other. key: a fingerprint, or "". */
uint64_t
source_group_with(const struct source *source, const char *key);

#endif
