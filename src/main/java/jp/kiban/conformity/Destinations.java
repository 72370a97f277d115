package jp.kiban.conformity;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.kiban.kernel.BadInput;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// 行き先の見分け. Which targets this house calls for a ministry: those that anybody on the internet can call too, by http or
/// https. What lies inside (this machine, its network) is refused unless the operator has named the host
/// (`kiban.conformity.allowed-targets`); link-local addresses, where clouds keep their secrets, are refused whoever names them.
/// A name with one address that may not be called is refused whole. The word `self` is this house, where
/// `kiban.conformity.self` is set.
@Component
final class Destinations {
    static final String SELF = "self";
    private static final Pattern HOST = Pattern.compile("(?i)(https?://)([^/:?#@\\[\\]]+)(.*)");
    private static final int LONGEST = 300;
    private static final int MOST_ADDRESSES = 16;

    /// 名前を引く. What a name means, now.
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final Set<String> allowed;
    private final Supplier<Optional<URI>> self;
    private final Lookup lookup;

    @Autowired
    Destinations(@Value("${kiban.conformity.allowed-targets:}") String allowed,
            @Value("${kiban.conformity.self:false}") boolean self,
            @Value("${kiban.conformity.enabled:false}") boolean served, Environment settings) {
        this(allowed, () -> self && served ? own(settings) : Optional.empty(), InetAddress::getAllByName);
    }

    Destinations(String allowed, Supplier<Optional<URI>> self, Lookup lookup) {
        this.allowed = names(allowed);
        this.self = self;
        this.lookup = lookup;
    }

    /// By its inner door. A house that speaks TLS itself has none: its operator names the host instead.
    private static Optional<URI> own(Environment settings) {
        var port = settings.getProperty("local.server.port", "");
        if (port.isBlank() || List.of("server.ssl.bundle", "server.ssl.key-store", "server.ssl.certificate").stream()
                .anyMatch(key -> !settings.getProperty(key, "").isBlank()))
            return Optional.empty();
        var address = settings.getProperty("server.address", "127.0.0.1");
        return Optional.of(URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port
                + settings.getProperty("server.servlet.context-path", "") + "/api/conformity"));
    }

    private static Set<String> names(String setting) {
        var names = new HashSet<String>();
        for (var one : Arrays.stream(setting.split("[,\\s]+")).filter(n -> !n.isBlank()).toList()) {
            var name = one.toLowerCase(Locale.ROOT);
            if (!name.matches("([a-z0-9.-]+|\\[[0-9a-f:]+])(:[0-9]{1,5})?"))
                throw new IllegalStateException(
                        "kiban.conformity.allowed-targets: hosts, each with or without :port, with commas between; seen: "
                                + one);
            names.add(name);
        }
        return Set.copyOf(names);
    }

    boolean knowsSelf() { return self.get().isPresent(); }

    /// The target that is meant; `BadInput` with the reason where it may not be called. Looks the name up.
    ///
    /// @param token whether an entry key goes along: such a call has to be https, but for what lies inside
    Destination find(String typed, boolean token) {
        var text = typed.strip();
        if (text.isEmpty())
            throw refused("missing");
        if (text.length() > LONGEST)
            throw refused("long", LONGEST);
        if (text.equalsIgnoreCase(SELF))
            return self.get().map(Destinations::self).orElseThrow(() -> refused("self"));
        var uri = read(text);
        var host = host(uri, text);
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() == -1 ? tls ? 443 : 80 : uri.getPort();
        if (port != 80 && port != 443 && (port < 1024 || port > 65535))
            throw refused("port", port);
        var written = host.contains(":") ? "[" + host + "]" : host;
        boolean named = allowed.contains(written) || allowed.contains(written + ":" + port);
        var addresses = looked(host);
        var reaches = addresses.stream().map(Reach::of).collect(Collectors.toSet());
        if (reaches.contains(Reach.NEVER) || reaches.contains(Reach.INSIDE) && !named)
            // what the name means inside is nobody's business outside
            throw refused("inside", host);
        if (token && !tls && reaches.contains(Reach.WORLD))
            throw refused("token-open");
        var base = (tls ? "https://" : "http://") + written + (uri.getPort() == -1 ? "" : ":" + port)
                + uri.getRawPath().replaceFirst("/+$", "");
        return new Destination(base, base, host, port, tls, addresses, false);
    }

    private static Destination self(URI own) {
        var host = own.getHost().replaceAll("[\\[\\]]", "");
        return new Destination(SELF, own.toString(), host, own.getPort(), false, List.of(InetAddress.ofLiteral(
                host)), true);
    }

    private static URI read(String text) {
        try {
            var uri = new URI(inLetters(text));
            if (uri.getScheme() == null || !uri.getScheme().matches("(?i)https?"))
                throw refused("scheme", text);
            if (uri.getRawAuthority() == null || uri.getRawAuthority().contains("@") || uri.getRawQuery() != null || uri
                    .getRawFragment() != null)
                throw refused("parts", text);
            if (uri.getHost() == null)
                throw refused("broken", text);
            if (!uri.getRawPath().matches("(/[A-Za-z0-9._~-]+)*/*") || List.of(uri.getRawPath().split("/")).contains(
                    ".."))
                throw refused("path", uri.getRawPath());
            return uri;
        } catch (URISyntaxException broken) {
            throw refused("broken", text);
        }
    }

    /// The host in the letters of the network: 例え.jp is xn--r8jz45g.jp.
    private static String inLetters(String text) {
        var parts = HOST.matcher(text);
        if (!parts.matches() || parts.group(2).chars().allMatch(c -> c < 128))
            return text;
        try {
            return parts.group(1) + IDN.toASCII(parts.group(2), IDN.USE_STD3_ASCII_RULES) + parts.group(3);
        } catch (IllegalArgumentException none) {
            throw refused("broken", text);
        }
    }

    /// Numbers that some read as an address and others do not (0177.1, 2130706433) are no host.
    private static String host(URI uri, String text) {
        var host = uri.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (!host.matches("[a-z0-9.-]+|[0-9a-f:.]*:[0-9a-f:.]*") || !host.contains(":") && host.substring(host
                .lastIndexOf('.') + 1).matches("[0-9]+|0x[0-9a-f]*")
                && !host.matches(
                        "(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}"))
            throw refused("broken", text);
        return host;
    }

    private List<InetAddress> looked(String host) {
        try {
            var all = lookup.of(host);
            if (all.length == 0 || all.length > MOST_ADDRESSES)
                throw refused("unknown", host);
            return List.of(all);
        } catch (UnknownHostException none) {
            throw refused("unknown", host);
        }
    }

    private static BadInput refused(String why, Object... values) {
        return BadInput.of("target", "conformity.target." + why, Words.text("conformity.error.target." + why, values));
    }
}
