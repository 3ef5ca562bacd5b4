#!/bin/sh
# Draw fonts, icons and pictures of kiosk/ui/assets anew from the design's mock-ups. Their results are committed: only who
# changes a drawing or adds an icon needs npm, Chromium, and a Python that has Pillow, fontTools and brotli (PYTHON=...).
# Usage: sh make-assets.sh MOCK_SRC
set -eu
mocks=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../../kiosk/ui/assets
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$mocks"/*.mjs "$mocks"/kiosk.css "$mocks"/package.json "$work"/
cd "$work"
npm install --no-audit --no-fund >/dev/null
mkdir pages shots profile
node "$here/draw.mjs" "$work" "$out/icons/names.txt" "$work/pages"
while IFS='|' read -r name width height scale; do
  chromium --headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update \
    --disable-sync --no-first-run --hide-scrollbars --allow-file-access-from-files --user-data-dir="$work/profile" \
    --default-background-color=00000000 --force-device-scale-factor="$scale" --window-size="$width,$height" \
    --screenshot="$work/shots/$name.png" "file://$work/pages/$name.html" >/dev/null 2>&1
  "$python" - "$work/shots/$name.png" "$width" "$height" "$scale" <<'PY'
import sys
from PIL import Image
path, width, height, scale = sys.argv[1], *map(int, sys.argv[2:])
picture = Image.open(path)
if picture.size[0] < width * scale or picture.size[1] < height * scale:
    sys.exit(f"{path}: {picture.size} is smaller than {width * scale} x {height * scale}")
picture.crop((0, 0, width * scale, height * scale)).save(path)
PY
done < "$work/pages/pages.txt"
"$python" "$here/cut.py" "$work/shots" "$out/icons/names.txt" "$here/large-icons.txt" "$out"
"$python" "$here/fonts.py" "$work/node_modules" "$out/fonts"
cp "$work/node_modules/@tabler/icons/LICENSE" "$out/icons/LICENSE"
du -sh "$out"
