package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A house that calls whom others name calls nobody whom the internet cannot reach, however the address is written.
class DestinationsTests {
    private static final Map<String, List<String>> NAMES = Map.of("kensa.example.jp", List.of("133.242.0.3",
            "2606:2800:220:1::1"), "inner.example.jp", List.of("10.1.2.3"), "half.example.jp",
            List.of("133.242.0.3",
                    "127.0.0.1"),
            "cloud.example.jp", List.of("169.254.169.254"), "xn--r8jz45g.jp", List.of(
                    "133.242.0.4"));
    private final List<String> asked = new ArrayList<>();

    private InetAddress[] look(String host) throws UnknownHostException {
        asked.add(host);
        if (host.matches("[0-9.]+|.*:.*"))
            return new InetAddress[]{InetAddress.ofLiteral(host)};
        var found = NAMES.get(host);
        if (found == null)
            throw new UnknownHostException(host);
        return found.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private Destinations house(String allowed) {
        return new Destinations(allowed, () -> Optional.of(URI.create("http://127.0.0.1:8080/api/conformity")),
                this::look);
    }

    private String refused(String target, boolean token, String allowed) {
        try {
            house(allowed).find(target, token);
            return "";
        } catch (BadInput bad) {
            assertThat(bad.findings()).hasSize(1);
            assertThat(bad.findings().getFirst().where()).isEqualTo("target");
            return bad.findings().getFirst().code().replace("conformity.target.", "");
        }
    }

    /// The last address before a block, its first, its last, and the first after it.
    @ParameterizedTest
    @CsvSource({"0.0.0.0,NEVER", "0.255.255.255,NEVER", "1.0.0.0,WORLD", "9.255.255.255,WORLD", "10.0.0.0,INSIDE",
            "10.255.255.255,INSIDE", "11.0.0.0,WORLD", "100.63.255.255,WORLD", "100.64.0.0,INSIDE",
            "100.100.100.200,NEVER", "100.127.255.255,INSIDE", "100.128.0.0,WORLD", "126.255.255.255,WORLD",
            "127.0.0.0,INSIDE", "127.255.255.255,INSIDE", "128.0.0.0,WORLD", "168.63.129.15,WORLD",
            "168.63.129.16,NEVER", "168.63.129.17,WORLD", "169.253.255.255,WORLD", "169.254.0.0,NEVER",
            "169.254.169.254,NEVER", "169.254.255.255,NEVER", "169.255.0.0,WORLD", "172.15.255.255,WORLD",
            "172.16.0.0,INSIDE", "172.31.255.255,INSIDE", "172.32.0.0,WORLD", "191.255.255.255,WORLD",
            "192.0.0.0,NEVER", "192.0.0.255,NEVER", "192.0.1.0,WORLD", "192.0.2.0,NEVER", "192.0.3.0,WORLD",
            "192.167.255.255,WORLD", "192.168.0.0,INSIDE", "192.168.255.255,INSIDE", "192.169.0.0,WORLD",
            "198.17.255.255,WORLD", "198.18.0.0,NEVER", "198.19.255.255,NEVER", "198.20.0.0,WORLD",
            "198.51.100.7,NEVER", "203.0.113.255,NEVER", "203.0.114.0,WORLD", "223.255.255.255,WORLD",
            "224.0.0.0,NEVER", "239.255.255.255,NEVER", "240.0.0.0,NEVER", "255.255.255.255,NEVER", "::,NEVER",
            "::1,INSIDE", "::2,NEVER", "::ffff:127.0.0.1,INSIDE", "::ffff:169.254.169.254,NEVER",
            "::ffff:133.242.0.3,WORLD", "::127.0.0.1,NEVER", "64:ff9b::7f00:1,NEVER", "100::1,NEVER",
            "1fff:ffff::1,NEVER", "2000::1,WORLD", "2001::1,NEVER", "2001:1ff:ffff::1,NEVER", "2001:200::1,WORLD",
            "2001:db7::1,WORLD", "2001:db8::1,NEVER", "2001:db9::1,WORLD", "2002:7f00:1::1,NEVER", "2003::1,WORLD",
            "3ffe::1,WORLD", "3fff::1,NEVER", "3fff:1000::1,WORLD", "4000::1,NEVER", "fbff::1,NEVER", "fc00::1,INSIDE",
            "fd00:ec1::1,INSIDE", "fd00:ec2::254,NEVER", "fdff::1,INSIDE", "fe00::1,NEVER", "fe80::1,NEVER",
            "febf::1,NEVER", "fec0::1,NEVER", "ff02::1,NEVER"})
    void everyBlockHasItsTwoEdges(String address, Reach reach) {
        assertThat(Reach.of(InetAddress.ofLiteral(address))).isEqualTo(reach);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/", "https://127.8.9.10/api", "http://10.1.2.3:8080", "http://[::1]/",
            "http://[::ffff:10.0.0.1]/", "http://[fe80::1]/", "http://169.254.169.254/latest/meta-data",
            "http://inner.example.jp/", "http://half.example.jp/", "http://cloud.example.jp/", "http://0.0.0.0/",
            "http://[fd00:ec2::254]/latest", "http://INNER.example.JP./"})
    void whatLiesInsideIsRefused(String target) { assertThat(refused(target, false, "")).isEqualTo("inside"); }

