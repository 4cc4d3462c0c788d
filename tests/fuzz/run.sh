#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh SECONDS TARGET: builds a fuzz target with libFuzzer and both sanitizers,
# and runs it that long. New inputs are kept in BUILD/fuzz/TARGET.corpus; one that
# breaks something in BUILD/fuzz/TARGET.found.
set -euo pipefail
top=$(cd "${top_srcdir:-$(dirname "$0")/../..}" && pwd)
build=$(cd "${top_builddir:-$top/build}" && pwd)
seconds=$1 target=$2 out=$build/fuzz/$2 options=()

die() {
	echo "fuzz: $*" >&2
	exit 1
}

# The files of the tree that a target is made of, beside core's
sources() {
	case $1 in
	wire) echo "$top"/src/wire/{wire,greeting}.c ;;
	input)
		echo "$top"/src/client/crash.c "$top"/src/ui/terminal/*.c \
			"$top"/src/ui/widget/{field,field_take,draw}.c
		;;
	decoder | answers)
		echo "$top"/src/ui/terminal/{answer,decoder,sequence,keyboard,palette,probe,utf8}.c
		;;
	google | oath | csv)
		echo "$top"/src/cli/import_{csv,google,key,oath,say,uri}.c
		;;
	phc | recovery) echo "$top"/src/auth/*.c ;;
	backup) echo "$top"/src/auth/*.c "$top"/src/keeper/backup_record.c ;;
	esac
}

build() {
	local files

	mkdir -p "$build/fuzz"
	read -ra files <<<"$(sources "$target")"
	# shellcheck disable=SC2046 # words
	clang -g -O1 -std=c11 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		-include "$build/config.h" -D_GNU_SOURCE '-DLOCALEDIR=""' \
		"-I$top/src" "-I$build/src" "$top/tests/fuzz/$target.c" "${files[@]}" \
		"$top"/src/core/*.c -o "$out" \
		$(pkg-config --cflags --libs libgcrypt ncursesw) -lunistring -lpthread
}

command -v clang >/dev/null || die "clang is missing: apt-get install clang"
build || die "It does not build. libFuzzer may be missing: apt-get install libclang-rt-dev"
mkdir -p "$out.corpus" "$out.found"
[ ! -f "$top/tests/fuzz/$target.dict" ] || options=("-dict=$top/tests/fuzz/$target.dict")
status=0
LSAN_OPTIONS="suppressions=$top/tests/lsan.supp:print_suppressions=0" \
	"$out" -max_total_time="$seconds" -max_len=32768 -timeout=10 -print_final_stats=1 \
	"${options[@]}" \
	"-artifact_prefix=$out.found/" "$out.corpus" \
	"$top/tests/fuzz/corpus/$target" >"$out.log" 2>&1 || status=$?
[ "$status" -eq 0 ] || tail -n 40 "$out.log"
# Executions, then edges seen (cov) and inputs kept (corp)
echo "$target: $seconds s, $(sed -n 's/^stat::number_of_executed_units: *//p' \
	"$out.log") executions," \
	"$(sed -n 's/.* \(cov: [0-9]*\) ft: [0-9]* \(corp: [0-9]*\).*/\1, \2/p' "$out.log" |
	tail -n 1)," \
	"$(find "$out.found" -type f | wc -l) broken"
exit "$status"
