package dev.gatehouse.client;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.HostNames;
import dev.gatehouse.resilience.balancing.Attempt;
import dev.gatehouse.resilience.upstream.RoutedRequest;
import java.io.IOException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// One request on its way to a response. Used by one thread.
final class Sending {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /// Tells an instance that it need not wait for what attempts before may have begun.
  private static final String ATTEMPT = "X-Request-Attempt";

  private final HttpClient http;
  private final ServiceRequest request;
  private final RoutedRequest<Instance> routed;
  private final Duration time;
  private final boolean hasShorterTimeout;
  private final Deadline deadline;
  private int attempts;
  private boolean abandonedAttempt;

  /// @param time it may take in all
  /// @param hasShorterTimeout whether that is less than the usual timeout
  Sending(
      HttpClient http,
      ServiceRequest request,
      RoutedRequest<Instance> routed,
      Duration time,
      boolean hasShorterTimeout) {
    this.http = http;
    this.request = request;
    this.routed = routed;
    this.time = time;
    this.hasShorterTimeout = hasShorterTimeout;
    this.deadline = Deadline.after(time);
  }

  /// Sends it to this instance.
  ///
  /// @return empty when it is to be sent elsewhere
  /// @throws IOException when there is no response and no going on
  Optional<ServiceResponse> to(Attempt<Instance> attempt) throws IOException, InterruptedException {
    attempts++;
    Duration left = deadline.remainingAtMost(time);
    Duration timeout = left.isPositive() ? left : Duration.ofMillis(1);
    try (var exchange = Exchange.begin(http, written(attempt.target(), timeout), timeout)) {
      Optional<HttpResponse<String>> response = exchange.within(routed.share(timeout));
      while (response.isEmpty()) {
        if (routed.mayRetryElsewhere()) {
          attempt.timedOut(!hasShorterTimeout);
          abandonedAttempt = true;
          return Optional.empty();
        }
        response = exchange.within(BETWEEN_LOOKS);
      }
      return judged(response.get(), attempt);
    } catch (UnknownHostException unknown) {
      attempt.end(CallResult.UNREACHABLE);
      if (deadline.expired() || !routed.mayRetry(false)) {
        throw unknown;
      }
      return Optional.empty();
    } catch (Exchange.Failed failure) {
      return afterFailure(failure, attempt);
    }
  }

  private HttpRequest.Builder written(Instance instance, Duration timeout)
      throws UnknownHostException {
    HttpRequest.Builder written =
        HttpRequest.newBuilder(HostNames.callable(instance.url(request.target())))
            .header("X-Request-Timeout-Ms", Long.toString(Math.max(1, timeout.toMillis())))
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().forEach(written::header);
    if (abandonedAttempt) {
      written.header(ATTEMPT, Integer.toString(attempts));
    }
    return written;
  }

  private Optional<ServiceResponse> judged(
      HttpResponse<String> response, Attempt<Instance> attempt) {
    boolean elsewhere = routed.mayRetryAfter(response.statusCode(), isClosing(response), deadline);
    CallResult result = CallResult.ofStatus(response.statusCode());
    if (result == CallResult.TIMEOUT) {
      attempt.timedOut(!hasShorterTimeout);
      abandonedAttempt = true;
    } else {
      attempt.end(result);
    }
    return elsewhere
        ? Optional.empty()
        : Optional.of(
            new ServiceResponse(response.statusCode(), response.headers().map(), response.body()));
  }

  private static boolean isClosing(HttpResponse<String> response) {
    Optional<String> connection = response.headers().firstValue("connection");
    return connection.filter(RoutedRequest.CLOSE::equalsIgnoreCase).isPresent();
  }

  private Optional<ServiceResponse> afterFailure(Exchange.Failed failure, Attempt<Instance> attempt)
      throws IOException {
    if (failure.late()) {
      attempt.timedOut(!hasShorterTimeout);
    } else {
      attempt.end(failure.sent() ? CallResult.BROKEN : CallResult.UNREACHABLE);
    }
    abandonedAttempt |= failure.sent();
    if (deadline.expired() || !routed.mayRetry(failure.sent())) {
      throw failure.reason();
    }
    return Optional.empty();
  }
}
