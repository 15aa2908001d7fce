package dev.gatehouse.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.Permit;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Consul's HTTP API: calls that end in time, whatever Consul does. Thread-safe.
final class ConsulHttp implements AutoCloseable {
  private static final long LONGEST_BODY = 8 * 1024 * 1024;
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,18}");

  private final HttpClient client;
  private final URI base;
  private final Optional<String> token;
  private final CircuitBreaker breaker;

  ConsulHttp(ConsulSettings settings, CircuitBreaker breaker) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.callTimeout())
            .build();
    this.base = settings.url();
    this.token = settings.token();
    this.breaker = breaker;
  }

  ConsulAnswer get(String path, Duration timeout) throws ConsulUnavailable, InterruptedException {
    return guarded(request(path).GET().build(), timeout);
  }

  ConsulAnswer put(String path, String body, Duration timeout)
      throws ConsulUnavailable, InterruptedException {
    return guarded(request(path).PUT(BodyPublishers.ofString(body)).build(), timeout);
  }

  /// Also when the circuit breaker would refuse: for the one call there is no later for.
  ConsulAnswer putRegardless(String path, Duration timeout)
      throws ConsulUnavailable, InterruptedException {
    return send(request(path).PUT(BodyPublishers.noBody()).build(), timeout);
  }

  /// Ends calls under way.
  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", "application/json");
    token.ifPresent(secret -> request.header("X-Consul-Token", secret));
    return request;
  }

  private ConsulAnswer guarded(HttpRequest request, Duration timeout)
      throws ConsulUnavailable, InterruptedException {
    Permit permit =
        breaker
            .tryAcquire()
            .orElseThrow(() -> new ConsulUnavailable("is left alone by the circuit breaker"));
    try (permit) {
      ConsulAnswer answer = send(request, timeout);
      permit.succeeded();
      return answer;
    } catch (ConsulUnavailable failure) {
      permit.failed();
      throw failure;
    }
  }

  /// The client's own time-out ends with the head of an answer; this one covers the body too.
  private ConsulAnswer send(HttpRequest request, Duration timeout)
      throws ConsulUnavailable, InterruptedException {
    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LONGEST_BODY));
    try {
      return answer(sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      throw new ConsulUnavailable("did not answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException failed) {
      throw new ConsulUnavailable(
          "did not answer", Optional.ofNullable(failed.getCause()).orElse(failed));
    } finally {
      sent.cancel(true);
    }
  }

  private static ConsulAnswer answer(HttpResponse<String> response) throws ConsulUnavailable {
    if (response.statusCode() >= 500) {
      throw new ConsulUnavailable("answered with status " + response.statusCode());
    }
    long index =
        response
            .headers()
            .firstValue("X-Consul-Index")
            .filter(text -> INDEX.matcher(text).matches())
            .map(Long::parseLong)
            .orElse(1L);
    return new ConsulAnswer(response.statusCode(), Math.max(1, index), response.body());
  }
}
