package dev.gatehouse.client;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.discovery.InstanceWatch;
import dev.gatehouse.discovery.ReadyInstances;
import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.fleet.Attempt;
import dev.gatehouse.resilience.fleet.Fleet;
import dev.gatehouse.resilience.fleet.FleetSettings;
import dev.gatehouse.resilience.fleet.Journey;
import dev.gatehouse.resilience.fleet.Repeatable;
import dev.gatehouse.resilience.fleet.Reply;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Calls a service of many instances: finds them, balances, stops calling what fails, repeats what is
/// safe, all by the gateway's own rules, which it shares. Thread-safe.
public final class ServiceClient implements AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(1);

  /// Tells an instance that it need not wait for what attempts before may have begun.
  private static final String ATTEMPT = "X-Request-Attempt";

  private final ReadyInstances instances;
  private final InstanceWatch.Subscription following;
  private final Fleet<Instance> fleet;
  private final Duration requestTimeout;
  private final HttpClient http;

  private ServiceClient(ReadyInstances instances, Fleet<Instance> fleet, Duration requestTimeout) {
    this.instances = instances;
    this.fleet = fleet;
    this.requestTimeout = requestTimeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.following = instances.subscribe(fleet::update);
  }

  /// Begins to follow a service. Returns at once, possibly before an instance is known.
  ///
  /// @param known the instances there are, from Consul or a list; closed with the client
  /// @param requestTimeout how long a request may take in all, repetitions included
  public static ServiceClient of(
      InstanceWatch known, FleetSettings settings, Duration requestTimeout) {
    var fleet =
        new Fleet<Instance>(
            settings,
            bound -> ThreadLocalRandom.current().nextInt(bound),
            System::nanoTime,
            BalancerListener.NONE,
            CircuitBreakerListener.NONE);
    return new ServiceClient(ReadyInstances.of(known), fleet, requestTimeout);
  }

  /// Sends a request to an instance and, when that fails and it is safe, to another.
  ///
  /// @return the answer, whatever its status
  /// @throws NoInstance when none can be called
  /// @throws IOException when no whole answer came in time; unless the request is safe to send twice, it
  ///     may have taken effect
  public ServiceAnswer send(ServiceRequest request) throws IOException, InterruptedException {
    return send(request, request.repeatable(), requestTimeout);
  }

  /// The same with other rules.
  ///
  /// @param patience how long it may take in all, if that is less than the time all requests have
  ServiceAnswer send(ServiceRequest request, Repeatable repeatable, Duration patience)
      throws IOException, InterruptedException {
    Journey<Instance> journey = fleet.begin(repeatable);
    Deadline deadline = Deadline.after(requestTimeout).earlier(Deadline.after(patience));
    ServiceRequest next = request;
    for (int number = 2; true; number++) {
      try (Attempt<Instance> attempt =
          journey.next().orElseThrow(() -> new NoInstance(fleet.retryAfter()))) {
        HttpResponse<String> answer =
            attempt(next, attempt, journey.share(deadline.remainingAtMost(requestTimeout)));
        if (reply(answer) != Reply.LEAVING || !journey.mayGoOn(true)) {
          return reported(answer, attempt);
        }
      } catch (Exchange.Failed failure) {
        if (deadline.expired() || !journey.mayGoOn(failure.sent())) {
          throw failure.reason();
        }
        next = failure.sent() ? request.header(ATTEMPT, Integer.toString(number)) : next;
      }
    }
  }

  @Override
  public void close() {
    following.close();
    instances.close();
    http.shutdownNow();
  }

  private HttpResponse<String> attempt(
      ServiceRequest request, Attempt<Instance> attempt, Duration share)
      throws Exchange.Failed, InterruptedException {
    Duration timeout = share.isPositive() ? share : Duration.ofMillis(1);
    try {
      return Exchange.of(http, written(request, attempt.target(), timeout), timeout);
    } catch (Exchange.Failed failure) {
      attempt.failed();
      throw failure;
    }
  }

  private static HttpRequest.Builder written(
      ServiceRequest request, Instance instance, Duration timeout) {
    HttpRequest.Builder written =
        HttpRequest.newBuilder(instance.url(request.target()))
            .header("X-Request-Timeout-Ms", Long.toString(Math.max(1, timeout.toMillis())))
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().forEach(written::header);
    return written;
  }

  private static Reply reply(HttpResponse<String> answer) {
    Optional<String> connection = answer.headers().firstValue("connection");
    return Reply.of(
        answer.statusCode(), connection.filter(Reply.CLOSE::equalsIgnoreCase).isPresent());
  }

  private static ServiceAnswer reported(HttpResponse<String> answer, Attempt<Instance> attempt) {
    switch (reply(answer)) {
      case GOOD -> attempt.succeeded();
      case ERROR -> attempt.failed();
      case LATE -> attempt.late(false);
      case BUSY, LEAVING -> attempt.close();
    }
    return new ServiceAnswer(answer.statusCode(), answer.headers().map(), answer.body());
  }
}
