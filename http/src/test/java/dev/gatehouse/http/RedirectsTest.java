package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.http.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sign-in?next=%2Fconsent#top",
        "https://app.example.com/callback?code=a&state=b",
        "http://127.0.0.1:8080/callback",
        "https://[2001:db8::1]/"
      })
  void leadsToPathsHereAndToWholeAddresses(String location) throws Exception {
    var route = Route.post("/form", _ -> Response.seeOther(location)).access(Guard.PUBLIC);
    try (var server = TestServer.with(route)) {
      var response = server.postJson("/form", "{}");

      assertThat(response.status()).isEqualTo(303);
      assertThat(response.header("location")).isEqualTo(location);
      assertThat(response.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sign-in",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https://app.example.com@evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "/a b",
        "/ä",
        "/\tx",
        "/a\r\nset-cookie: a=b"
      })
  void rejectsWhatBrowsersReadInAnotherWay(String location) {
    assertThatIllegalArgumentException().isThrownBy(() -> Response.seeOther(location));
  }

  @Test
  void doesNotRepeatTheRejectedLocation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Response.seeOther("//evil.example"))
        .withMessageNotContaining("evil");
  }
}
