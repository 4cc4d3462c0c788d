#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that fails at each write in turn, or is full: nobody is let in, nothing gets a verdict that
# is not written down, nothing that was acknowledged is lost; and as soon as the disk is well again,
# the same password and the same code open the doors.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "${top_srcdir:-.}/tests/fault/faults.bash"
need sqlite3

DISK=$WORK/disk		# a small one
umask 077
cp "$HELPERS/faults.so" "$FAULTS"
echo "$PASSWORD" >"$WORK/password"

# --- each write in turn -----------------------------------------------------------------------

# trail CONDITION: so many rows of the audit trail
trail() {
	sqlite3 "$STATE/console.db" "SELECT count(*) FROM audit WHERE $1"
}

# strain STORY ERROR once|lasting EVERY REFUSED: whole sign-ins,
# or configurations, over a disk that fails
strain() {
	local what="$1, $2 $3" out points refused wrong_passwords wrong_codes opened wrong

	rm -rf "$STATE"
	make_state
	stop_keeper
	faulty_keeper
	out=$("$HELPERS/strain" "$FAULTS" "$STATE" alice "$WORK/password" "$1" disk "$2" "$3" \
		"$4" 2>&1)
	ok $? "$what: no door opens but to what is right, and the same opens it afterwards" ||
		said "$out"
	read -r points refused wrong_passwords wrong_codes opened <<<"$out"
	[ "$points" -gt 4 ] && [ "$refused" -ge "$5" ]
	ok $? "$what: at $points points, of which $refused refused what was right"
	# shellcheck disable=SC2046 # a list of numbers
	quiet "$what" $(keepers)
	like "$what: the system's log is told why" "$("$HELPERS/fault" "$FAULTS" log)" \
		"^store-fault kind=(io|disk-full|not-known-whether-saved) more=[0-9]+ said=\"[A-Z].*\.\"$"
	wrong=$(trail "result = 'wrong'")
	[ "$wrong" -ge $((wrong_passwords + wrong_codes)) ]
	ok $? "$what: each verdict on what was wrong is written down" ||
		said "$wrong of $wrong_passwords and $wrong_codes"
	is "$what: and each code that opened a door, once" \
		"$(trail "action IN ('code', 'activate') AND result = 'ok'")" "$opened"
	stop_keeper
	is "$what: all is in order" "$(doctor_wrong)" ''
}

while read -r story error how every refused <&3; do
	strain "$story" "$error" "$how" "$every" "$refused"
done 3<<'END'
sign-in EIO once 4 0
sign-in ENOSPC lasting 5 4
configure ENOSPC once 6 0
configure EIO lasting 7 3
narrow ENOSPC once 1 1
END

# --- the first start ------------------------------------------------------------

# first ERROR once|lasting EVERY: a keeper that makes its state, and the first Super Administrator
first() {
	local out points refused unsure aborted

	rm -rf "$STATE"
	mkdir "$STATE"
	out=$("$HELPERS/starts" "$FAULTS" "$STATE" "$KEEPER" first disk "$1" "$2" "$3" 2>&1)
	ok $? "first start, $1 $2: refused or done, as it was said, and never in between" ||
		said "$out"
	read -r points refused unsure aborted <<<"$out"
	[ "$points" -gt 8 ] && [ "$refused" -gt 4 ] && [ "$aborted" -eq 0 ]
	ok $? "first start, $1 $2: at $points points; $refused did not start, and of $unsure it was not known"
}
first EIO once 10
first ENOSPC lasting 12

# --- each file that is opened, and each page that is read -------------------------------------

# again FAULT ERROR: a keeper of a state that is there; a passing error is never called damage
again() {
	local out points refused more

	out=$("$HELPERS/starts" "$FAULTS" "$STATE" "$KEEPER" again "$1" "$2" once 1 2>&1)
	ok $? "$1, $2: a keeper says why it does not start, or serves" || said "$out"
	read -r points refused more <<<"$out"
	[ "$points" -gt 3 ] && [ "$refused" -gt 1 ]
	ok $? "$1, $2: at $points points; $refused did not start" || said "$more"
}
rm -rf "$STATE"
make_state
stop_keeper
for error in EMFILE EIO ENOSPC EROFS; do
	again open "$error"
done
again read EIO

# --- a small disk ---------------------------------------------------------------

# A file system of its own where that may be made, else faults.so in its place.
mkdir "$DISK"
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=64m,mode=700 none "$DISK" 2>/dev/null; then
	MOUNTED=$DISK
else
	EXTRA=("LD_PRELOAD=$FAKETIME_LIBRARY:$FAULTS")
fi

fill() {
	if [ -n "$MOUNTED" ]; then
		cat /dev/zero >"$DISK/filler" 2>/dev/null
	else
		"$HELPERS/fault" "$FAULTS" "$DISK" disk ENOSPC lasting 1
	fi
}

make_room() {
	rm -f "$DISK/filler"
	[ -n "$MOUNTED" ] || "$HELPERS/fault" "$FAULTS" "$DISK" none
}

# One more change by the host; whether the reserve had to give some of itself for it
used_up() {
	pc settings set welcome "$RANDOM" >/dev/null 2>&1
	[ "$(stat -c %b "$STATE/reserve")" -lt "$whole" ]
}

STATE=$DISK/state
mkdir "$STATE"
rm -f "$FAULTS.page"
clock_set $EPOCH
make_room
fill
says "on a full disk no state is made" 'disk is full' pc init --user alice \
	--password-stdin <<<"$PASSWORD"
make_room
make_configured
open inside
sign_in alice
enter_code
wait_for 'My account'
fill
# The log is taken in pieces: what is left of the last one is used up before the disk is full for
# us.
if [ -n "$MOUNTED" ]; then
	whole=$(stat -c %b "$STATE/reserve")
	until_ok used_up
