package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.description.DescriptionResource;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import dev.gatehouse.api.walk.Calls;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What scripts of a listed origin may send and read is all that the description names.
class CrossOriginTest {
  private static final String ORIGIN = "https://app.example.com";
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+|trace\\w+)`");
  private static EventLoops loops;
  private static HttpServer server;
  private static Calls calls;
  private static JsonNode description;

  @BeforeAll
  static void start() {
    loops = EventLoops.open(1);
    server =
        HttpServer.builder(HttpSettings.defaults().listeningOn("127.0.0.1", 0))
            .routes(new DescriptionResource().routes())
            .origins(Set.of(ORIGIN))
            .start(loops);
    calls = new Calls(URI.create("http://127.0.0.1:" + server.port()));
    description = new YAMLMapper().readTree(calls.send(Call.of("GET /openapi.yaml")).body());
  }

  @AfterAll
  static void stop() {
    calls.close();
    server.close();
    loops.close();
  }

  @Test
  void allowsEveryRequestHeaderThatTheDescriptionNames() {
    CallResponse preflight =
        calls.send(
            Call.of("OPTIONS /openapi.yaml")
                .with("Origin", ORIGIN)
                .with("Access-Control-Request-Method", "GET"));

    assertThat(listed(preflight, "Access-Control-Allow-Headers"))
        .containsAll(requestHeaders())
        .contains("authorization", "content-type");
  }

  @Test
  void exposesEveryResponseHeaderThatTheDescriptionNames() {
    CallResponse response = calls.send(Call.of("GET /openapi.yaml").with("Origin", ORIGIN));

    assertThat(listed(response, "Access-Control-Expose-Headers"))
        .containsAll(responseHeaders())
        .contains("retry-after", "etag", "allow");
  }

  /// Those declared as parameters, and those the introduction names besides what only responses
  /// carry.
  private static Set<String> requestHeaders() {
    var names = new TreeSet<String>();
    for (JsonNode each : description.findValues("in")) {
      assertThat(each.stringValue()).isIn("header", "path", "query");
    }
    for (JsonNode parameter : description.at("/components/parameters")) {
      addHeader(parameter, names);
    }
    for (JsonNode parameters : description.path("paths").findValues("parameters")) {
      parameters.forEach(parameter -> addHeader(parameter, names));
    }
    NAMED
        .matcher(description.at("/info/description").stringValue())
        .results()
        .forEach(found -> names.add(found.group(1).toLowerCase(Locale.ROOT)));
    names.removeAll(List.of("ratelimit-policy", "retry-after"));
    assertThat(names)
        .contains("idempotency-key", "if-match", "if-none-match", "x-request-timeout-ms")
        .contains("x-request-id", "traceparent");
    return names;
  }

  private static void addHeader(JsonNode parameter, Set<String> names) {
    if (parameter.path("in").stringValue("").equals("header")) {
      names.add(parameter.required("name").stringValue().toLowerCase(Locale.ROOT));
    }
  }

  private static Set<String> responseHeaders() {
    var names = new TreeSet<String>();
    for (JsonNode headers : description.findValues("headers")) {
      headers.propertyNames().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }
    assertThat(names).contains("ratelimit", "www-authenticate", "location");
    return names;
  }

  private static List<String> listed(CallResponse response, String header) {
    return List.of(response.header(header).orElse("").split(", *", -1));
  }
}
