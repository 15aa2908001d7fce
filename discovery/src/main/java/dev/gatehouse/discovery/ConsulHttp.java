package dev.gatehouse.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.resilience.HostNames;
import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.Permit;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
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
  private final DiscoveryListener listener;

  ConsulHttp(ConsulSettings settings, CircuitBreaker breaker, DiscoveryListener listener) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.callTimeout())
            .build();
    this.base = settings.url();
    this.token = settings.token();
    this.breaker = breaker;
    this.listener = listener;
  }

  ConsulResponse get(String path, Duration timeout) throws ConsulUnavailable, InterruptedException {
    return guarded("GET", path, BodyPublishers.noBody(), timeout);
  }

  ConsulResponse put(String path, String body, Duration timeout)
      throws ConsulUnavailable, InterruptedException {
    return guarded("PUT", path, BodyPublishers.ofString(body), timeout);
  }

  /// Also when the circuit breaker would refuse: for the one call there is no later for.
  ConsulResponse putRegardless(String path, Duration timeout)
      throws ConsulUnavailable, InterruptedException {
    return call("PUT", path, BodyPublishers.noBody(), timeout);
  }

  /// Ends calls under way.
  @Override
  public void close() {
    client.shutdownNow();
  }

  private ConsulResponse guarded(String method, String path, BodyPublisher body, Duration timeout)
      throws ConsulUnavailable, InterruptedException {
    Permit permit =
        breaker
            .tryAcquire()
            .orElseThrow(() -> new ConsulUnavailable("is left alone by the circuit breaker"));
    try (permit) {
      ConsulResponse response = call(method, path, body, timeout);
      permit.succeeded();
      return response;
    } catch (ConsulUnavailable failure) {
      permit.failed();
      throw failure;
    }
  }

  private ConsulResponse call(String method, String path, BodyPublisher body, Duration timeout)
      throws ConsulUnavailable, InterruptedException {
    URI url = base.resolve(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(callable(url)).header("Content-Type", "application/json");
    token.ifPresent(secret -> request.header("X-Consul-Token", secret));
    DiscoveryListener.Call call = listener.calling(method, url, request::header);
    try {
      ConsulResponse response = send(request.method(method, body).build(), timeout);
      call.responded(response.status());
      return response;
    } catch (ConsulUnavailable | InterruptedException failure) {
      call.failed(failure);
      throw failure;
    }
  }

  private static URI callable(URI url) throws ConsulUnavailable {
    try {
      return HostNames.callable(url);
    } catch (UnknownHostException unknown) {
      throw new ConsulUnavailable("has no address", unknown);
    }
  }

  /// The client's own time-out ends with the head of a response; this one covers the body too.
  private ConsulResponse send(HttpRequest request, Duration timeout)
      throws ConsulUnavailable, InterruptedException {
    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LONGEST_BODY));
    try {
      return response(sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      throw new ConsulUnavailable("did not respond within " + timeout.toMillis() + " ms");
    } catch (ExecutionException failed) {
      throw new ConsulUnavailable(
          "did not respond", Optional.ofNullable(failed.getCause()).orElse(failed));
    } finally {
      sent.cancel(true);
    }
  }

  private static ConsulResponse response(HttpResponse<String> response) throws ConsulUnavailable {
    if (response.statusCode() >= 500) {
      throw new ConsulUnavailable("responded with status " + response.statusCode());
    }
    long index =
        response
            .headers()
            .firstValue("X-Consul-Index")
            .filter(text -> INDEX.matcher(text).matches())
            .map(Long::parseLong)
            .orElse(1L);
    return new ConsulResponse(response.statusCode(), Math.max(1, index), response.body());
  }
}