fi
open full
sign_in alice
see "on a full disk the right password is not accepted" \
	'The disk is full. Make room, then try again.'
not_now "nor does it lead on" '6-digit code'
type 'another horse battery'
keys Enter
wait_gone 'The disk is full'
see "and a wrong one gets the same words" 'The disk is full. Make room, then try again.'
like "root's doctor says what is wrong" "$(doctor_wrong)" '(^| )space( |$)'
if [ -n "$MOUNTED" ]; then
	said=$(pc user add bob 2>&1)
	is "what was held back is the host's: it adds somebody" $? 0 || said "$said"
	(while [ -d "$DISK" ]; do cat /dev/zero; done >>"$DISK/filler" 2>/dev/null) &
	FILLER=$!
	refused=0
	for i in 1 2 3 4; do
		pc user add "bob$i" >/dev/null 2>&1 || refused=$((refused + 1))
	done
	kill "$FILLER"
	wait "$FILLER" 2>/dev/null
	is "whatever fills the disk all the while" "$refused" 0
	added=6
	use inside
	keys Enter
	see "and for people who are in" 'Two-factor authentication' 'Change password'
	use full
	type 'another horse battery'
	keys Enter
	see "but not for who is not" 'The disk is full. Make room, then try again.'
	like "root's doctor says that it is in use" "$(pc doctor)" '[0-9]+ KiB are held back for a full disk; the rest is in use'
else
	says "nobody is added" 'disk is full' pc user add bob
	added=1
fi
# shellcheck disable=SC2046 # a list of numbers
quiet "on a full disk" $(keepers)
close
use inside
close
stop_keeper
if [ -n "$MOUNTED" ]; then
	pc user list >/dev/null
	ok $? "a keeper starts on what is left"
	stop_keeper
fi

# Once that is gone as well, a log that is there already may have room in it: without one no keeper
# starts.
make_room
pc user list >/dev/null
stop_keeper
rm -f "$STATE/reserve"
fill
says "no keeper starts" 'disk is full' pc user list
like "root's doctor says it without one, too" "$(doctor_wrong)" '(^| )space( |$)'

make_room
is "with room again all is in order" "$(doctor_wrong)" ''
is "whoever was added is there" "$(pc user list --json | json 'len(j)')" "$added"
like "and as much is held back again" "$(pc doctor)" 'KiB are held back for a full disk'
is "the wrong password was not counted, and had no verdict" "$(rows password wrong)" 0
clock_move 30
open again
sign_in alice
enter_code
see "and the right one leads on" 'Sign out' 'My account'
sign_out
close

# The disk takes nothing at all between the two doors: the code is not spent by what was refused.
stop_keeper
clock_move 30
KEPT=("${EXTRA[@]}")
EXTRA=("LD_PRELOAD=$FAKETIME_LIBRARY:$FAULTS")
"$HELPERS/fault" "$FAULTS" "$DISK" none
open between
sign_in alice
wait_for '6-digit code'
"$HELPERS/fault" "$FAULTS" "$DISK" disk ENOSPC lasting 1
enter_code
see "full between the doors: the code is not accepted" \
	'The disk is full. Make room, then try again.'
not_now "and nobody is in" 'My account'
"$HELPERS/fault" "$FAULTS" "$DISK" none
enter_code
see "with room again the same code opens the door" 'Sign out' 'My account'
sign_out
close
is "it is written down once" "$(rows code ok)" 3
stop_keeper
EXTRA=("${KEPT[@]}")

# A disk so small that the log fills it, again and again: what is held back lets it be copied back.
if [ -n "$MOUNTED" ]; then
	mkdir "$WORK/tiny"
	mount -t tmpfs -o size=1m,mode=700 none "$WORK/tiny"
	umount "$DISK"
	MOUNTED=$WORK/tiny STATE=$WORK/tiny/state
	mkdir "$STATE"
	make_state
	refused=0
	for i in {1..150}; do
		pc settings set console-name "Name $i" >/dev/null 2>&1 || refused=$((refused + 1))
	done
	is "a disk that a log can fill refuses nothing" "$refused" 0
	is "and has what was written last" "$(pc settings get console-name)" 'Name 150'
	like "with something held back" "$(pc doctor)" 'KiB are held back for a full disk'
	stop_keeper
	umount "$MOUNTED"
	mount -t tmpfs -o size=64m,mode=700 none "$DISK"
	MOUNTED=$DISK STATE=$DISK/state
	mkdir "$STATE"
	make_state
	stop_keeper
fi

# A keeper that has just started has an empty log: to copy it back makes no room, and what is held
# back does.
if [ -n "$MOUNTED" ]; then
	pc user list >/dev/null
	is "its log is empty" "$(stat -c %s "$STATE/console.db-wal")" 0
	fill
	said=$(pc settings set console-name Full 2>&1)
	is "a keeper that has just started on a full disk has room for the host" $? 0 || said "$said"
	make_room
	stop_keeper
fi

# A file system that has become read-only; what modes do in its place stands in bad_days.sh.
if [ -n "$MOUNTED" ]; then
	kept=$(sha256sum "$STATE/console.db" "$STATE/console.key")
	mount -o remount,ro "$DISK"
	says "a read-only file system" 'cannot be written' pc user list
	like "root's doctor says so" "$(doctor_wrong)" '(^| )space( |$)'
	is "nothing changed" "$(sha256sum "$STATE/console.db" "$STATE/console.key")" "$kept"
	mount -o remount,rw "$DISK"
	is "writable again it works" "$(pc user list --json | json 'len(j)')" 1
fi
finish
