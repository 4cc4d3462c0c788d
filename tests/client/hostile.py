# SPDX-License-Identifier: GPL-3.0-or-later
# hostile.py WAY MARK: a command that means ill. What it achieves is a line that begins with
# "ACHIEVED"; "tried N" says that it tried, and against how many. MARK stands in the command line of
# whatever it leaves behind.
import ctypes
import errno
import glob
import os
import signal
import socket
import sys
import time

LIBC = ctypes.CDLL(None, use_errno=True)
PTRACE_SEIZE, PTRACE_DETACH = 0x4206, 17
PR_SET_CHILD_SUBREAPER, PR_SET_DUMPABLE = 36, 4


def achieved(what):
    print("ACHIEVED", what, flush=True)


def others():
    """Processes of other people, as far as /proc shows them."""
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and os.stat("/proc/" + name).st_uid != os.getuid():
                yield int(name)
        except OSError:
            pass


def try_open(path, flags):
    try:
        os.close(os.open(path, flags | os.O_NOCTTY | os.O_NONBLOCK))
        return True
    except OSError:
        return False


def terminals():
    """Any terminal but its own, by its own name, through other processes, or as a console."""
    own = os.path.realpath(os.ttyname(0))
    paths = set(glob.glob("/dev/pts/[0-9]*") + glob.glob("/dev/tty[0-9]*") + ["/dev/console"])
    for pid in others():
        paths.update(glob.glob("/proc/%d/fd/*" % pid))
        paths.update(glob.glob("/proc/%d/root/dev/pts/[0-9]*" % pid))
    for path in sorted(paths):
        if os.path.realpath(path) != own and try_open(path, os.O_RDWR):
            achieved("opened " + path)
    # Whoever opens a new one is in the run's own devpts, and finds nobody there.
    master = os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY)
    found = len(glob.glob("/dev/pts/[0-9]*"))
    os.close(master)
    if found > 2:
        achieved("found %d terminals" % found)
    print("tried", len(paths) + 1, flush=True)


def kills():
    pids = list(others())
    for pid in pids:
        for number in (0, signal.SIGCONT):
            try:
                os.kill(pid, number)
                achieved("signalled %d" % pid)
            except (PermissionError, ProcessLookupError):
                pass
    print("tried", len(pids), flush=True)


def traces():
    pids = list(others())
    for pid in pids:
        if LIBC.ptrace(PTRACE_SEIZE, pid, 0, 0) == 0:
            achieved("traced %d" % pid)
            LIBC.ptrace(PTRACE_DETACH, pid, 0, 0)
    print("tried", len(pids), flush=True)


def reads():
    """What the kernel keeps of each process but its public state."""
    pids = list(others())
    for pid in pids:
        for name in ("environ", "mem", "maps", "syscall", "stack"):
            try:
                with open("/proc/%d/%s" % (pid, name), "rb") as file:
                    if name != "mem" and file.read(1):
                        achieved("read %s of %d" % (name, pid))
            except OSError:
                pass
        try:
            os.listdir("/proc/%d/fd" % pid)
            achieved("listed fd of %d" % pid)
        except OSError:
            pass
    print("tried", len(pids), flush=True)


def sockets():
    """The runner, and the keeper as whom it is not."""
    for path in sys.argv[3:]:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            line.connect(path)
            achieved("reached " + path)
        except PermissionError:
            pass
    print("tried", len(sys.argv[3:]), flush=True)


def keys():
    """Keys pushed into its own terminal are its own alone; the console is not behind it."""
    import fcntl
    import termios
    for key in b"rm -rf /\n":
        try:
            fcntl.ioctl(0, termios.TIOCSTI, bytes([key]))
        except OSError:
            break
    print("tried 1", flush=True)


def deaf():
    for number in range(1, signal.NSIG):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass


def stay():
    while True:
        time.sleep(1000)


def away():
    """Children that are nobody's: of a session of their own, deaf, without the terminal."""
    for depth in range(4):
        if os.fork() == 0:
            for _ in range(depth + 1):
                os.setsid()
                if os.fork() != 0:
                    os._exit(0)
            deaf()
            os.closerange(0, 64)
            stay()
    if os.fork() == 0:
        # One that collects its orphans itself, and cannot be looked at.
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        for _ in range(3):
            if os.fork() == 0:
                os.setsid()
                deaf()
                stay()
        deaf()
        stay()
    print("away", flush=True)


def chains(count):
    """Processes that are gone as soon as they are seen: each forks, and ends."""
    for _ in range(count):
        if os.fork() == 0:
            os.setsid()
            deaf()
            while True:
                try:
                    if os.fork() != 0:
                        os._exit(0)
                except OSError as error:
                    if error.errno != errno.EAGAIN:
                        raise
    print("forking", flush=True)


def main():
    way = sys.argv[1]
    if way in ("terminals", "kills", "traces", "reads", "sockets", "keys"):
        globals()[way]()
    elif way == "away":
        away()
    elif way == "away-stays":
        away()
        deaf()
        stay()
    elif way == "chains":
        chains(6)
    elif way == "chains-stay":
        chains(6)
        deaf()
        stay()
    elif way == "stopped-group":
        # It stops the others of its group, and then itself.
        for _ in range(3):
            if os.fork() == 0:
                os.kill(os.getpid(), signal.SIGSTOP)
                stay()
        print("stopping", flush=True)
        os.kill(os.getpid(), signal.SIGSTOP)
    elif way == "background":
        for _ in range(3):
            if os.fork() == 0:
                stay()
        print("left", flush=True)
    elif way == "full":
        deaf()
        block = b"\033[2J\033]52;c;aGVsbG8=\a" + b"x" * 4096
        while True:
            os.write(1, block)
    else:
        sys.exit("no such way")


main()
