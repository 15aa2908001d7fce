package dev.gatehouse.http.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "255.255.255.255, 255.255.255.255",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::FFFF:c000:201, 192.0.2.1",
    "2001:db8::1, 2001:db8::1",
    "2001:DB8:0:0::0001, 2001:db8::1",
    "0:0:0:0:0:0:0:1, ::1",
    "0:0:0:0:0:0:0:0, ::",
    "1:0:0:0:0:0:0:0, 1::",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:1:0:1:0:1:0:1, 0:1:0:1:0:1:0:1",
    "0:0:1:0:0:0:0:0, 0:0:1::",
    "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789, abcd:ef01:2345:6789:abcd:ef01:2345:6789",
    "::192.0.2.1, ::c000:201",
    "0:0:0:0:0:FFFF:192.0.2.1, 192.0.2.1",
    "fe80::00ab, fe80::ab",
  })
  void readsBothVersions(String written, String text) {
    assertThat(IpAddress.parse(written)).map(IpAddress::text).contains(text);
    assertThat(IpAddress.parse(text)).isEqualTo(IpAddress.parse(written));
  }

  @Test
  void writesOneFormOfWhateverWasWritten() {
    assertThat(IpAddress.canonical("2001:DB8:0:0:0:0:0:1")).isEqualTo("2001:db8::1");
    assertThat(IpAddress.canonical("unknown")).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.2",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "0x1.2.3.4",
        "1.2.3.4 ",
        ":",
        ":::",
        "1:2",
        "1::2::3",
        "fe80::1%eth0",
        "[::1]",
        "::g",
        "localhost",
        "example.org",
        "1.2.3.4:80",
        "2001:db8::1/64",
        "0:0:0:0:0:0:0:0:0",
        "::ffff:1.2.3.256",
      })
  void refusesWhatIsNoAddress(String written) {
    assertThat(IpAddress.parse(written)).isEmpty();
  }

  @Test
  void countsAnIpv6AddressByItsNetwork() {
    assertThat(network("2001:db8:1:2::1")).isEqualTo(network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertThat(network("2001:db8:1:2::1")).isNotEqualTo(network("2001:db8:1:3::1"));
    assertThat(network("192.0.2.1")).isNotEqualTo(network("192.0.2.2"));
    assertThat(network("192.0.2.1")).isNotEqualTo(network("::1"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.0/8, ::ffff:10.1.1.1, true",
    "10.0.0.0/8, a00::1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7/32, 192.0.2.6, false",
    "192.0.2.4/31, 192.0.2.5, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8:0:1:8000::/65, 2001:db8:0:1:8000::1, true",
    "2001:db8:0:1:8000::/65, 2001:db8:0:1::1, false",
    "::/0, 2001:db8::1, true",
    "::1, ::1, true",
  })
  void findsAddressesInTheirBlock(String range, String address, boolean inside) {
    AddressRange block = AddressRange.parse(range).orElseThrow();

    assertThat(block.contains(IpAddress.parse(address).orElseThrow())).isEqualTo(inside);
    assertThat(AddressRange.parse(block.toString())).contains(block);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.0.0.1/8",
        "::/129",
        "2001:db8::1/32",
        "10.0.0.0/255.0.0.0",
        "all",
      })
  void refusesWhatIsNoBlock(String written) {
    assertThat(AddressRange.parse(written)).isEmpty();
  }

  private static long network(String address) {
    return IpAddress.parse(address).orElseThrow().network();
  }
}
