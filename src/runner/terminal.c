/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

/* Private first, or the host would get the new one, too (mount_namespaces(7)). */
enum err
terminal_own_devpts(void)
{
	if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC,
		"newinstance,ptmxmode=0666,mode=0600") != 0)
		return ERR_SYSTEM;
	return ERR_OK;
}

/* In the instance that is mounted here: /dev/ptmx may be another one's. */
static int
open_master(void)
{
	const int flags = O_RDWR | O_NOCTTY | O_CLOEXEC;
	int master = open("/dev/pts/ptmx", flags);

	return master >= 0 ? master : open("/dev/ptmx", flags);
}

/* What a terminal of today has: UTF-8 is erased by the character. */
static void
set_modes(int slave)
{
	struct termios modes;

	if (tcgetattr(slave, &modes) != 0)
		return;
	modes.c_iflag |= IUTF8;
	(void)tcsetattr(slave, TCSANOW, &modes);
}

void
terminal_resize(int master, uint16_t rows, uint16_t columns)
{
	const struct winsize size = { .ws_row = rows, .ws_col = columns };

	(void)ioctl(master, TIOCSWINSZ, &size);
}

/* TIOCGPTPEER opens the slave of this very master, whatever its path leads to by now. */
static int
open_slave(int master, uid_t owner)
{
	int slave;

	if (unlockpt(master) != 0)
		return -1;
	slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (slave >= 0 && geteuid() == 0 && fchown(slave, owner, (gid_t)-1) != 0) {
		close(slave);
		slave = -1;
	}
	return slave;
}

enum err
terminal_open(uint16_t rows, uint16_t columns, uid_t owner, int *ret_master, int *ret_slave)
{
	int master = open_master(), slave = -1;
	enum err err = ERR_OK;

	if (master < 0)
		return err_from_errno(errno);
	slave = open_slave(master, owner);
	if (slave < 0 || fcntl(master, F_SETFL, O_NONBLOCK) != 0)
		err = err_from_errno(errno);
	if (err != ERR_OK) {
		if (slave >= 0)
			close(slave);
		close(master);
		return err;
	}
	set_modes(slave);
	terminal_resize(master, rows, columns);
	*ret_master = master;
	*ret_slave = slave;
	return ERR_OK;
}

bool
terminal_take(int slave)
{
	if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) != 0)
		return false;
	for (int fd = 0; fd <= 2; fd++)
		if (dup2(slave, fd) != fd)
			return false;
	return true;
}
