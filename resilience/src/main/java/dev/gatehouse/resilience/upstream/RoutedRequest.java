package dev.gatehouse.resilience.upstream;

import dev.gatehouse.resilience.balancing.Pick;
import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.balancing.Upstream;
import dev.gatehouse.resilience.breaker.Permit;
import java.time.Duration;
import java.util.Optional;

/// One request on its way through a cluster: where it has been, and whether it may go on. Used by
/// one thread at a time.
public final class RoutedRequest<T extends Target> {
  private final UpstreamCluster<T> cluster;
  private final Idempotency idempotency;
  private int attempts;
  private boolean retriedElsewhere;
  private final Upstream<?>[] tried;
  private Optional<Permit> permit = Optional.empty();

  RoutedRequest(UpstreamCluster<T> cluster, Idempotency idempotency, int mostAttempts) {
    this.cluster = cluster;
    this.idempotency = idempotency;
    this.tried = new Upstream<?>[mostAttempts];
  }

  /// The next instance to try: one not tried yet, if there is one that may be called; otherwise one
  /// that may be called; otherwise one whose breaker holds nothing against it but slowness: when
  /// all are slow, refusing would turn a delay into an outage, and instances with too much to do
  /// refuse for themselves. Empty when there is none, or no attempt is left.
  public Optional<Attempt<T>> next() {
    if (attempts == tried.length) {
      return Optional.empty();
    }
    return begun(cluster.pick(this::isNew))
        .or(() -> attempts == 0 ? Optional.empty() : begun(cluster.pick(this::isLetPass)))
        .or(() -> begun(cluster.pick(this::isSlowAtWorst)));
  }

  /// Whether the request may be tried once more after an attempt failed. A yes is taken out of the
  /// cluster's budget.
  ///
  /// @param sent whether the instance may have received anything of the request
  public boolean mayRetry(boolean sent) {
    boolean safe = !sent || idempotency == Idempotency.ALWAYS;
    return safe && attempts < tried.length && cluster.mayRetry();
  }

  /// Whether an attempt that has used its share up without a response should be given up for one
  /// elsewhere. It should not where no one else would be called, or where it happened before: late
  /// at two instances, it is the request that takes long. A no is for now; a yes is taken out of
  /// the cluster's budget.
  public boolean mayRetryElsewhere() {
    if (retriedElsewhere || idempotency != Idempotency.ALWAYS || attempts == tried.length) {
      return false;
    }
    retriedElsewhere = cluster.has(this::isElsewhere) && cluster.mayRetry();
    return retriedElsewhere;
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

  private Optional<Attempt<T>> begun(Pick<UpstreamEndpoint<T>> pick) {
    if (!(pick instanceof Upstream<UpstreamEndpoint<T>> chosen)) {
      return Optional.empty();
    }
    tried[attempts++] = chosen;
    return permit.map(taken -> new Attempt<>(chosen.target().target(), chosen.begin(), taken));
  }

  private boolean isNew(Upstream<UpstreamEndpoint<T>> candidate) {
    return !wasTried(candidate) && isLetPass(candidate);
  }

  private boolean isElsewhere(Upstream<UpstreamEndpoint<T>> candidate) {
    return !wasTried(candidate) && !candidate.ejected() && candidate.target().breaker().admits();
  }

  private boolean wasTried(Upstream<UpstreamEndpoint<T>> candidate) {
    for (int index = 0; index < attempts; index++) {
      if (tried[index].equals(candidate)) {
        return true;
      }
    }
    return false;
  }

  private boolean isLetPass(Upstream<UpstreamEndpoint<T>> candidate) {
    permit = candidate.target().breaker().tryAcquire();
    return permit.isPresent();
  }

  private boolean isSlowAtWorst(Upstream<UpstreamEndpoint<T>> candidate) {
    permit = candidate.target().breaker().tryAcquireDespiteSlowness();
    return permit.isPresent();
  }
}
