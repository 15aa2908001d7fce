package dev.gatehouse.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Spring Boot's resource server, told no more than our issuer.
@Tag("evidence")
class SpringResourceServerTest {
  private static @Nullable PackedGatehouse gatehouse;
  private static @Nullable ConfigurableApplicationContext orders;
  private static String token = "";

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    PackedGatehouse running = PackedGatehouse.start(folder);
    gatehouse = running;
    orders =
        new SpringApplicationBuilder(OrdersApplication.class)
            .properties(Map.of("server.port", "0", "orders.issuer", running.issuer()))
            .run();
    token = running.signIn("ada@example.org");
  }

  @AfterAll
  static void stop() {
    if (orders != null) {
      orders.close();
    }
    if (gatehouse != null) {
      gatehouse.close();
    }
  }

  @Test
  void acceptsOurToken() throws Exception {
    HttpResponse<String> response = orders(token);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("orders of " + subject(token));
  }

  @Test
  void refusesTamperedTokens() throws Exception {
    int signature = token.lastIndexOf('.') + 1;
    String swapped = token.charAt(signature) == 'A' ? "B" : "A";
    for (String tampered :
        List.of(
            token.substring(0, signature) + swapped + token.substring(signature + 1),
            withClaims(token, payload(token).replace(subject(token), "somebody-else")),
            withClaims(token, payload(token).replace("\"roles\":[]", "\"roles\":[\"admin\"]")),
            token.substring(0, signature),
            "made.up.token")) {
      assertThat(tampered).isNotEqualTo(token);
      assertThat(orders(tampered).statusCode()).as(tampered).isEqualTo(401);
    }
  }

  @Test
  void refusesWhoBringsNone() throws Exception {
    assertThat(orders("").statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> orders(String bearer)
      throws IOException, InterruptedException {
    if (orders == null) {
      throw new IllegalStateException("not started");
    }
    String port = orders.getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
            .timeout(Duration.ofSeconds(30));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static String payload(String of) {
    byte[] decoded = Base64.getUrlDecoder().decode(of.split("\\.", -1)[1]);
    return new String(decoded, StandardCharsets.UTF_8);
  }

  private static String withClaims(String of, String payload) {
    String[] parts = of.split("\\.", -1);
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return parts[0] + "." + encoded + "." + parts[2];
  }

  private static String subject(String of) {
    String payload = payload(of);
    int from = payload.indexOf("\"sub\":\"") + 7;
    return payload.substring(from, payload.indexOf('"', from));
  }
}
