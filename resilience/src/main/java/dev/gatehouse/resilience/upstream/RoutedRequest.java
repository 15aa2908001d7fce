package dev.gatehouse.resilience.upstream;

import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.RetryBudget;
import dev.gatehouse.resilience.balancing.Attempt;
import dev.gatehouse.resilience.balancing.LoadBalancer;
import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.balancing.Upstream;
import java.time.Duration;
import java.util.Optional;

/// One request on its way through a cluster: where it has been, and whether it may go on. Used by
/// one thread at a time.
public final class RoutedRequest<T extends Target> {
  /// The value of the header field `Connection` when the connection closes after the response.
  public static final String CLOSE = "close";

  private final LoadBalancer<T> balancer;
  private final RetryBudget budget;
  private final Idempotency idempotency;
  private int attempts;
  private boolean retriedElsewhere;
  private final Upstream<?>[] tried;

  RoutedRequest(
      LoadBalancer<T> balancer, RetryBudget budget, Idempotency idempotency, int mostAttempts) {
    this.balancer = balancer;
    this.budget = budget;
    this.idempotency = idempotency;
    this.tried = new Upstream<?>[mostAttempts];
  }

  /// An attempt at the next instance: one not tried yet, if one of them may be called; otherwise
  /// any that may be called; otherwise one whose breaker is open for no worse reason than slow
  /// calls. When all are slow, a rejection would turn a delay into an outage, and overloaded
  /// instances reject requests themselves. Empty when there is none, or no attempt is left.
  public Optional<Attempt<T>> next() {
    if (attempts == tried.length) {
      return Optional.empty();
    }
    Optional<Attempt<T>> next =
        balancer
            .begin(this::isNew)
            .or(() -> attempts == 0 ? Optional.empty() : balancer.begin(_ -> true))
            .or(balancer::beginDespiteSlowness);
    next.ifPresent(attempt -> tried[attempts++] = attempt.upstream());
    return next;
  }

  /// Whether the request may be tried once more after an attempt failed. A yes is taken out of the
  /// cluster's budget.
  ///
  /// @param sent whether the instance may have received anything of the request
  public boolean mayRetry(boolean sent) {
    boolean safe = !sent || idempotency == Idempotency.ALWAYS;
    return safe && attempts < tried.length && budget.tryRetry();
  }

  /// Whether an attempt that has used its share up without a response should be given up for one
  /// elsewhere. It should not where no one else would be called, or where it happened before: late
  /// at two instances, it is the request that takes long. A no is for now; a yes is taken out of
  /// the cluster's budget.
  public boolean mayRetryElsewhere() {
    if (retriedElsewhere || idempotency != Idempotency.ALWAYS || attempts == tried.length) {
      return false;
    }
    retriedElsewhere =
        balancer.upstreams().stream().anyMatch(this::isElsewhere) && budget.tryRetry();
    return retriedElsewhere;
  }

  /// Whether a request with this response should go to another instance instead: after a 503 from
  /// an instance that takes no more requests, as against one that is busy, and after a 504 from one
  /// whose timeout is shorter than the caller's, since another may have more time.
  ///
  /// @param closing whether the header field `Connection` of the response is [#CLOSE]
  /// @param deadline of the request
  public boolean mayRetryAfter(int status, boolean closing, Deadline deadline) {
    return switch (status) {
      case 503 -> closing && mayRetry(true);
      case 504 -> !deadline.expired() && mayRetryElsewhere();
      default -> false;
    };
  }

  /// How long the attempt under way may take out of the time that is left: a request that could be
  /// repeated must not lose all of it to an instance that hangs.
  ///
  /// @param left no more than 292 years
  public Duration share(Duration left) {
    return idempotency == Idempotency.ALWAYS && !retriedElsewhere
        ? Duration.ofNanos(left.toNanos() / (tried.length - Math.max(0, attempts - 1)))
        : left;
  }

  private boolean isNew(Upstream<T> candidate) {
    for (int index = 0; index < attempts; index++) {
      if (tried[index].equals(candidate)) {
        return false;
      }
    }
    return true;
  }

  private boolean isElsewhere(Upstream<T> candidate) {
    return isNew(candidate) && !candidate.ejected() && candidate.breaker().admits();
  }
}
