/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "confine/landlock.h"

#include <errno.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * The kernel's headers may be older than the kernel: what came after their first version stands
 * here, by the numbers of include/uapi/linux/landlock.h.
 */
#define FS_REFER (UINT64_C(1) << 13)
#define FS_TRUNCATE (UINT64_C(1) << 14)
#define FS_IOCTL_DEV (UINT64_C(1) << 15)
#define NET_BIND_TCP (UINT64_C(1) << 0)
#define NET_CONNECT_TCP (UINT64_C(1) << 1)
#define SCOPE_ABSTRACT (UINT64_C(1) << 0)
#define SCOPE_SIGNAL (UINT64_C(1) << 1)

#define FS_MAKE \
	((uint64_t)LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | \
	    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | \
	    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | \
	    LANDLOCK_ACCESS_FS_MAKE_SYM)
#define FS_FIRST \
	((uint64_t)LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | \
	    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | \
	    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | FS_MAKE)

/* struct landlock_ruleset_attr as of version 6. A kernel takes a longer one than its own if what it
 * does not know is 0. */
struct ruleset {
	uint64_t fs, net, scoped;
};

/* What each version learnt to forbid. */
static const struct {
	int version;
	struct ruleset learnt;
} versions[] = {
	{ 1, { .fs = FS_FIRST } },
	{ 2, { .fs = FS_REFER } },
	{ 3, { .fs = FS_TRUNCATE } },
	{ 4, { .net = NET_BIND_TCP | NET_CONNECT_TCP } },
	{ 5, { .fs = FS_IOCTL_DEV } },
	{ 6, { .scoped = SCOPE_ABSTRACT | SCOPE_SIGNAL } },
};

static const uint64_t uses[] = {
	[LANDLOCK_READ] = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	[LANDLOCK_WRITE] = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
	    LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE,
	[LANDLOCK_KEEP] = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
	    LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
	    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK,
	[LANDLOCK_REMOVE] = LANDLOCK_ACCESS_FS_REMOVE_FILE,
};

/* The only ones that mean something for what is no directory. */
#define FS_OF_FILES \
	((uint64_t)LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | \
	    LANDLOCK_ACCESS_FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)

static struct ruleset
known(int version)
{
	struct ruleset all = { 0, 0, 0 };

	for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++)
		if (versions[i].version <= version) {
			all.fs |= versions[i].learnt.fs;
			all.net |= versions[i].learnt.net;
			all.scoped |= versions[i].learnt.scoped;
		}
	return all;
}

int
landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0UL,
	    LANDLOCK_CREATE_RULESET_VERSION);

	return version > 0 ? (int)version : 0;
}

enum err
landlock_forbid(int version, bool abstract, bool network, int *ret_ruleset)
{
	struct ruleset all = known(version);
	long fd;

	if (abstract)
		all.scoped &= ~SCOPE_ABSTRACT;
	if (network)
		all.net &= ~NET_CONNECT_TCP;
	fd = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0UL);
	if (fd < 0 && errno == EINVAL && all.scoped != 0) {
		/* RHEL 9 has kernels that say 6 and know no scopes. */
		all.scoped = 0;
		fd = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0UL);
	}
	if (fd < 0)
		return err_from_errno(errno);
	*ret_ruleset = (int)fd;
	return ERR_OK;
}

enum err
landlock_allow(int version, int ruleset, int fd, enum landlock_use use)
{
	struct landlock_path_beneath_attr rule = { .parent_fd = fd };
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_from_errno(errno);
	rule.allowed_access = uses[use] & known(version).fs;
	if (!S_ISDIR(st.st_mode))
		rule.allowed_access &= FS_OF_FILES;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0UL) != 0)
		return err_from_errno(errno);
	return ERR_OK;
}

enum err
landlock_enforce(int ruleset)
{
	return syscall(SYS_landlock_restrict_self, ruleset, 0UL) == 0 ? ERR_OK : ERR_SYSTEM;
}
