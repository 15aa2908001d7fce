package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The page on which the API is read.
class DocsTest extends RunningService {
  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static final String FILE = "GET /docs/{version}/{file}";

  @Test
  void bringsEverythingItRefersTo() {
    CallResponse page = send(Call.of("GET /docs"));
    var references = REFERENCE.matcher(page.body()).results().map(found -> found.group(1)).toList();

    assertThat(references).hasSize(5).allMatch(reference -> reference.startsWith("/"));
    for (String reference : references) {
      String operation =
          reference.chars().filter(c -> c == '/').count() == 3 ? FILE : "GET " + reference;
      assertThat(send(Call.of(operation).at(reference)).status()).as(reference).isEqualTo(200);
    }
  }

  @Test
  void allowsNoScriptInThePageAndNoOtherHost() {
    CallResponse page = send(Call.of("GET /docs"));

    assertThat(page.header("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe", "http", "*"));
    assertThat(page.body()).doesNotContain("<script>", "://", "{version}");
  }

  @Test
  void letsBrowsersKeepTheFilesOfAVersion() {
    String page = send(Call.of("GET /docs")).body();
    var file = Pattern.compile("/docs/[0-9.]+/swagger-ui-bundle.js").matcher(page);
    assertThat(file.find()).isTrue();

    CallResponse script = send(Call.of(FILE).at(file.group()));

    assertThat(script.header("Cache-Control")).hasValue("public, max-age=31536000, immutable");
    assertThat(script.header("Content-Type")).hasValue("text/javascript; charset=utf-8");
    assertThat(script.body()).contains("SwaggerUIBundle");
  }

  @Test
  void prefillsNothingThatMayBeSentOnce() {
    String description = send(Call.of("GET /openapi.yaml")).body();
    var parameters = new YAMLMapper().readTree(description).findValues("parameters");

    assertThat(parameters).isNotEmpty();
    for (JsonNode each : parameters) {
      for (JsonNode parameter : each) {
        if (parameter.path("in").stringValue("").equals("header")) {
          assertThat(parameter.has("example") || parameter.has("examples"))
              .as(parameter.toString())
              .isFalse();
        }
      }
    }
    assertThat(description).doesNotContain("/docs/{version}", "/docs/start.js");
  }

  @Test
  void showsBrowsersAPageAtTheRootThatBringsWhatItRefersTo() {
    CallResponse page =
        send(Call.of("GET /").with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.header("Vary")).hasValue("Accept");
    assertThat(page.header("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe", "script-src", "*"));
    assertThat(page.body()).doesNotContain("<script", "<style", "style=", "://");
    for (String reference :
        List.of("/docs", "/openapi.yaml", "/health", "/favicon.ico", "/docs/home.css")) {
      assertThat(page.body()).contains("href=\"" + reference + "\"");
      assertThat(send(Call.of("GET " + reference)).status()).as(reference).isEqualTo(200);
    }
  }

  @Test
  void tellsProgramsWhereToGoOnFromTheRoot() {
    CallResponse links = send(Call.of("GET /").with("Accept", "application/json"));

    assertThat(links.header("Content-Type")).hasValue("application/json");
    assertThat(links.text("documentation")).isEqualTo("/docs");
    assertThat(links.header("Vary")).hasValue("Accept");
    assertThat(send(Call.of("GET /")).text("name")).isEqualTo("Gatehouse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/5.34.1/index.html",
        "/docs/5.34.1/..%2f..%2f..%2f..%2f..%2fopenapi.yaml",
        "/docs/%2e%2e/%2e%2e",
        "/docs/..%2f5.34.1/swagger-ui.css",
        "/docs/0.0.0/swagger-ui.css",
        "/docs/5.34.1/swagger-ui.css%00"
      })
  void servesNothingElse(String path) {
    assertThat(send(Call.of(FILE).at(path)).status()).isIn(400, 404);
  }
}
