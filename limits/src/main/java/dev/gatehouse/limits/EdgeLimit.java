package dev.gatehouse.limits;

import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The limit by address of the gateway: kept in this process, so that a decision never waits.
/// Thread-safe.
public final class EdgeLimit {
  private final RateLimit limit;
  private final String policy;

  /// @param nanos a monotonic clock, such as `System::nanoTime`
  public EdgeLimit(Rate rate, LongSupplier nanos, LimitListener listener) {
    limit = new RateLimit(new Limit("edge", rate), new LocalBucketStore(nanos), listener);
    policy = RateLimitHeaders.policy(List.of(limit));
  }

  /// Takes a token of this client, or responds with an error when there is none.
  ///
  /// @param network the network of the client, see [dev.gatehouse.http.address.IpAddress#network]
  public Optional<Response> refusal(long network, String requestId) {
    Decision decision = limit.take(network);
    if (decision.allowed()) {
      return Optional.empty();
    }
    return Optional.of(
        Response.problem(Unavailable.rateLimited(decision.retryAfter()), requestId)
            .withHeader(RateLimitHeaders.POLICY, policy)
            .withHeader(
                RateLimitHeaders.STATE,
                RateLimitHeaders.state(new Verdict(limit.limit(), decision))));
  }
}
