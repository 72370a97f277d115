package jp.kiban.conformity;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/// 届く範囲. What an address on the network is, to a house that calls whom others name: out in the world, inside (the house
/// itself, its neighbours, which nobody outside may reach through it), or none that may ever be called. By the special-purpose
/// registries of IANA (RFC 6890); for IPv6 only global unicast is the world.
enum Reach {
    /// Anybody on the internet can call it too.
    WORLD,
    /// This machine or its network: only where the operator names it.
    INSIDE,
    /// Link-local (where clouds answer with their secrets), multicast, reserved, translated: never.
    NEVER;

    private static final String[] NEVER_4 = {"0.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
            "240.0.0.0/4"};
    private static final String[] INSIDE_4 = {"10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12",
            "192.168.0.0/16"};
    private static final String[] NEVER_6 = {"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
            "fd00:ec2::/32", "fe80::/10"};
    private static final String[] INSIDE_6 = {"::1/128", "fc00::/7"};

    static Reach of(InetAddress address) {
        var reach = address instanceof Inet4Address ? four(address) : six((Inet6Address) address);
        return reach == WORLD && own(address) ? INSIDE : reach;
    }

    private static Reach four(InetAddress address) {
        return in(address, NEVER_4) || address.getHostAddress().equals("100.100.100.200")
                ? NEVER
                : in(address, INSIDE_4) ? INSIDE : WORLD;
    }

    private static Reach six(Inet6Address address) {
        return in(address, NEVER_6)
                ? NEVER
                : in(address, INSIDE_6) ? INSIDE : in(address, "2000::/3") ? WORLD : NEVER;
    }

    /// One of this machine's own, however public it looks.
    private static boolean own(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }

    private static boolean in(InetAddress address, String... blocks) {
        for (var block : blocks) {
            var parts = block.split("/");
            byte[] net = InetAddress.ofLiteral(parts[0]).getAddress();
            byte[] own = address.getAddress();
            int bits = Integer.parseInt(parts[1]);
            if (net.length == own.length && same(net, own, bits))
                return true;
        }
        return false;
    }

    private static boolean same(byte[] net, byte[] own, int bits) {
        for (int i = 0; i < bits; i++)
            if (((net[i / 8] ^ own[i / 8]) >> 7 - i % 8 & 1) != 0)
                return false;
        return true;
    }
}
