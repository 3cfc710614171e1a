"""An RTSP server made of Debian's GStreamer: run by the system's Python, prints its port, serves until killed.

Usage: /usr/bin/python3 gst_server.py CLIP.mp4 h264|h265 [CERTIFICATE.pem USER PASSWORD] — path /clip plays the file
once from its beginning; with a certificate over TLS only, for this user only.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtspServer  # noqa: E402


def lock(server: GstRtspServer.RTSPServer, factory: GstRtspServer.RTSPMediaFactory) -> None:
    """Demand TLS and a password."""
    certificate, user, password = sys.argv[3:]
    auth, token = GstRtspServer.RTSPAuth(), GstRtspServer.RTSPToken()
    auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(certificate))
    token.set_string("media.factory.role", "viewer")
    auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    permissions = GstRtspServer.RTSPPermissions()
    for wanted in ("media.factory.access", "media.factory.construct"):
        permissions.add_permission_for_role("viewer", wanted, True)
    factory.set_permissions(permissions)
    server.set_auth(auth)


Gst.init(None)
clip, codec = sys.argv[1:3]
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(
    f'( filesrc location="{clip}" ! qtdemux ! {codec}parse ! rtp{codec}pay name=pay0 pt=96 config-interval=-1 )'
)
if len(sys.argv) > 3:
    lock(server, factory)
server.get_mount_points().add_factory("/clip", factory)
server.attach(None)
print(server.get_bound_port(), flush=True)
GLib.MainLoop().run()
