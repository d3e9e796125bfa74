#!/bin/sh
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: docs.sh SOURCE_FOLDER. Fails, and names the lines, where a page is wider than 100 columns (tables, code and
# images aside) or names a source file that is not there, or where a file of the tree names a folder of the machine
# that it was written on.
set -eu
cd "$1"
failures=0

# report TITLE LINES
report() {
  [ -z "$2" ] && return 0
  printf '%s\n%s\n\n' "$1" "$2"
  failures=$((failures + 1))
}

# prose PAGE: its lines as PAGE:NUMBER:TEXT, without tables, code, images, and lines of two words (a long link)
prose() {
  awk -v page="$1" '
    /^ *```/ { code = !code; next }
    code || /^\|/ || /^!\[/ || /^    / || NF < 3 { next }
    { print page ":" FNR ":" $0 }' "$1"
}

wide=$(for page in *.md docs/*.md; do prose "$page"; done | LC_ALL=C.UTF-8 grep -E '^[^:]+:[0-9]+:.{101,}' || true)
report "these lines are wider than 100 columns:" "$wide"

# Paths as they stand in backquotes, from the root or from src, include or tests.
gone=$(grep -noE '`[[:alnum:]_./-]+/[[:alnum:]_.-]+[.](hpp|cpp|sh|cmake)`' README.md CONTRIBUTING.md docs/*.md | tr -d '`' |
  while IFS=: read -r page line path; do
    [ -e "$path" ] || [ -e "src/$path" ] || [ -e "include/$path" ] || [ -e "tests/$path" ] ||
      echo "$page:$line:$path"
  done)
report "these pages name files that are not there:" "$gone"

# Names with "/tmp" are examples where they stand in a test or in a command of the documentation.
machine='(^|[^[:alnum:]_./-])/(work|home|root)/|\.\./shared'
named=$(grep -rnIE "$machine" .ci .clang-* *.md *.txt *.json apps cmake docs include src tests |
  grep -v '^tests/docs/docs.sh:' || true)
report "these lines name folders of one machine:" "$named"
scratch=$(grep -rnIE '(^|[^[:alnum:]_.-])/tmp/' .ci *.md *.txt *.json apps cmake include src || true)
report "these lines name scratch folders of one machine:" "$scratch"

if [ "$failures" -gt 0 ]; then
  echo "$failures rule(s) of the documentation are broken"
  exit 1
fi
