package dev.gatehouse.client;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.discovery.InstanceWatch;
import dev.gatehouse.discovery.ReadyInstances;
import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.upstream.Attempt;
import dev.gatehouse.resilience.upstream.Idempotency;
import dev.gatehouse.resilience.upstream.RoutedRequest;
import dev.gatehouse.resilience.upstream.UpstreamCluster;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Calls a service of many instances: finds them, balances, stops calling what fails, repeats what
/// is safe, all by the gateway's own rules, which it shares. Thread-safe.
public final class ServiceClient implements AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(1);

  private final ReadyInstances instances;
  private final InstanceWatch.Subscription following;
  private final UpstreamCluster<Instance> fleet;
  private final Duration requestTimeout;
  private final HttpClient http;

  private ServiceClient(
      ReadyInstances instances, UpstreamCluster<Instance> fleet, Duration requestTimeout) {
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
      InstanceWatch known, UpstreamClusterSettings settings, Duration requestTimeout) {
    var fleet =
        new UpstreamCluster<Instance>(
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
  /// @throws IOException when no whole answer came in time; unless the request is safe to send
  ///     twice, it may have taken effect
  public ServiceAnswer send(ServiceRequest request) throws IOException, InterruptedException {
    return send(request, request.repeatable(), requestTimeout);
  }

  /// The same with other rules.
  ///
  /// @param patience how long it may take in all, if that is less than the time all requests have
  ServiceAnswer send(ServiceRequest request, Idempotency repeatable, Duration patience)
      throws IOException, InterruptedException {
    boolean hurried = patience.compareTo(requestTimeout) < 0;
    Duration time = hurried ? patience : requestTimeout;
    RoutedRequest<Instance> journey = fleet.begin(repeatable);
    var sending = new Sending(http, request, journey, time, hurried);
    while (true) {
      try (Attempt<Instance> attempt =
          journey.next().orElseThrow(() -> new NoInstance(fleet.retryAfter()))) {
        Optional<ServiceAnswer> answer = sending.to(attempt);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    }
  }

  @Override
  public void close() {
    following.close();
    instances.close();
    http.shutdownNow();
  }
}
