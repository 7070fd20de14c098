#!/usr/bin/env bash
# Shows on a real file system that a lawful deletion leaves no byte: makes an ext4 image, runs the service's own test of an erasure with
# its data directory on it, and then looks for the test's words in the raw image, block by block, outside of any file system.
# Needs root (loop mount) and mkfs.ext4, fstrim; therefore a script and not a test. Usage: scripts/check-erasure-on-disk.sh
#
# Two searches: in the image as it is, and after fstrim. What the first finds lies in free blocks: copies that SQLite's write-ahead log
# and recovery gave back to the file system. The second must find nothing (docs/decisions/erasure.md).
set -euo pipefail
cd "$(dirname "$0")/.."

words='渝A8T305'
work=$(mktemp -d)
image="$work/disk.img"
mounted="$work/disk"
cleanup() {
    mountpoint -q "$mounted" && umount "$mounted"
    rm -rf "$work"
}
trap cleanup EXIT

# Sparse. The service takes media only while ten times its reserve (256 MiB) is free.
truncate -s 4G "$image"
mkfs.ext4 -q -F -m 0 "$image"
mkdir "$mounted"
mount -o loop "$image" "$mounted" || { echo "FAILED: the image cannot be mounted: this needs root and a loop device"; exit 1; }

dotnet build tests/IngestService.Tests -v q --nologo -tl:off -clp:ErrorsOnly
EE_ERASURE_DATA="$mounted/data" dotnet exec artifacts/bin/IngestService.Tests/debug/EdgeEnforcement.IngestService.Tests.dll \
    --no-progress --filter-method '*After_two_approvals_not_a_byte_is_left_and_everything_else_is_as_it_was' > "$work/test.log" 2>&1 \
    || { grep -av '^{' "$work/test.log" | tail -40; exit 1; }

# grep -c would count lines of a binary: count the places. Lines that end with NUL, or the image would be one line in memory. None is an answer.
places() { { LC_ALL=C grep -rahozF "$words" "$1" || true; } | tr -cd '\0' | wc -c; }

sync
in_files=$(places "$mounted/data")
raw=$(places "$image")
# The search is shown to find what is there, and fstrim to take what is free.
printf '%s' "$words" > "$mounted/control"
sync
control=$(places "$image")
rm "$mounted/control"
sync
fstrim "$mounted"
umount "$mounted"
trimmed=$(places "$image")

echo "in files: $in_files; in the raw image: $raw, with one more written on purpose: $control; after fstrim: $trimmed"
[ "$control" -gt "$raw" ] || { echo "FAILED: the search does not see what lies on the disk"; exit 1; }
[ "$in_files" -eq 0 ] && [ "$trimmed" -eq 0 ] || { echo "FAILED: erased content is still on the disk"; exit 1; }
echo "OK: not a byte is left"
