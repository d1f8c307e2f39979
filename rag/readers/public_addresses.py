"""Which numeric addresses belong to the public internet, and which to the inside of a network."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

GLOBAL_UNICAST = ip_network("2000::/3")  # all that is handed out of IPv6
IPV4_WITHIN_IPV6 = ip_network("64:ff9b::/96")  # RFC 6052: how networks of IPv6 alone reach IPv4
INSIDE_ALL_THE_SAME = (
    ip_network("192.0.0.0/24"),  # for protocols, and some clouds' metadata; is_global in 3.11
    ip_network("192.88.99.0/24"),  # relays of 6to4
    ip_network("168.63.129.16/32"),  # what a cloud tells its own machines about themselves
)


def is_public(address: str) -> bool:
    """Whether anybody's machine would reach the same place by it; False for what is no address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        within = _ipv4_within(parsed)
        if within is None:
            return parsed in GLOBAL_UNICAST and parsed.is_global and not parsed.is_multicast
        parsed = within
    return (
        parsed.is_global
        and not parsed.is_multicast
        and not parsed.is_reserved
        and not any(parsed in network for network in INSIDE_ALL_THE_SAME)
    )


def _ipv4_within(address: IPv6Address) -> IPv4Address | None:
    """Return the address of IPv4 that packets for this one are sent on to."""
    if address in IPV4_WITHIN_IPV6:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
