# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# A run whose disk is full, at one place or another, ends orderly with a message, and its last checkpoint is whole: with
# more room it goes on from there. PLACES: how many sizes of the disk are tried (3). Needs the right to mount one.
. "$SOURCE/tests/cases/support.sh"
mkdir disk
mount -t tmpfs -o size=64k none disk 2> /dev/null || skip "no file system may be mounted"
trap 'umount "$folder/disk"; rm -rf "$folder"' EXIT
cp "$cases/slabs.toml" .
RANDOM=${SEED:-1}
places=${PLACES:-3}
options=(--quiet --set 'output.directory="disk/out"' --set time.slabs=6 --set output.pictures=false
  --set 'output.grid=[41, 61]' --set 'output.checkpoint.every="0.05s"')
went_on=0
ran=0
for place in $(seq "$places"); do
  umount disk
  mount -t tmpfs -o "size=$((40 + (place - 1) * 400 / places + RANDOM % 20))k" none disk
  within_limit "$DDPINN" run slabs.toml "${options[@]}" > output 2>&1
  status=$?
  [ "$status" -le 5 ] || fail "place $place: status $status"
  if [ "$status" -eq 0 ]; then
    ran=$((ran + 1))
  else
    grep -qiE "error|no checkpoint" output || fail "place $place: nothing is said"
  fi
  grep -qE "report (this|it)|terminate called" output && fail "place $place: an error of the program"
  mount -o remount,size=64m disk
  [ -e disk/out/checkpoints/latest ] || continue
  within_limit "$DDPINN" run slabs.toml "${options[@]}" --restart latest > output 2>&1 || fail "place $place: it does not go on"
  grep -q "is damaged\|the checkpoint before it" output && fail "place $place: the last checkpoint is damaged"
  went_on=$((went_on + 1))
done
printf '%s places, %s runs had room enough, %s went on from a checkpoint\n' "$places" "$ran" "$went_on"
[ "$ran" -lt "$places" ] || fail "no disk was full"
finish
