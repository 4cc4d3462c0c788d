#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One table, of what is fast and what is small: each line a figure of ours beside one of others,
# measured in turn in one run, and its goal.
# README.md beside this says what each line means. Runs as `make
# bench`; the table is also left in bench.md.
set -u
: "${top_srcdir:?Run it as: make bench}" "${top_builddir:?}" "${PROVCONSOLE:?}" "${KEEPER:?}"

BENCH=$top_builddir/tests/bench
WORK=$(mktemp -d "$top_builddir/bench.XXXXXX") || exit 1
KEEPER_PID=
OTHER_PID=
declare -A F	# the figures, by name
ROWS=()

say() {
	echo "bench: $*" >&2
}

die() {
	say "$*"
	exit 1
}

clean_up() {
	stranger_goes
	pg_goes
	keeper_stop
	keeper_stop
	rm -rf "$WORK"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

# --- figures and rows -----------------------------------------------------------------

# figures PREFIX COMMAND…: takes over the lines "NAME NUMBER" that it prints
figures() {
	local prefix=$1 name number

	while read -r name number; do
		F[$prefix$name]=$number
	done < <("${@:2}" || echo "failed 1")
	[ -z "${F[${prefix}failed]-}" ] ||
		die "${2##*/} failed. $(tail -n 3 "$WORK/prompts" 2>/dev/null)"
}

calc() {
	awk "BEGIN { printf \"%.4g\", $1 }"
}

# digits NUMBER: three of them that count
digits() {
	awk -v n="$1" 'BEGIN { a = n < 0 ? -n : n; printf (a >= 100 ? "%.0f" : a >= 10 ? "%.1f" : "%.2f"), n }'
}

# row WHAT OURS BESIDE RATIO GOAL: a goal is "<= N", ">= N", "A to B", or "-"
row() {
	local met

	met=$(awk -v r="$4" -v g="$5" 'BEGIN {
		n = split(g, w, " ")
		if (r == "-" || g == "-") print "-"
		else if (w[2] == "to") print (r >= w[1] && r <= w[3] ? "yes" : "**no**")
		else if (w[1] == "<=") print (r <= w[2] ? "yes" : "**no**")
		else print (r >= w[2] ? "yes" : "**no**") }')
	[ "$4" = - ] || set -- "$1" "$2" "$3" "$(digits "$4")" "$5"
	set -- "$1" "$2" "$3" "$4" "${5/<=/≤}"
	ROWS+=("| $1 | $2 | $3 | $4 | ${5/>=/≥} | $met |")
}

# against WHAT OURS THEIRS UNIT NAME GOAL: the ratio of two figures
against() {
	if [ -z "${F[$3]-}" ]; then
		row "$1" "$(digits "${F[$2]}") $4" "$5: not installed" - "$6"
	else
		row "$1" "$(digits "${F[$2]}") $4" "$5 $(digits "${F[$3]}") $4" \
			"$(calc "${F[$2]} / ${F[$3]}")" "$6"
	fi
}

# --- a keeper --------------------------------------------------------------------------

# What stands before a keeper and its client where they are to share one core: two keepers that are
# asked in turn must not differ by where the system has put them (waking another core costs as much
# as a page does).
ON_ONE_CORE=()
one_core() {
	ON_ONE_CORE=(taskset -c "$(taskset -cp $$ | sed 's/.*: *//; s/[^0-9].*//')")
}

# keeper_start STATE [NAME=VALUE…]: in the foreground of a shell's job, as a service manager runs it
keeper_start() {
	rm -f "$1/socket"
	env "${@:2}" "${ON_ONE_CORE[@]}" "$KEEPER" --state "$1" >"$WORK/keeper.log" 2>&1 </dev/null &
	KEEPER_PID=$!
	until [ -S "$1/socket" ]; do
		kill -0 "$KEEPER_PID" 2>/dev/null ||
			die "The keeper does not start: $(cat "$WORK/keeper.log")"
		read -r -t 0.05 <>"$WORK/never" || :
	done
}

keeper_stop() {
	[ -n "$KEEPER_PID" ] || return 0
	kill "$KEEPER_PID" 2>/dev/null
	wait "$KEEPER_PID" 2>/dev/null
	KEEPER_PID=$OTHER_PID OTHER_PID=
}

# One more of them; keeper_stop then ends the newer one first
keeper_start_too() {
	OTHER_PID=$KEEPER_PID
	keeper_start "$@"
}
mkfifo "$WORK/never"

# keeper_memory FIELD: KiB
keeper_memory() {
	awk -v field="$1:" '$1 == field { print $2 }' "/proc/$KEEPER_PID/status"
}

# How often its threads have gone to sleep so far
keeper_switches() {
	cat "/proc/$KEEPER_PID/task"/*/status | awk '/ctxt_switches/ { n += $2 } END { print n }'
}

seed() {
	"$BENCH/seed" "$WORK/$1" "${@:2}" || die "A state cannot be made."
}

# --- the parts ---------------------------------------------------------------------------

verify() {
	local name worst=1 ratio

	say "a code at the second door"
	figures '' "$BENCH/verify"
	against "a code at the second door, unsealed and refused" verify.miss verify.liboath.miss \
		ns liboath '<= 0.75'
	against "the same" verify.miss verify.libcotp ns 'libcotp, three codes' '<= 0.30'
	for name in before now after malformed; do
		ratio=$(calc "${F[verify.$name]} / ${F[verify.miss]}")
		worst=$(awk -v a="$worst" -v b="$ratio" \
			'function off(x) { return x > 1 ? x - 1 : 1 - x } BEGIN { print (off(b) > off(a) ? b : a) }')
	done
	row "a code of -1, 0 or +1, or what is none: the farthest from refused" "" "" "$worst" \
		'0.97 to 1.03'
	[ -z "${F[verify.liboath.now]-}" ] ||
		row "(liboath's, a code of now)" "" "" \
			"$(calc "${F[verify.liboath.now]} / ${F[verify.liboath.miss]}")" -
}

step() {
	say "1,000,000 people"
	seed many 1000000
	seed few 1000
	say "the transaction of a step"
	figures '' "$BENCH/steps" "$WORK/few" "$WORK/many" 1000
	rm -rf "$WORK/many"
	against "the transaction of an accepted code, 1,000 people" step.few step.bare µs \
		'bare fdatasync' '<= 2.0'
	against "the same, 1,000,000 people" step.many step.bare µs 'bare fdatasync' '<= 2.0'
	against "the same" step.many step.few µs '1,000 people' '<= 1.3'
	row "bytes written for it, checkpoints included" "$(digits "${F[step.all.bytes]}")" "" \
		"${F[step.all.bytes]}" '<= 16000'
}

clients() {
	say "64 clients"
	seed rival 2000
	truncate -s 8 "$WORK/syncs"
	export BENCH_SYNCS=$WORK/syncs
	keeper_start "$WORK/state" "LD_PRELOAD=$BENCH/count_syncs.so"
	figures one. "$BENCH/clients" "$WORK/state" 1 3 1600
	figures '' "$BENCH/clients" "$WORK/state" 64 3 0 "$WORK/rival"
	keeper_stop
	unset BENCH_SYNCS
	row "fdatasyncs a step, 1 client" "$(digits "${F[one.clients.syncs]}")" "" \
		"${F[one.clients.syncs]}" '<= 1.05'
	row "the same, 64 clients" "$(digits "${F[clients.syncs]}")" "" "${F[clients.syncs]}" \
		'<= 0.2'
	against "steps a second, 64 clients" clients.rate rival.rate /s '64 processes on SQLite' \
		'>= 3'
	against "their 99th percentile" clients.p99 rival.p99 ms '64 processes on SQLite' '<= 0.1'
}

idle() {
	local before

	say "an idle keeper"
	keeper_start "$WORK/state"
	before=$(keeper_switches)
	read -r -t 10 <>"$WORK/never" || :
	F[idle.wakes]=$(($(keeper_switches) - before)) F[idle.rss]=$(keeper_memory VmRSS)
	keeper_stop
}

# storm N FIRST
storm() {
	local workers

	figures "$1." "$BENCH/signin" "$WORK/state" storm "$1" "$2"
	workers=$(awk '/^Threads:/ { print $2 - 1 }' "/proc/$KEEPER_PID/status")
	against "$1 sign-ins at once" "$1.storm.total" "$1.storm.alone" ms 'their hashing alone' \
		'<= 1.5 \*'
	row "of them refused" "${F[$1.storm.refused]}" "" "${F[$1.storm.refused]}" '<= 0'
	row "the keeper's peak memory then" \
		"$(digits "$(calc "$(keeper_memory VmHWM) / 1024")") MiB" \
		"$workers workers x 19 MiB + 24 MiB" \
		"$(calc "$(keeper_memory VmHWM) / 1024 / ($workers * 19 + 24)")" '<= 1'
}

signin() {
	say "whole sign-ins"
	keeper_start "$WORK/state"
	figures '' "$BENCH/signin" "$WORK/state" whole 100 100
	against "a whole sign-in, both doors" signin.whole signin.bare ms 'one bare warm Argon2id' \
		'<= 1.15'
	F[signin.both]=$(calc "${F[signin.bare]} + ${F[signin.disk]}")
	against "the same" signin.whole signin.both ms 'it and two bare fdatasyncs' '<= 1.15 \*'
	say "storms"
	storm 100 300
	storm 500 400
	keeper_stop
}

# program NAME WORD COMMAND…: a line for paint, if it is installed
program() {
	command -v "$3" >/dev/null || return 0
	(IFS=$'\t'; echo "$*")
}

# least FIGURE: of the others that are there
least() {
	local name least=

	for name in dialog whiptail nano; do
		[ -z "${F[paint.$name.$1]-}" ] || least+=${F[paint.$name.$1]}$'\n'
	done
	sort -g <<<"${least%$'\n'}" | head -n 1
}

# beside FIGURE FACTOR UNIT: what the others have
beside() {
	local name

	for name in dialog whiptail nano; do
		[ -z "${F[paint.$name.$1]-}" ] ||
			printf '%s %s, ' $name "$(digits "$(calc "${F[paint.$name.$1]} / $2")")"
	done | sed "s/, \$/ $3/"
}

# painted WHAT FIGURE FACTOR UNIT GOAL: ours against the least of the others
painted() {
	local ours

	ours="$(digits "$(calc "${F[paint.console.$2]} / $3")") $4"
	[ -z "$(least "$2")" ] && row "$1" "$ours" "dialog, whiptail, nano: not installed" - "$5" &&
		return
	row "$1" "$ours" "$(beside "$2" "$3" "$4")" \
		"$(calc "${F[paint.console.$2]} / $(least "$2")")" "$5"
}

paint() {
	say "first pictures"
	keeper_start "$WORK/state"
	{
		program console Help "$PROVCONSOLE" --state "$WORK/state"
		program dialog Name dialog --inputbox Name 8 40
		program whiptail Name whiptail --inputbox Name 8 40
		program nano Help nano
	} >"$WORK/programs"
	figures '' "$BENCH/paint" 40 200 <"$WORK/programs"
	painted "the console, from start to first picture, against the quickest" us 1000 ms \
		'<= 1.5 \*'
	[ -z "${F[paint.dialog.us]-}" ] || row "the same" \
		"$(digits "$(calc "${F[paint.console.us]} / 1000")") ms" \
		"dialog $(digits "$(calc "${F[paint.dialog.us]} / 1000")") ms" \
		"$(calc "${F[paint.console.us]} / ${F[paint.dialog.us]}")" '<= 1.25'
	painted "resident memory, against the least" rss 1024 MiB '<= 1.5 \*'
	painted "proportional memory, against the least" pss 1024 MiB '<= 1.5 \*'
	row "200 open consoles, proportional memory each" \
		"$(digits "$(calc "${F[paint.many.pss]} / 1024")") MiB" \
		"one alone $(digits "$(calc "${F[paint.console.pss]} / 1024")") MiB" \
		"$(calc "${F[paint.many.pss]} / ${F[paint.console.pss]}")" '<= 1 \*'
	keeper_stop
	row "an idle keeper's resident memory" "$(digits "$(calc "${F[idle.rss]} / 1024")") MiB" \
		"8 MiB" "$(calc "${F[idle.rss]} / 8192")" '<= 1'
	row "its wake-ups in 10 s" "${F[idle.wakes]}" "" "${F[idle.wakes]}" '<= 0'
}

# --- PAM ---------------------------------------------------------------------------------

PAM_ROUNDS=30
PAM_USER=$(id -un)

# module NAME: where it is
module() {
	find /usr/lib /lib -name "$1" 2>/dev/null | head -n 1
}

# oath_service NAME USERS: pam_oath with so many users, ours the last
oath_service() {
	awk -v n="$2" -v user="$PAM_USER" 'BEGIN {
		for (i = 1; i < n; i++) printf "HOTP user%d - 3132333435363738393031323334353637383930\n", i
		print "HOTP " user " - 3132333435363738393031323334353637383930" }' >"$WORK/oath.$1"
	chmod 600 "$WORK/oath.$1"
	echo "auth required $(module pam_oath.so) usersfile=$WORK/oath.$1 window=20 digits=6" >"$WORK/pam/$1"
}

google_service() {
	printf '%s\n' GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ '" HOTP_COUNTER 1' \
		'" WINDOW_SIZE 3' >"$WORK/google"
	chmod 400 "$WORK/google"
	echo "auth required $(module pam_google_authenticator.so) secret=$WORK/google" >"$WORK/pam/google"
}

# Our module, and a UNIX account for each of the people that it lets in: a code is good once.
OUR_FIRST=1101
OUR_KEY=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ	# what bench_key() is, in Base32
our_service() {
	local number

	echo "auth required $top_builddir/pam_provconsole.so socket=$WORK/state/socket" >"$WORK/pam/module"
	for ((number = OUR_FIRST; number < OUR_FIRST + 2 * PAM_ROUNDS; number++)); do
		"$PROVCONSOLE" --state "$WORK/state" user link "u$number" "u$number" 2>/dev/null ||
			die "u$number cannot be linked."
	done
	for ((number = 0; number <= PAM_ROUNDS; number++)); do
		echo "$OUR_CODE"
	done >"$WORK/codes.module"
	printf '%s\n' "$(tester module "$OUR_FIRST" 'u{}')" >>"$WORK/programs"
}

# tester NAME FIRST USER: a line for spawn
tester() {
	printf '%s\t' "$1" "$WORK/codes.$1" "$2" env "LD_PRELOAD=$BENCH/pam_here.so" \
		"BENCH_PAM=$WORK/pam" pamtester "$1" "$3"
	echo authenticate
}

# resident SERVICE: KiB of a program that has asked PAM, the median of as many rounds
resident() {
	local number

	for ((number = OUR_FIRST + PAM_ROUNDS; number < OUR_FIRST + 2 * PAM_ROUNDS; number++)); do
		"$top_builddir/tests/pam/host" "$WORK/pam" "$1" "u$number" "answer=$OUR_CODE" auth memory
	done 2>/dev/null | sed -n 's/^memory: //p' | sort -n | sed -n "$((PAM_ROUNDS / 2))p"
}

pam_services() {
	mkdir "$WORK/pam"
	echo 'auth required pam_permit.so' >"$WORK/pam/permit"
	: >"$WORK/programs"
	if [ -n "$(module pam_oath.so)" ]; then
		oath_service oath10 10
		oath_service oath1k 1000
		oath_service oath100k 100000
	fi
	[ -z "$(module pam_google_authenticator.so)" ] || google_service
}

pam() {
	local service at=0

	say "PAM"
	pam_services
	if command -v pamtester >/dev/null && command -v oathtool >/dev/null; then
		for service in permit oath10 oath1k oath100k google; do
			[ -e "$WORK/pam/$service" ] || continue
			[ "$service" = google ] && at=1 || at=0
			oathtool --counter=$at --window=$((PAM_ROUNDS + 5)) \
				3132333435363738393031323334353637383930 >"$WORK/codes.$service"
			tester "$service" 0 "$PAM_USER" >>"$WORK/programs"
		done
	fi
	printf '%s\t' ours - 1000 "$BENCH/signin" "$WORK/state" once '{}' |
		sed 's/\t$/\n/' >>"$WORK/programs"
	keeper_start "$WORK/state"
	OUR_CODE=$(oathtool --totp -b "$OUR_KEY")
	! command -v pamtester >/dev/null || our_service
	figures '' "$BENCH/spawn" $PAM_ROUNDS <"$WORK/programs" 2>"$WORK/prompts"
	F[pam.permit]=$(resident permit)
	F[pam.module]=$(resident module)
	keeper_stop
	pam_rows
}

# The module beside its peers; where pamtester is missing, a client of ours without its first door.
pam_rows() {
	local ours=spawn.module.ms

	[ -n "${F[$ours]-}" ] || ours=spawn.ours.rest
	against "one authentication, second door, in a fresh process" $ours \
		spawn.oath10.ms ms 'pam_oath, 10 users' '<= 1 \*'
	against "the same" $ours spawn.oath1k.ms ms 'pam_oath, 1,000 users' '<= 1 \*'
	against "the same" $ours spawn.oath100k.ms ms 'pam_oath, 100,000 users' '<= 1 \*'
	against "the same" $ours spawn.google.ms ms pam_google_authenticator '<= 1 \*'
	against "the same" $ours spawn.permit.ms ms 'pam_permit, which does nothing' -
	against "a client of ours, with the first door, Argon2id included" spawn.ours.ms \
		spawn.oath10.ms ms 'pam_oath, 10 users' -
	[ -z "${F[pam.module]}" ] || row "what the module adds to a program's resident memory" \
		"$(calc "${F[pam.module]} - ${F[pam.permit]}") KiB" "300 KiB" \
		"$(calc "(${F[pam.module]} - ${F[pam.permit]}) / 300")" '<= 1'
}

for part in attack commands postgresql reading traffic trail; do
	. "$top_srcdir/tests/bench/$part.bash"
done

# --- the table -----------------------------------------------------------------------------

machine() {
	local kind=

	grep -q '^flags.* hypervisor' /proc/cpuinfo && kind=', virtual machine'
	echo "$(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' \
		/proc/meminfo) GiB, $(. /etc/os-release && echo "$PRETTY_NAME")$kind"
}

table() {
	echo "$(date -u +%Y-%m-%d); $(machine); load average $LOAD before and $(cut -d ' ' -f 1 \
		/proc/loadavg) after."
	echo
	echo "| what | ours | beside | ratio | goal | met |"
	echo "|---|---|---|--:|---|---|"
	printf '%s\n' "${ROWS[@]}"
	[ ${#ATTACK_ROWS[@]} -eq 0 ] || attack_table
	echo
	echo "\\* a goal of this bench; the others were set beforehand."
	awk -v bare="${F[step.bare]:-0}" 'BEGIN { if (bare > 1000) print "\nThe disk was busy: a bare fdatasync took " int(bare) " µs. Above 1 ms the lines about steps say little." }'
}

# What most of them measure on
state() {
	seed state 2000
}

ALL_PARTS='verify step state clients idle signin paint traffic commands pam people pages beside
	trail postgresql attack'

main() {
	local part

	[ "$(id -u)" -eq 0 ] ||
		die "Run it as root: the console and the keeper show their memory to nobody else."
	LOAD=$(cut -d ' ' -f 1 /proc/loadavg)
	for part in ${BENCH_PARTS:-$ALL_PARTS}; do
		"$part"
	done
	table | tee "$top_builddir/bench.md"
}

main
