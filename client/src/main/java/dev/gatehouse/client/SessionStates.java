package dev.gatehouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.resilience.upstream.Idempotency;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Whether sessions still stand, by the service's own word (RFC 7662), kept for a moment: a session
/// that was ended is refused within that moment. However many ask about a session at once, the
/// service is asked once, for a second at most; that it gave no response is kept for a second, too,
/// so that one request in a second waits for a service that is away, not each. Thread-safe; memory
/// is bounded.
public final class SessionStates {
  private static final Logger log = LoggerFactory.getLogger(SessionStates.class);
  private static final int MOST_KEPT = 100_000;
  private static final int OK = 200;
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration DOUBT_KEPT = Duration.ofSeconds(1);

  private final JsonMapper json = JsonMapper.builder().build();
  private final AsyncCache<SessionId, Standing> known;
  private final ServiceClient service;
  private final String apiKey;
  private final Duration kept;
  private final InDoubt inDoubt;
  private final Duration patience;
  private final AtomicBoolean silent = new AtomicBoolean();

  /// What holds while the service cannot be asked.
  public enum InDoubt {
    /// The token's signature is word enough until it expires.
    ACCEPT,
    /// No response, no access.
    REFUSE
  }

  /// What the service says of a session, or why it says nothing.
  private record Standing(boolean stands, Optional<IOException> doubt) {}

  /// @param apiKey one with the scope `introspect`
  /// @param kept how long a response is believed; a second is as good as the instances themselves
  ///     are
  public SessionStates(ServiceClient service, String apiKey, Duration kept, InDoubt inDoubt) {
    this(service, apiKey, kept, inDoubt, RESPONSE_TIMEOUT, System::nanoTime);
  }

  SessionStates(
      ServiceClient service,
      String apiKey,
      Duration kept,
      InDoubt inDoubt,
      Duration patience,
      LongSupplier nanoTime) {
    this.patience = patience;
    this.service = service;
    this.apiKey = apiKey;
    this.kept = kept;
    this.inDoubt = inDoubt;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .ticker(nanoTime::getAsLong)
            .expireAfter(Expiry.<SessionId, Standing>writing((_, standing) -> lasting(standing)))
            .buildAsync();
  }

  /// Whether the session of this token is.
  ///
  /// @throws IOException when the service cannot be asked and doubt counts against the session
  boolean stands(SessionId session, String token) throws IOException, InterruptedException {
    Standing standing = standing(session, token);
    if (standing.doubt().isPresent() && inDoubt == InDoubt.REFUSE) {
      throw new IOException("whether the session stands is not known", standing.doubt().get());
    }
    return standing.stands();
  }

  private Standing standing(SessionId session, String token)
      throws IOException, InterruptedException {
    try {
      return known.get(session, (_, _) -> asked(token)).get();
    } catch (ExecutionException failed) {
      throw new IOException("whether the session stands could not be asked", failed);
    }
  }

  private Duration lasting(Standing standing) {
    return standing.doubt().isEmpty() || kept.compareTo(DOUBT_KEPT) < 0 ? kept : DOUBT_KEPT;
  }

  /// On its own thread: that one of those who wait is interrupted must not disappoint the others.
  private CompletableFuture<Standing> asked(String token) {
    return CompletableFuture.supplyAsync(() -> ask(token), Thread::startVirtualThread);
  }

  private Standing ask(String token) {
    try {
      boolean stands = isActive(token);
      if (silent.compareAndSet(true, false)) {
        log.info("Whether sessions stand can be asked again");
      }
      return new Standing(stands, Optional.empty());
    } catch (IOException failure) {
      if (silent.compareAndSet(false, true)) {
        log.warn("Whether sessions stand cannot be asked: {}", failure.toString());
      }
      return new Standing(true, Optional.of(failure));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Standing(true, Optional.of(new IOException("interrupted", interrupted)));
    }
  }

  private boolean isActive(String token) throws IOException, InterruptedException {
    String form = "token=" + URLEncoder.encode(token, UTF_8);
    ServiceRequest question =
        ServiceRequest.of("POST", "/v1/tokens/introspect")
            .body("application/x-www-form-urlencoded", form)
            .bearing(apiKey);
    ServiceResponse response = service.send(question, Idempotency.ALWAYS, patience);
    if (response.status() != OK) {
      throw new IOException("introspection responded with status " + response.status());
    }
    try {
      return json.readTree(response.body()).path("active").asBoolean(false);
    } catch (JacksonException broken) {
      throw new IOException("the response of introspection cannot be read", broken);
    }
  }
}
