# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Quantities of a case are in the result lines, in the summary, and in a table of time slabs.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/linear.toml" "$cases/slabs.toml" .
cat >> linear.toml << 'CASE'
[[quantity]]
name = "total"
expression = "u"
[[quantity]]
name = "outflow"
expression = "n_x*u_x"
on = ["x.lower", "x.upper"]
[[quantity]]
name = "middle"
expression = "u"
point = [0.5, 0.5]
CASE

# near NAME VALUE: what the last run found of the quantity
near() {
  local found
  found=$(sed -n "s/^result: quantity=$1 value=//p" output)
  awk -v a="$found" -v b="$2" 'BEGIN { exit !(a != "" && (a - b)^2 <= 1e-5*(1 + b^2)) }' || fail "$1 is $found, not $2"
}

expect "a run with quantities" 0 "result: quantity=total value=" run 2 linear.toml
near total 0.4052847
near outflow -4
near middle 1
[ "$(head -n 1 linear/quantities.csv)" = "from,until,total,outflow,middle" ] || fail "the table's header"
at_most "the total in the summary" "$("$RESULTS" summary linear/summary.json quantities/0/value)" 0.406
expect "check knows them" 0 "subdomains" program check linear.toml
grep -qF '[[quantity]]' linear/resolved.toml || fail "the resolved case has no quantities"
expect "the resolved case gives the same ones" 0 "result: quantity=total value=" run 1 linear/resolved.toml
near outflow -4
expect "the page has them" 0 "report.html" program report linear
grep -qF outflow linear/report.html || fail "the page lacks the quantities"

cat >> slabs.toml << 'CASE'
[[quantity]]
name = "energy"
expression = "(u_t**2 + u_x**2)/2"
at_time = 0.5
[[quantity]]
name = "top"
expression = "u"
kind = "max"
CASE
expect "quantities in slabs" 0 "result: quantity=top value=" run 2 slabs.toml
near top 1
near energy 2.4674011
[ "$(wc -l < results/slabs/quantities.csv)" = 4 ] || fail "the table has a line for each slab"

mistake() { expect "$1" 2 "$2" program check linear.toml --set "quantity.total.$3"; }
mistake "a mistyped place" 'did you mean "x.lower"' 'on=["x.lover"]'
mistake "a point of too few numbers" "write one for each" 'point=[0.5]'
mistake "a point outside" "outside the domain" 'point=[0.5, 7]'
mistake "an unknown name" "unknown name" 'expression="v"'
mistake "a normal inside" "the normal is known only" 'expression="n_x"'
mistake "a time without t" "is for no coordinate" 'at_time=0.5'
mistake "an unknown kind" "must be" 'kind="sum"'
finish
