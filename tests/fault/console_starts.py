# SPDX-License-Identifier: GPL-3.0-or-later
"""console_starts.py LIBRARY CONSOLE STATE EVERY

A console is started in a terminal again and again. First each time one allocation more goes well before one fails (see faults.h), but for
those of curses; EVERY as for strain. Then each time with a little more memory in all, from where its libraries just fit in. It comes to
its first door, or says in one sentence why not; it never dies of a signal, and never hangs. Prints how many starts there were of
each, and how many of them came to no door.
"""
import mmap, os, pty, random, re, resource, select, signal, struct, sys, time

MEMORY = 32 + 256 + 8 + 8 + 4 + 4 + 32	# where the page has it
ENOMEM, PATIENCE = 12, 20
library, console, state, every = sys.argv[1:4] + [int(sys.argv[4])]
page = mmap.mmap(os.open(library + '.page', os.O_RDWR), 0)


def arm(at):
	page[0:32] = b'provconsole'.ljust(32, b'\0')
	page[MEMORY:MEMORY + 32] = struct.pack('<QQQiI', at, 0, 0, ENOMEM, 0)


def read(fd, end):
	if not select.select([fd], [], [], max(0, end - time.monotonic()))[0]:
		return None
	try:
		return os.read(fd, 65536)
	except OSError:		# the terminal is closed
		return b''


class NotLoaded(Exception):
	pass


def run(at, limit=None):
	arm(at)
	environment = {'TERM': 'xterm-256color', 'LC_ALL': 'C.UTF-8', 'LD_PRELOAD': library, 'HOME': '/', 'PATH': os.environ['PATH']}
	pid, fd = pty.fork()
	if pid == 0:
		if limit:
			resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
		os.execve(console, [console, '--state', state], environment)
	out, door, end = b'', False, time.monotonic() + PATIENCE
	while (got := read(fd, end)):
		out += got
		if not door and b'User name' in out and b'[ Sign in ]' in out:
			door = True
			os.write(fd, b'\x03')
	if got is None:
		os.kill(pid, signal.SIGKILL)
	os.close(fd)
	return os.waitpid(pid, 0)[1], out, door, got is None


def wrong(status, out, door, hangs):
	text = re.sub(r'\x1b(\[[0-9;?]*[a-zA-Z]|[()][A-Z0-9]|[=>78])', '', out.decode(errors='replace'))
	lines = [line.strip() for line in text.splitlines() if line.strip()]
	if not hangs and 'error while loading shared libraries' in text:
		raise NotLoaded
	if hangs or not os.WIFEXITED(status):
		return 'it hangs' if hangs else 'wait status %#x' % status
	if not door and (os.WEXITSTATUS(status) != 1 or not lines or not re.match(r'(provconsole: )?[A-Z].*[a-z]\.$', lines[-1])):
		return 'status %d, and it says: %r' % (os.WEXITSTATUS(status), lines[-3:])
	return None


def check(at, what, loaded=True, **limit):
	status, out, door, hangs = run(at, **limit)
	if not loaded and not out and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSEGV:
		raise NotLoaded
	complaint = wrong(status, out, door, hangs)
	if complaint:
		arm(0)
		sys.exit('%s %d: %s' % (what, at or limit['limit'], complaint))
	return door


def each():
	at, points, shut = 1 + random.randrange(every), 0, 0
	while True:
		door = check(at, 'allocation')
		if struct.unpack('<QQQ', page[MEMORY:MEMORY + 24])[2] == 0:
			return points, shut
		points, shut, at = points + 1, shut + (not door), at + every


# Up to where the console's own memory is enough ten times. Just below where its libraries fit in, the loader dies of a signal itself
# (glibc 2.36 writes to a thread area that it did not get): before main() there is not a word, and no start below that got further.
def sweep(points=0, shut=0, opened=0, limit=4 << 20):
	while opened < 10:
		try:
			door = check(0, 'bytes', limit=limit, loaded=points > 0)
		except NotLoaded:
			door = None
		if door is not None:
			points, shut, opened = points + 1, shut + (not door), opened + door
		limit += 32 << 10
	return points, shut


first, second = each(), sweep()
arm(0)
print(*first, *second)
