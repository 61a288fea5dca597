"""Which servers may be asked: those of the world, not those of the house.

An address is checked after its name is resolved, for each hop of a redirect, and the connection is then made to just
the address that was checked; a name that resolves otherwise the second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket

from dragoman.errors import FetchError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int, *, private: bool = False) -> str:
    """The IP address to connect to for a host.

    Args:
        private: whether addresses of the local network will do.

    Raises:
        FetchError: the name is not known, or leads into the local network.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"there is no server {host!r}: {error}") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not private and (inside := [address for address in addresses if not is_public(address)]):
        raise FetchError(f"{host!r} leads to {inside[0]}, an address that is not of the public internet")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and so is any that it carries within it."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast
