#!/usr/bin/env bash
# Debian packages that tests and benchmarks need; the product itself needs none of them.
#   chromium                     the browser that tests drive
#   coturn                       a relay for WebRTC viewers; only tests start it
#   ffmpeg                       independent judge of our files, peer in the benchmark
#   gir1.2-gst-rtsp-server-1.0   an RTSP server nobody here wrote
#   poppler-utils                reads and draws the PDFs we print, proves their signatures
#   slapd                        a directory to sign in by
set -euo pipefail
packages=(chromium coturn ffmpeg gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good gstreamer1.0-plugins-bad iproute2
  poppler-utils slapd)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Run as root once: apt-get install ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
# A relay that nobody asked for must not listen on this machine.
[[ " ${missing[*]} " != *" coturn "* ]] || ! command -v systemctl >/dev/null || "${as_root[@]}" systemctl mask coturn || true
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || {
  echo "apt could not install: ${missing[*]}. Install them by hand, then run make again." >&2
  exit 1
}
