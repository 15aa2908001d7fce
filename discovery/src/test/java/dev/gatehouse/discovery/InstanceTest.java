package dev.gatehouse.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTest {
  @Test
  void readsAnAddress() {
    assertThat(Instance.parse(" app-1.internal:8080 "))
        .isEqualTo(Instance.at("app-1.internal", 8080));
    assertThat(Instance.parse("10.0.0.7:80").id()).isEqualTo("10.0.0.7:80");
  }

  @Test
  void readsAnAddressOfTheSixthVersion() {
    Instance instance = Instance.parse("[::1]:8080");

    assertThat(instance.host()).isEqualTo("::1");
    assertThat(instance.id()).isEqualTo("[::1]:8080");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        "host:",
        ":80",
        "host:0",
        "host:65536",
        "host:99999",
        "host:8o",
        "::1:80",
        "ho st:80",
        "user@host:80",
        "http://host:80",
        "host:80/path",
        "host:-1",
        "gatehouse~1:80",
        "höst:80",
        "10.0.0.7a:80",
        "10.0.0.256:80",
        "[::::]:80",
        "[fe80::zz]:80"
      })
  void refusesWhatIsNoAddress(String address) {
    assertThatThrownBy(() -> Instance.parse(address)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesItsUrl() {
    assertThat(Instance.parse("gatehouse_1:80").url("/ready"))
        .hasToString("http://gatehouse_1:80/ready");
    assertThat(Instance.at("app-1", 8080).startedAs("x").url("/ready?a=b"))
        .hasToString("http://app-1:8080/ready?a=b");
    assertThat(Instance.at("::1", 80).url("/")).hasToString("http://[::1]:80/").hasHost("[::1]");
  }

  @Test
  void refusesWeightsOutOfBounds() {
    Instance instance = Instance.at("a", 1);

    assertThatThrownBy(() -> instance.weighing(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> instance.weighing(101)).isInstanceOf(IllegalArgumentException.class);
  }
}
