package dev.gatehouse.app.architecture.violating.accounts.user;

import dev.gatehouse.app.architecture.violating.accounts.signin.ImpatientUseCase;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model that knows a library, the clock and a use case.
public record ForeignUser(Instant createdAt) {
  private static final Logger log = LoggerFactory.getLogger(ForeignUser.class);

  public static ForeignUser now() {
    log.debug("{}", ImpatientUseCase.class);
    return new ForeignUser(Instant.now());
  }
}
