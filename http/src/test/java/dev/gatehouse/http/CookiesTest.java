package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.proxy.ProxyServer;
import dev.gatehouse.http.server.TestServer;
import dev.gatehouse.http.tls.CertificateFiles;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.net.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CookiesTest {
  private static final Response TWO_COOKIES =
      Response.noContent()
          .withCookie("__Host-session=a; Path=/; Secure; HttpOnly")
          .withHeader("x-between", "b")
          .withCookie("__Host-form=c; Path=/; Secure; HttpOnly");

  @TempDir Path folder;

  @Test
  void sendsEachCookieInAFieldOfItsOwn() throws Exception {
    try (var server = TestServer.with(Route.get("/", _ -> TWO_COOKIES).access(Guard.PUBLIC));
        var client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + server.server().port() + "/");
      HttpResponse<Void> response = get(client, address);

      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertBothCookies(response);
    }
  }

  @Test
  void sendsEachCookieInAFieldOfItsOwnOverHttp2() throws Exception {
    var certificate = TestCertificate.make("cookies", "EC", folder);
    Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
    try (var loops = EventLoops.open(1);
        var files =
            CertificateFiles.open(chain, key, loops, new PeriodicTasks(PeriodicTaskListener.NONE));
        var server =
            ProxyServer.builder(
                    TestServer.settings(), _ -> exchange -> exchange.respond(TWO_COOKIES))
                .tls(files)
                .start(loops);
        var client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(TestCertificate.trusting(certificate))
                .build()) {
      HttpResponse<Void> response =
          get(client, URI.create("https://localhost:" + server.port() + "/"));

      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertBothCookies(response);
      client.shutdownNow();
    }
  }

  @Test
  void rejectsCookiesThatWouldBeLostOrBreakTheHead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Response.noContent().withHeader("Set-Cookie", "a=b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Response.noContent().withCookie("a=b\r\nx: y"));
  }

  private static void assertBothCookies(HttpResponse<Void> response) {
    assertThat(response.headers().allValues("set-cookie"))
        .isEqualTo(
            List.of(
                "__Host-session=a; Path=/; Secure; HttpOnly",
                "__Host-form=c; Path=/; Secure; HttpOnly"));
    assertThat(response.headers().firstValue("x-between")).hasValue("b");
  }

  private static HttpResponse<Void> get(HttpClient client, URI address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
    return client.send(request, BodyHandlers.discarding());
  }
}