    @ParameterizedTest
    @CsvSource({"'',missing", "ftp://kensa.example.jp/,scheme", "file:///etc/passwd,scheme", "kensa.example.jp,scheme",
            "gopher://10.0.0.1/,scheme", "javascript:alert(1),scheme", "https://name@kensa.example.jp/,parts",
            "https://kensa.example.jp/?a=b,parts", "https://kensa.example.jp/#x,parts", "https:///api,parts",
            "https:kensa.example.jp,parts", "http://2130706433/,broken", "http://0x7f.1/,broken",
            "http://0177.0.0.1/,broken", "http://127.1/,broken", "http://10.0.0.1.5/,broken",
            "http://[fe80::1%25eth0]/,broken", "https://ke nsa.example.jp/,broken",
            "https://kensa.example.jp/a b,broken", "https://kensa.example.jp/../x,path",
            "https://kensa.example.jp/%2e%2e/x,path", "https://kensa.example.jp:22/,port",
            "https://kensa.example.jp:1023/,port", "https://kensa.example.jp:65536/,port",
            "https://nowhere.example.jp/,unknown"})
    void whatIsNoAddressIsSaidToBe(String target, String code) {
        assertThat(refused(target, false, "")).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://kensa.example.jp/api/conformity", "http://kensa.example.jp",
            "https://kensa.example.jp:443/", "https://kensa.example.jp:1024/api", "https://kensa.example.jp:65535",
            "https://[2606:2800:220:1::1]/", "https://133.242.0.3/", "HTTPS://Kensa.Example.jp/api/",
            "https://例え.jp/api"})
    void whatTheInternetReachesIsTaken(String target) { assertThat(refused(target, false, "")).isEmpty(); }

    @Test
    void theAddressesAreThoseThatWereLookedUpOnce() {
        var to = house("").find(" https://kensa.example.jp:8443/api/conformity/ ", true);
        assertThat(to.base()).isEqualTo("https://kensa.example.jp:8443/api/conformity");
        assertThat(to.addresses()).extracting(InetAddress::getHostAddress).containsExactly("133.242.0.3",
                "2606:2800:220:1:0:0:0:1");
        assertThat(asked).containsExactly("kensa.example.jp");
        assertThat(house("").find("https://例え.jp/api", false).host()).isEqualTo("xn--r8jz45g.jp");
    }

    @Test
    void theOperatorAllowsHostsByNameButNoCloudSecrets() {
        assertThat(refused("http://inner.example.jp/", false, "inner.example.jp")).isEmpty();
        assertThat(refused("http://inner.example.jp:8080/", false, "inner.example.jp:8080")).isEmpty();
        assertThat(refused("http://inner.example.jp:8081/", false, "inner.example.jp:8080")).isEqualTo("inside");
        assertThat(refused("http://10.1.2.3:8080/", false, "inner.example.jp")).isEqualTo("inside");
        assertThat(refused("http://10.1.2.3:8080/", false, "other.lan, 10.1.2.3:8080")).isEmpty();
        assertThat(refused("http://[::1]:8080/", false, "[::1]")).isEmpty();
        assertThat(refused("http://cloud.example.jp/", false, "cloud.example.jp")).isEqualTo("inside");
        assertThatIllegalStateException().isThrownBy(() -> house("http://inner.example.jp/"))
                .withMessageContaining("allowed-targets");
    }

    @Test
    void anEntryKeyGoesByHttpsOnly() {
        assertThat(refused("http://kensa.example.jp/", true, "")).isEqualTo("token-open");
        assertThat(refused("https://kensa.example.jp/", true, "")).isEmpty();
        assertThat(refused("http://inner.example.jp/", true, "inner.example.jp")).isEmpty();
    }

    @Test
    void selfIsThisHouseWhereItIsOn() {
        var self = house("").find("Self", false);
        assertThat(self.shown()).isEqualTo("self");
        assertThat(self.base()).isEqualTo("http://127.0.0.1:8080/api/conformity");
        assertThat(asked).isEmpty();
        assertThatExceptionOfType(BadInput.class).isThrownBy(() -> new Destinations("", Optional::empty, this::look)
                .find("self", false)).satisfies(bad -> assertThat(bad.findings().getFirst().message().en()).contains(
                        "kiban.conformity.self"));
    }

    @Test
    void aNameOfVeryManyAddressesIsRefused() {
        var many = new Destinations("", Optional::empty, host -> {
            var all = new InetAddress[17];
            Arrays.fill(all, InetAddress.ofLiteral("133.242.0.3"));
            return all;
        });
        assertThatExceptionOfType(BadInput.class).isThrownBy(() -> many.find("https://kensa.example.jp/", false));
    }
}
