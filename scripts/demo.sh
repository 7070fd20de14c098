#!/usr/bin/env bash
# demo.sh RUN STATUS_URL: puts fresh footage of two recorders into the bays and sends two alerts from the field.
# Footage is made with ffmpeg where it is installed, else taken from samples/footage. Run twice it docks nothing twice.
set -euo pipefail
cd "$(dirname "$0")/.."
run=$1 status=$2
configuration=${CONFIGURATION_FOLDER:-release}

[ -e "$run/demo-done" ] && { echo "the demo's footage is docked already"; exit 0; }

# footage OUT SECONDS PATTERN SAMPLE
footage() {
  if command -v ffmpeg >/dev/null 2>&1; then
    ffmpeg -loglevel error -y -f lavfi -i "$3=size=1280x720:rate=25" -f lavfi -i "sine=frequency=330:sample_rate=16000" -t "$2" \
      -c:v libx264 -preset ultrafast -crf 28 -pix_fmt yuv420p -c:a aac -movflags +faststart "$1" </dev/null
  else
    cp "samples/footage/$4" "$1"
  fi
}

# Names as recorders give them: <serial7>_<officer6>_<yyyyMMddHHmmss>, local time of the unit.
at() { TZ=Asia/Shanghai date -d "$1 minutes ago" +%Y%m%d%H%M%S; }
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/1/DCIM" "$stage/2/DCIM"
footage "$stage/1/DCIM/TA00716_000001_$(at 40).mp4" 8 testsrc2 patrol.mp4
footage "$stage/1/DCIM/TA00716_000001_$(at 25)_IMP.mp4" 6 mandelbrot riverbank.mp4
footage "$stage/2/DCIM/TB00042_000002_$(at 35).mp4" 6 smptehdbars checkpoint.mp4
cp samples/footage/outlet.jpg "$stage/2/DCIM/TB00042_000002_$(at 30).jpg"

agent() { dotnet "artifacts/bin/EdgeAgent/$configuration/edge-agent.dll" "$@"; }
agent alert --config "$run/agent.json" --kind suspected-violation --severity serious --officer 000001 \
  --title "桃花溪排口夜间排放异常" --place "渝北区 桃花溪 3号排口" --lat 29.7185 --lon 106.6310 --target "outlet-03" \
  --description "水面泛白，有刺激性气味，已拍照录像"
cp -r "$stage/1/." "$run/bays/1/"
cp -r "$stage/2/." "$run/bays/2/"
agent alert --config "$run/agent.json" --kind suspected-violation --severity warning --officer 000002 \
  --title "御临河疑似非法采砂" --place "渝北区 御临河 龙门段" --lat 29.8012 --lon 106.8120 --target "river-yulin-07" \
  --description "一艘自卸船停靠，未见许可标志"
touch "$run/demo-done"
