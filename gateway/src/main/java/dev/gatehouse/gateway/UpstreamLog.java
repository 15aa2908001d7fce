package dev.gatehouse.gateway;

import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.EjectionReason;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down which instances get no requests for a while, and tells another listener.
///
/// @param other receives the same events
public record UpstreamLog(BalancerListener other) implements BalancerListener {
  private static final Logger log = LoggerFactory.getLogger(UpstreamLog.class);

  @Override
  public void ejected(String instance, EjectionReason reason, Duration length) {
    log.atWarn()
        .addKeyValue("instance", instance)
        .addKeyValue("reason", reason.name().toLowerCase(Locale.ROOT))
        .addKeyValue("seconds", length.toSeconds())
        .log("Instance ejected");
    other.ejected(instance, reason, length);
  }

  @Override
  public void returned(String instance) {
    log.atInfo().addKeyValue("instance", instance).log("Instance returned");
    other.returned(instance);
  }

  @Override
  public void panicked(boolean panicking) {
    if (panicking) {
      log.warn("All instances are ejected: all are called");
    } else {
      log.info("Not all instances are ejected any more");
    }
    other.panicked(panicking);
  }
}
