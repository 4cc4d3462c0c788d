# SPDX-License-Identifier: GPL-3.0-or-later
# Who reads: pages of people and of the trail, where there are few and where there are many; and
# what those who sign in have of them. Sourced by bench.sh.

LONG_ROWS=${BENCH_ROWS:-10000000}	# of the long trail
MANY_PEOPLE=100000
PEOPLE_KINDS=(name role standing sign-in bare-name bare-role bare-standing bare-sign-in begins-name
	begins-role begins-standing begins-sign-in)
PAGES_KINDS=(all person verb no-verb day persons-day)
declare -A READING=(
	[name]="by name" [role]="by role" [standing]="by state" [sign-in]="by last sign-in"
	[bare-name]="without 2FA, by name" [bare-role]="without 2FA, by role"
	[bare-standing]="without 2FA, by state" [bare-sign-in]="without 2FA, by last sign-in"
	[begins-name]="a beginning, by name" [begins-role]="a beginning, by role"
	[begins-standing]="a beginning, by state" [begins-sign-in]="a beginning, by last sign-in"
	[all]="all rows" [person]="a person's" [verb]="a daily verb's" [no-verb]="another verb's"
	[day]="a day's" [persons-day]="a person's day's"
)

# long_trail: the state "long": many people, and the long trail, from November 2023 on. With
# BENCH_LONG it is a copy of that one, which is made if it is not there, and stays.
long_trail() {
	[ ! -d "$WORK/long" ] || return 0
	if [ ! -d "${BENCH_LONG:-}" ]; then
		say "a trail of $LONG_ROWS rows"
		seed long $MANY_PEOPLE 10001
		"$BENCH/rows" "$WORK/long" "$LONG_ROWS" 1700000000 || die "There are no rows."
		[ -z "${BENCH_LONG:-}" ] || cp -a "$WORK/long" "$BENCH_LONG" || exit 1
	else
		cp -a "$BENCH_LONG" "$WORK/long" || die "The long trail cannot be copied."
	fi
}

# slowest PREFIX KIND…: the greatest 99th percentile of them, in ms
slowest() {
	local kind

	for kind in "${@:2}"; do
		calc "${F[$1.$kind.p99]} / 1000"
		echo
	done | sort -g | tail -n 1
}

# read_rows PREFIX WHAT MANY FEW KIND…: each kind of page against the same where there are few
read_rows() {
	local kind

	for kind in "${@:5}"; do
		against "$2, ${READING[$kind]}, $3" "$1.many.$kind" "$1.few.$kind" µs "$4" \
			'<= 1.2'
	done
	row "the slowest 99th percentile of these" \
		"$(digits "$(slowest "$1.many" "${@:5}")") ms" \
		"$4 $(digits "$(slowest "$1.few" "${@:5}")") ms" \
		"$(slowest "$1.many" "${@:5}")" '<= 20'
}

people() {
	say "$MANY_PEOPLE people"
	seed crowd-few 1000 1
	seed crowd-many $MANY_PEOPLE 1
	one_core
	keeper_start "$WORK/crowd-few"
	keeper_start_too "$WORK/crowd-many"
	figures '' "${ON_ONE_CORE[@]}" "$BENCH/people" "$WORK/crowd-few" 1000 \
		"$WORK/crowd-many" $MANY_PEOPLE 2000
	keeper_stop
	keeper_stop
	ON_ONE_CORE=()
	rm -rf "$WORK/crowd-few" "$WORK/crowd-many"
	read_rows people "a page of Users" "$MANY_PEOPLE people" "1,000 people" "${PEOPLE_KINDS[@]}"
}

# The short trail is of few people, so that each has as much as a page in it.
pages() {
	long_trail
	say "pages of it"
	seed short 1000
	"$BENCH/rows" "$WORK/short" 1000 0 10 || die "There are no rows."
	one_core
	keeper_start "$WORK/short"
	keeper_start_too "$WORK/long"
	figures '' "${ON_ONE_CORE[@]}" "$BENCH/pages" "$WORK/short" 10 "$WORK/long" 1000 2000
	keeper_stop
	keeper_stop
	ON_ONE_CORE=()
	rm -rf "$WORK/short"
	read_rows pages "a page of the trail" "$LONG_ROWS rows" "1,000 rows" "${PAGES_KINDS[@]}"
	read_through word "looking for a word in it"
	read_through chart "counting all of it for a chart"
}

# read_through NAME WHAT: from end to end
read_through() {
	local name=pages.many.$1

	row "$2" "$(digits "${F[$name.rate]}") rows/s" \
		"its answers: 99th percentile $(digits "$(calc "${F[$name.p99]} / 1000")") ms" \
		"$(calc "${F[$name.p99]} / 1000")" '<= 20'
	row "the longest of its answers" "$(digits "${F[$name.longest]}") µs" "" \
		"$(calc "${F[$name.longest]} / 1000")" '<= 20'
}

beside() {
	long_trail
	say "64 clients beside readers"
	keeper_start "$WORK/long"
	figures '' "$BENCH/beside" "$WORK/long" 3
	keeper_stop
	against "a sign-in of 64 clients beside 4 readers, 99th percentile" beside.readers \
		beside.alone ms alone '<= 1.3'
	against "the same beside one more who looks for a word" beside.search beside.alone ms \
		alone '<= 1.3 \*'
	row "a page of these readers, 99th percentile" "$(digits "${F[beside.page]}") ms" "" \
		"${F[beside.page]}" '<= 20'
}
