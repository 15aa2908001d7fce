package dev.gatehouse.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How resource servers prove to the introspection endpoint who they are: as OAuth clients do.
class IntrospectionTest extends RunningService {
  private static final String BASIC = "Basic realm=\"gatehouse\"";

  private String key = "";
  private String token = "";

  @BeforeAll
  void makeKeyAndToken() {
    key = accounts.key("introspect");
    token = accounts.fresh().accessToken();
  }

  @Test
  void takesTheKeyAsTheSecretOfAClient() {
    for (Call call :
        List.of(
            basic("billing:" + key, ""),
            basic("a%20b:" + key, ""),
            basic("billing:" + key, "&client_id=billing"),
            form("&client_id=billing&client_secret=" + key),
            form("").as(key))) {
      CallResponse response = send(call);

      assertThat(response.status()).as(response.body()).isEqualTo(200);
      assertThat(response.json().required("active").booleanValue()).isTrue();
      assertThat(response.text("client_id")).isEqualTo("gatehouse");
    }
  }

  @Test
  void refusesWrongClientsWithTheSchemeTheyCanUse() {
    String other = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "E" : "A");
    for (Call call :
        List.of(
            basic("billing:" + other, ""),
            basic("billing:" + token, ""),
            basic("billing:", ""),
            basic(":" + key, ""),
            basic(key, ""),
            basic("billing:%zz", ""),
            form("").with("Authorization", "Basic !"),
            form("").with("Authorization", "Basic"),
            form("&client_id=billing&client_secret=" + other),
            form("&client_secret=" + key))) {
      CallResponse response = send(call);

      assertThat(response.status()).as(call.toString()).isEqualTo(401);
      assertThat(response.text("code")).isEqualTo("INVALID_CREDENTIALS");
      assertThat(response.header("WWW-Authenticate")).hasValue(BASIC);
      assertThat(response.body()).doesNotContain(key);
    }
  }

  @Test
  void saysToWhoSendsNothingWhatThereIs() {
    for (Call call : List.of(form(""), form("&client_id=billing"))) {
      CallResponse response = send(call);

      assertThat(response.text("code")).isEqualTo("UNAUTHENTICATED");
      assertThat(response.header("WWW-Authenticate")).hasValue("Bearer, " + BASIC);
    }
    CallResponse bearer = send(form("").as("ghk_unknown"));
    assertThat(bearer.text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(bearer.header("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
  }

  @Test
  void refusesTwoWaysAtOnce() {
    String secret = "&client_id=billing&client_secret=" + key;
    for (Call call : List.of(basic("billing:" + key, secret), form(secret).as(key))) {
      assertThat(send(call).text("code")).isEqualTo("MALFORMED_REQUEST");
    }
  }

  @Test
  void takesClientCredentialsNowhereElse() {
    String reading = accounts.key("users:read");
    CallResponse response =
        send(Call.of("GET /v1/users").with("Authorization", encoded("billing:" + reading)));

    assertThat(response.text("code")).isEqualTo("UNAUTHENTICATED");
    assertThat(response.header("WWW-Authenticate")).hasValue("Bearer");
  }

  @Test
  void refusesAKeyOfAnotherScope() {
    CallResponse response = send(basic("billing:" + accounts.key("users:read"), ""));

    assertThat(response.text("code")).isEqualTo("FORBIDDEN");
  }

  private Call basic(String credentials, String fields) {
    return form(fields).with("Authorization", encoded(credentials));
  }

  private static String encoded(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  private Call form(String fields) {
    return Call.of("POST /v1/tokens/introspect")
        .with("Content-Type", "application/x-www-form-urlencoded")
        .raw("token=" + token + fields);
  }
}
