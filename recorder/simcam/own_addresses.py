"""This machine's addresses."""

import fcntl
import socket
import struct

_SIOCGIFADDR = 0x8915  # netdevice(7)
_REQUEST_BYTES, _NAME_BYTES, _ADDRESS_AT = 40, 15, 20


def own_ipv4_addresses() -> list[str]:
    """The first IPv4 address of every interface that has one."""
    addresses = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            request = struct.pack(f"{_REQUEST_BYTES}s", name.encode()[:_NAME_BYTES])
            try:
                answer = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, request)
            except OSError:  # no IPv4 address there
                continue
            addresses.append(socket.inet_ntoa(answer[_ADDRESS_AT : _ADDRESS_AT + 4]))
    return addresses
