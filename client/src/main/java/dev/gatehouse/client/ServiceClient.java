package dev.gatehouse.client;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.discovery.InstanceWatch;
import dev.gatehouse.discovery.ReadyInstances;
import dev.gatehouse.resilience.balancing.Attempt;
import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
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
  private final UpstreamCluster<Instance> cluster;
  private final Duration requestTimeout;
  private final HttpClient http;

  private ServiceClient(
      ReadyInstances instances, UpstreamCluster<Instance> cluster, Duration requestTimeout) {
    this.instances = instances;
    this.cluster = cluster;
    this.requestTimeout = requestTimeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.following = instances.subscribe(cluster::update);
  }

  /// Begins to follow a service. Returns at once, possibly before an instance is known.
  ///
  /// @param known the instances there are, from Consul or a list; closed with the client
  /// @param requestTimeout how long a request may take in all, repetitions included
  public static ServiceClient of(
      InstanceWatch known, UpstreamClusterSettings settings, Duration requestTimeout) {
    var cluster =
        new UpstreamCluster<Instance>(
            settings,
            bound -> ThreadLocalRandom.current().nextInt(bound),
            System::nanoTime,
            BalancerListener.NONE,
            CircuitBreakerListener.NONE);
    return new ServiceClient(ReadyInstances.of(known), cluster, requestTimeout);
  }

  /// Sends a request to an instance and, when that fails and it is safe, to another.
  ///
  /// @return the response, whatever its status
  /// @throws NoInstance when none can be called
  /// @throws IOException when no whole response came in time; unless the request is safe to send
  ///     twice, it may have taken effect
  public ServiceResponse send(ServiceRequest request) throws IOException, InterruptedException {
    return send(request, request.repeatable(), requestTimeout);
  }

  /// The same with other rules.
  ///
  /// @param patience how long it may take in all, if that is less than the time all requests have
  ServiceResponse send(ServiceRequest request, Idempotency idempotency, Duration patience)
      throws IOException, InterruptedException {
    boolean hurried = patience.compareTo(requestTimeout) < 0;
    Duration time = hurried ? patience : requestTimeout;
    RoutedRequest<Instance> routed = cluster.begin(idempotency);
    var sending = new Sending(http, request, routed, time, hurried);
    while (true) {
      try (Attempt<Instance> attempt =
          routed.next().orElseThrow(() -> new NoInstance(cluster.retryAfter()))) {
        Optional<ServiceResponse> response = sending.to(attempt);
        if (response.isPresent()) {
          return response.get();
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
