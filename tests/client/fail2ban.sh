#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a keeper tells the host's log, and what fail2ban makes of it with the filter and the jail of
# data/: who fails too often from an address that root vouches for is banned, and nobody else,
# whatever a stranger calls himself.

# The log's socket is /dev/log: in a /dev of this test's own, which nobody else sees.
. "${top_srcdir:-.}/tests/client/own_dev.bash"
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"
need sqlite3 fail2ban-server fail2ban-regex fail2ban-client
DATA=${top_srcdir:-.}/data/fail2ban
LOG=$WORK/auth.log
JAILS=$WORK/fail2ban
JAILER=

end_it() {
	[ -z "$JAILER" ] || kill "$JAILER" 2>/dev/null
	wait "$JAILER" 2>/dev/null
	host_log_end
	clean_up_strangers
}
trap end_it EXIT

# --- the host's log ------------------------------------------------------------------------

. "${top_srcdir:-.}/tests/client/host_log.bash"

logged() {
	grep -qF -- "$1" "$LOG"
}

# told WHAT LINE: a test: the log is told
told() {
	until_ok logged "bastion provconsole-keeper: $2"
	ok $? "$1" || said "$(tail -n 20 "$LOG")"
}

count_of() {
	grep -cE -- "$1" "$LOG"
}

# --- what the keeper tells -----------------------------------------------------------------

# The first keeper is one that the console starts.
FROM='203.0.113.20 50000 192.0.2.1 22'
make_configured alice
stop_keeper
told "a sign-in: from where, by what, who, and the name that the person gave it last" \
	'accepted src=203.0.113.20 vouched=no step=home factor=authenticator name="alice" with="Authenticator"'
until_ok logged 'stopped version='
like "from its start to its end" "$(sed -n '$p' "$LOG")" 'bastion provconsole-keeper: stopped version='
: >"$LOG"
sqlite3 "$STATE/console.db" "UPDATE device SET name = 'x\" refused src=10.0.0.1' || char(10) ||
	'refused src=10.0.0.2 vouched=yes step=code reason=wrong name='" || give_up "No other name."
serve
told "that it started, and which it is" "started version=$("$PROVCONSOLE" --version |
	awk '{ print $2 }') wire="
for try in 1 2 3 4 5; do
	tries alice 203.0.113.9 "wrong $try"
done
told "a refusal: from where, at which door, why, and of whom last" \
	'refused src=203.0.113.9 vouched=no step=password reason=wrong name="alice"'
is "each one once" "$(count_of 'refused src=203.0.113.9 .* name="alice"')" 5
tries alice 203.0.113.9 "$PASSWORD"
says "the sixth is not looked at" PAUSED
told "which is told with another word" \
	'paused src=203.0.113.9 vouched=no step=password reason=paused name="alice"'
tries nobody-at-all 203.0.113.10 wrong
told "a name that nobody has is a number" \
	'refused src=203.0.113.10 vouched=no step=password reason=wrong name=#'
unlike "and is not in the log" "$(cat "$LOG")" nobody-at-all
tries alice 2001:db8::7 wrong
told "an address of IPv6 is whole" \
	'refused src=2001:db8::7 vouched=no step=password reason=wrong name="alice"'
tries alice 203.0.113.12 "$PASSWORD"
ask try code "$(wrong_code)"
told "a wrong code" 'refused src=203.0.113.12 vouched=no step=code reason=wrong name="alice"'

echo 'another horse battery' >"$WORK/wrong"
"$CLIENT/racer" "$STATE" $'x\nrefused src=10.0.0.3 vouched=yes' "$WORK/wrong" 000000 1 >/dev/null
told "a line in a name is none of the log" \
	'refused src=local vouched=no step=password reason=wrong name=#'
echo "$PASSWORD" >"$WORK/password"
"$CLIENT/racer" "$STATE" alice "$WORK/password" "$(code 1)" 1 >/dev/null
told "what a person called their phone does not leave its quotation marks" \
	'accepted src=local vouched=no step=home factor=authenticator name="alice" with="x\" refused src=10.0.0.1'

# Root says where somebody comes from: by a ticket for a console, and of UNIX accounts by PAM.
for try in 1 2 3; do
	ask sure vouched 203.0.113.50
	ask sure password alice "wrong $try"
done
told "what a ticket says is vouched for, whatever the console says besides" \
	'refused src=203.0.113.50 vouched=yes step=password reason=wrong name="alice"'
pc user link alice al >"$WORK/link" 2>&1 || give_up "No link: $(cat "$WORK/link")"
ask module pam 203.0.113.51
ask module answer al "$(wrong_code)"
told "so is what PAM says, with the account" \
	'refused src=203.0.113.51 vouched=yes step=pam reason=wrong name="alice" unix="al"'

# A log that has stopped reading.
kill -STOP "$LOGGER"
for try in {1..40}; do
	tries "nobody$try" "198.51.100.$((60 + try))" wrong
done
root_asks "while the log does not read"
kill -CONT "$LOGGER"
lost() {
	tries "nobody$((try += 1))" "198.51.100.$((60 + try % 100))" wrong
	grep -q ' lost lines=[1-9]' "$LOG"
}
until_ok lost
ok $? "and hears then how many lines it missed"
is "and every line is the keeper's" "$(grep -vcE '^[A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} bastion provconsole-keeper: (started|refused|paused|accepted|audit-head|lost) ' "$LOG")" 0
hang_up
served_ends "with a log"

# --- what fail2ban finds there ----------------------------------------------------------------

