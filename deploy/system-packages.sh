#!/usr/bin/env bash
# Debian packages that tests and benchmarks need; the product itself needs none of them.
#   chromium                     the browser that tests drive
#   coturn                       a relay for WebRTC viewers; only tests start it
#   ffmpeg                       independent judge of our files, peer in the benchmark
#   gir1.2-gst-rtsp-server-1.0   an RTSP server nobody here wrote
#   poppler-utils                reads and draws the PDFs we print, proves their signatures
#   slapd                        a directory to sign in by
# Without one of these, the tests that need it are skipped and say so:
#   7zip                         opens the packages we make, peer in the benchmark
#   firefox-esr                  the other browser that tests drive
#   postgresql                   the other database; tests start a server of their own
set -euo pipefail
packages=(chromium coturn ffmpeg gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good gstreamer1.0-plugins-bad iproute2
  poppler-utils slapd)
others=(7zip firefox-esr postgresql)
is_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }
missing=()
for package in "${packages[@]}"; do is_installed "$package" || missing+=("$package"); done
wanted=()
for package in "${others[@]}"; do is_installed "$package" || wanted+=("$package"); done
[ $((${#missing[@]} + ${#wanted[@]})) -eq 0 ] && exit 0
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Run as root once: apt-get install ${missing[*]} ${wanted[*]}" >&2
    [ ${#missing[@]} -eq 0 ] && exit 0
    exit 1
  fi
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
install() { "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
echo "Installing ${missing[*]} ${wanted[*]}"
# A relay that nobody asked for must not listen on this machine.
[[ " ${missing[*]} " != *" coturn "* ]] || ! command -v systemctl >/dev/null || "${as_root[@]}" systemctl mask coturn || true
"${as_root[@]}" apt-get update -qq || [ ${#missing[@]} -eq 0 ]
[ ${#missing[@]} -eq 0 ] || install "${missing[@]}" || {
  echo "apt could not install: ${missing[*]}. Install them by hand, then run make again." >&2
  exit 1
}
# Nor must a database: Debian makes and starts one with the package unless it is told not to.
no_cluster=/etc/postgresql-common/createcluster.d/nazar.conf
if [[ " ${wanted[*]} " == *" postgresql "* ]]; then
  "${as_root[@]}" mkdir -p "${no_cluster%/*}"
  echo "create_main_cluster = false" | "${as_root[@]}" tee "$no_cluster" >/dev/null
fi
for package in "${wanted[@]}"; do
  install "$package" || echo "apt could not install $package: the tests that need it will be skipped." >&2
done
"${as_root[@]}" rm -f "$no_cluster"
