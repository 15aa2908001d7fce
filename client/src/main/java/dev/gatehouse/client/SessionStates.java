package dev.gatehouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.accounts.model.SessionId;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Whether sessions still stand, by the service's own word (RFC 7662), kept for a moment: a session that
/// was ended is refused within that moment. Thread-safe; memory is bounded.
public final class SessionStates {
  private static final Logger log = LoggerFactory.getLogger(SessionStates.class);
  private static final int MOST_KEPT = 100_000;
  private static final int OK = 200;

  private final JsonMapper json = JsonMapper.builder().build();
  private final Cache<SessionId, Boolean> known;
  private final ServiceClient service;
  private final String apiKey;
  private final InDoubt inDoubt;

  /// What holds while the service cannot be asked.
  public enum InDoubt {
    /// The token's signature is word enough until it expires.
    ACCEPT,
    /// No answer, no access.
    REFUSE
  }

  /// @param apiKey one with the scope `introspect`
  /// @param kept how long an answer is believed; a second is as good as the instances themselves are
  public SessionStates(ServiceClient service, String apiKey, Duration kept, InDoubt inDoubt) {
    this.service = service;
    this.apiKey = apiKey;
    this.inDoubt = inDoubt;
    this.known = Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(kept).build();
  }

  /// Whether the session of this token stands.
  ///
  /// @throws IOException when the service cannot be asked and doubt counts against the session
  boolean stands(SessionId session, String token) throws IOException, InterruptedException {
    Boolean kept = known.getIfPresent(session);
    if (kept != null) {
      return kept;
    }
    try {
      boolean stands = ask(token);
      known.put(session, stands);
      return stands;
    } catch (IOException silent) {
      if (inDoubt == InDoubt.REFUSE) {
        throw silent;
      }
      log.warn("Whether a session stands could not be asked: {}", silent.toString());
      return true;
    }
  }

  private boolean ask(String token) throws IOException, InterruptedException {
    String form = "token=" + URLEncoder.encode(token, UTF_8);
    ServiceAnswer answer =
        service.send(
            ServiceRequest.of("POST", "/v1/tokens/introspect")
                .body("application/x-www-form-urlencoded", form)
                .bearing(apiKey));
    if (answer.status() != OK) {
      throw new IOException("introspection was answered with status " + answer.status());
    }
    try {
      return json.readTree(answer.body()).path("active").asBoolean(false);
    } catch (JacksonException broken) {
      throw new IOException("the answer of introspection cannot be read", broken);
    }
  }
}
