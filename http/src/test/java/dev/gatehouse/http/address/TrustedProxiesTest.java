package dev.gatehouse.http.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The proxies are 10.0.0.0/8 and 2001:db8:aaaa::/48; everything else is a stranger.
class TrustedProxiesTest {
  private static final TrustedProxies PROXIES =
      new TrustedProxies(
          Stream.of("10.0.0.0/8", "2001:db8:aaaa::/48")
              .map(block -> AddressRange.parse(block).orElseThrow())
              .toList());
  private static final List<String> NOTHING = List.of();

  record Case(String what, String peer, List<String> xff, List<String> forwarded, String client) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Case xff(String what, String peer, String client, String... lines) {
    return new Case("X-Forwarded-For: " + what, peer, List.of(lines), NOTHING, client);
  }

  private static Case forwarded(String what, String peer, String client, String... lines) {
    return new Case("Forwarded: " + what, peer, NOTHING, List.of(lines), client);
  }

  static Stream<Case> cases() {
    return Stream.of(
        xff("none", "10.0.0.1", "10.0.0.1"),
        xff("from a stranger", "203.0.113.9", "203.0.113.9", "192.0.2.1"),
        xff("from a proxy", "10.0.0.1", "192.0.2.1", "192.0.2.1"),
        xff("from a proxy, mapped", "::ffff:10.0.0.1", "192.0.2.1", "::ffff:192.0.2.1"),
        xff("from a proxy over IPv6", "2001:db8:aaaa::1", "2001:db8::7", "2001:db8::7"),
        xff("a spoofed entry before", "10.0.0.1", "203.0.113.9", "192.0.2.1, 203.0.113.9"),
        xff("a spoofed proxy before", "10.0.0.1", "203.0.113.9", "10.0.0.9, 203.0.113.9"),
        xff("a spoofed line before", "10.0.0.1", "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        xff("garbage before", "10.0.0.1", "203.0.113.9", "\",\\,;=, 203.0.113.9"),
        xff("two proxies", "10.0.0.1", "203.0.113.9", "192.0.2.1, 203.0.113.9, 10.0.0.2"),
        xff("two proxies, two lines", "10.0.0.1", "203.0.113.9", "203.0.113.9", "10.0.0.2"),
        xff("nothing but proxies", "10.0.0.1", "10.0.0.3", "10.0.0.3,10.0.0.2"),
        xff("a port", "10.0.0.1", "192.0.2.1", "192.0.2.1:4711"),
        xff("brackets", "10.0.0.1", "2001:db8::7", "[2001:db8::7]"),
        xff("brackets and a port", "10.0.0.1", "2001:db8::7", "[2001:db8::7]:4711"),
        xff("IPv4 in brackets", "10.0.0.1", "10.0.0.1", "[192.0.2.1]"),
        xff("a silly port", "10.0.0.1", "10.0.0.1", "192.0.2.1:x"),
        xff("unknown", "10.0.0.1", "10.0.0.1", "192.0.2.1, unknown"),
        xff("empty", "10.0.0.1", "10.0.0.1", ""),
        xff("an empty last entry", "10.0.0.1", "10.0.0.1", "192.0.2.1,"),
        xff("a name", "10.0.0.1", "10.0.0.1", "localhost"),
        xff("a zone", "10.0.0.1", "10.0.0.1", "fe80::1%eth0"),
        xff("garbage after a proxy", "10.0.0.1", "10.0.0.2", "octal 010.1.1.1, 10.0.0.2"),
        forwarded("from a stranger", "203.0.113.9", "203.0.113.9", "for=192.0.2.1"),
        forwarded("from a proxy", "10.0.0.1", "192.0.2.1", "for=192.0.2.1"),
        forwarded("other pairs", "10.0.0.1", "192.0.2.1", "proto=https;For=192.0.2.1;by=10.0.0.1"),
        forwarded("spaces", "10.0.0.1", "192.0.2.1", "proto=https ; for=192.0.2.1"),
        forwarded("quoted", "10.0.0.1", "2001:db8::7", "for=\"[2001:db8::7]:4711\""),
        forwarded("a spoofed entry", "10.0.0.1", "203.0.113.9", "for=192.0.2.1, for=203.0.113.9"),
        forwarded("a spoofed line", "10.0.0.1", "203.0.113.9", "for=192.0.2.1", "for=203.0.113.9"),
        forwarded("an open quote before", "10.0.0.1", "203.0.113.9", "for=\", for=203.0.113.9"),
        forwarded(
            "an open quote before a quoted one",
            "10.0.0.1",
            "203.0.113.9",
            "for=\"192.0.2.1, for=\"203.0.113.9\""),
        forwarded("a comma in quotes", "10.0.0.1", "192.0.2.1", "host=\"a,b;c\";for=192.0.2.1"),
        forwarded("an escaped quote", "10.0.0.1", "192.0.2.1", "host=\"a\\\",b\";for=192.0.2.1"),
        forwarded("two clients", "10.0.0.1", "10.0.0.1", "for=192.0.2.1;for=192.0.2.2"),
        forwarded("no client", "10.0.0.1", "10.0.0.1", "proto=https"),
        forwarded("hidden", "10.0.0.1", "10.0.0.1", "for=192.0.2.1, for=_hidden"),
        forwarded("unknown", "10.0.0.1", "10.0.0.1", "for=unknown"),
        new Case(
            "X-Forwarded-For goes before Forwarded",
            "10.0.0.1",
            List.of("203.0.113.9"),
            List.of("for=192.0.2.1"),
            "203.0.113.9"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsTheClient(Case given) {
    IpAddress peer = address(given.peer());

    assertThat(PROXIES.client(peer, given.xff(), given.forwarded()))
        .isEqualTo(address(given.client()));
  }

  @Test
  void believesNobodyByDefault() {
    IpAddress peer = address("127.0.0.1");

    assertThat(TrustedProxies.NONE.client(peer, List.of("192.0.2.1"), NOTHING)).isEqualTo(peer);
  }

  @Test
  void readsNoMoreThanAFewHops() {
    String proxies = "10.0.0.7, ".repeat(1000) + "10.0.0.8";

    assertThat(PROXIES.client(address("10.0.0.1"), List.of("192.0.2.1, " + proxies), NOTHING))
        .isEqualTo(address("10.0.0.7"));
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