# As if root vouched for all.
sed -e '/198.51.100/d' -e 's/vouched=no/vouched=yes/' "$LOG" >"$WORK/vouched.log"
mkdir -p "$JAILS"/filter.d "$JAILS"/action.d "$JAILS"/jail.d
cp /etc/fail2ban/filter.d/common.conf "$DATA/filter.d/provconsole.conf" "$JAILS/filter.d"
cp "$DATA/jail.d/provconsole.conf" "$JAILS/jail.d"

# finds FILE: the addresses that the filter finds in it, a line each
finds() {
	fail2ban-regex --out ip "$1" "$JAILS/filter.d/provconsole.conf" 2>"$WORK/regex" ||
		said "$(cat "$WORK/regex")"
}

is "it finds each that failed, and that root vouches for" "$(finds "$LOG" | sort | uniq -c |
	awk '{ print $2, $1 }')" '203.0.113.50 3
203.0.113.51 1'
is "vouched for, it would be all that failed, and no pause" "$(finds "$WORK/vouched.log" | sort | uniq -c |
	awk '{ print $2, $1 }' | sort)" '2001:db8::7 1
203.0.113.10 1
203.0.113.12 1
203.0.113.50 3
203.0.113.51 1
203.0.113.9 5'
is "with a program's number, too" "$(sed 's/-keeper:/-keeper[4711]:/' "$WORK/vouched.log" |
	grep 203.0.113.10 >"$WORK/one.log"; finds "$WORK/one.log")" 203.0.113.10
while IFS= read -r line; do
	echo "$(date '+%b %e %T') bastion $line"
done >"$WORK/hostile.log" <<'END'
provconsole-keeper: refused src=203.0.113.9 vouched=no step=password reason=wrong name="refused src=10.0.0.1 vouched=yes step=password reason=wrong name="
provconsole-keeper: refused src=local vouched=yes step=password reason=wrong name="refused src=10.0.0.1 vouched=yes step=password reason=wrong name="
provconsole-keeper: accepted src=203.0.113.9 vouched=yes step=home factor=authenticator name="alice" with="refused src=10.0.0.1 vouched=yes step=code reason=wrong name="
provconsole-keeper: paused src=10.0.0.1 vouched=yes step=code reason=locked name="alice"
provconsole-keeper: refused src=10.0.0.1 vouched=yes step=code reason=busy name="alice"
provconsole-keeper: refused src=10.0.0.1 vouched=yes step=code reason=refused name="alice"
provconsole-keeper: refused src=2001:db8:1:2::/64 vouched=yes step=password reason=wrong more=9 name="several names"
provconsole-keeper: refused src=uid:1000 vouched=yes step=authority reason=denied name="host:bob"
provconsole: refused src=10.0.0.1 vouched=yes step=code reason=wrong name="alice"
sshd[1]: Failed password for refused src=10.0.0.1 vouched=yes step=code reason=wrong name= from 10.0.0.1
sshd[1]: provconsole-keeper: refused src=10.0.0.1 vouched=yes step=code reason=wrong name="alice"
END
is "nothing that a stranger, a pause or another program wrote is an address" \
	"$(finds "$WORK/hostile.log")" ''

# --- a fail2ban of our own --------------------------------------------------------------------

cat >"$JAILS/fail2ban.conf" <<END
[Definition]
loglevel = INFO
logtarget = $WORK/fail2ban.log
syslogsocket = auto
socket = $WORK/fail2ban.sock
pidfile = $WORK/fail2ban.pid
dbfile = $WORK/fail2ban.sqlite3
dbmaxmatches = 10
dbpurgeage = 1d
END
cat >"$JAILS/jail.conf" <<END
[DEFAULT]
allowipv6 = auto
bantime = 600
findtime = 600
action = written
END
cat >"$JAILS/action.d/written.conf" <<END
[Definition]
actionban = echo <ip> >>$WORK/banned
END
# What its comment tells root to write, for a log file, and a ban at the third.
cat >"$JAILS/jail.d/provconsole.local" <<END
[provconsole]
enabled = true
backend = polling
logpath = $WORK/live.log
maxretry = 3
END
: >"$WORK/live.log" : >"$WORK/banned"
control() {
	fail2ban-client -s "$WORK/fail2ban.sock" -p "$WORK/fail2ban.pid" -c "$JAILS" "$@"
}

# Whether that many lines were found
found() {
	control status provconsole 2>/dev/null | grep -qE "Total failed:.*[^0-9]$1\$"
}

# happens SOURCE N: that many lines of the keeper's about it are in the log, now
happens() {
	grep -F " refused src=$1 " "$LOG" | head -n "$2" >>"$WORK/live.log"
}

banned() {
	grep -qxF -- "$1" "$WORK/banned"
}

fail2ban-server -f -s "$WORK/fail2ban.sock" -p "$WORK/fail2ban.pid" -c "$JAILS" \
	>"$WORK/server" 2>&1 start &
JAILER=$!
until_ok control status provconsole >/dev/null 2>&1
ok $? "fail2ban starts with the jail of data/" || said "$(cat "$WORK/server" "$WORK/fail2ban.log")"
happens 203.0.113.9 5
happens 203.0.113.50 2
until_ok found 2
ok $? "two refusals of an address that root vouches for are counted" ||
	said "$(control status provconsole)"
is "and ban nobody, nor do five of another" "$(cat "$WORK/banned")" ''
happens 203.0.113.9 5
happens 203.0.113.50 1
until_ok banned 203.0.113.50
ok $? "the third bans it" || said "$(cat "$WORK/fail2ban.log")"
is "and never the other" "$(cat "$WORK/banned")" 203.0.113.50

finish
