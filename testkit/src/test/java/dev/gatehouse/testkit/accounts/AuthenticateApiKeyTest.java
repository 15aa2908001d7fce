package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.AuthenticateApiKey;
import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.NewApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.testkit.ManualTime;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticateApiKeyTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ManualTime time = ManualTime.atNoon();
  private final InMemoryApiKeys store = new InMemoryApiKeys(time);
  private final AuthenticateApiKey authenticate = new AuthenticateApiKey(store, nanos::get);

  @Test
  void knowsAKeyAndNotesItsUse() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret);

    assertThat(authenticate.authenticate(secret.encoded())).isEqualTo(key);
    assertThat(store.list().getFirst().lastUsedAt()).contains(time.instant());
  }

  @Test
  void recallsAKeyForLessThanASecond() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret);
    assertThat(authenticate.recall(secret.encoded())).isEmpty();

    authenticate.authenticate(secret.encoded());

    assertThat(authenticate.recall(secret.encoded())).contains(key);
    passes(Duration.ofSeconds(1));
    assertThat(authenticate.recall(secret.encoded())).isEmpty();
  }

  @Test
  void refusesARevokedKeyWithinASecond() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret);
    authenticate.authenticate(secret.encoded());

    store.revoke(key.id());
    passes(Duration.ofSeconds(1));

    assertRefused(ErrorCode.INVALID_TOKEN, () -> authenticate.authenticate(secret.encoded()));
    assertRefused(ErrorCode.INVALID_TOKEN, () -> authenticate.recall(secret.encoded()));
  }

  @Test
  void recallsAKeyNoLongerThanUntilItExpires() {
    ApiKeySecret secret = Sample.apiKeySecret();
    store.add(fresh(), secret, new Expiry.After(Duration.ofMillis(300)));
    authenticate.authenticate(secret.encoded());

    passes(Duration.ofMillis(299));
    assertThat(authenticate.recall(secret.encoded())).isPresent();
    passes(Duration.ofMillis(1));
    time.advance(Duration.ofMillis(300));

    assertThat(authenticate.recall(secret.encoded())).isEmpty();
    assertRefused(ErrorCode.INVALID_TOKEN, () -> authenticate.authenticate(secret.encoded()));
  }

  @Test
  void keepsRealKeysWhateverIsMadeUp() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret);
    authenticate.authenticate(secret.encoded());

    for (int n = 0; n < 10_000; n++) {
      String madeUp = Sample.apiKeySecret().encoded();
      assertRefused(ErrorCode.INVALID_TOKEN, () -> authenticate.authenticate(madeUp));
    }

    assertThat(authenticate.recall(secret.encoded())).contains(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghk_", "ghk_short", "ghk_!!!!", "", "ghr_x"})
  void refusesWhatCannotBeAKey(String text) {
    assertRefused(ErrorCode.INVALID_TOKEN, () -> authenticate.recall(text));
    assertRefused(ErrorCode.INVALID_TOKEN, () -> authenticate.authenticate(text));
  }

  @Test
  void readsOnlyTheOneSpellingOfASecret() {
    ApiKeySecret secret = Sample.apiKeySecret();
    String text = secret.encoded();
    char last = text.charAt(text.length() - 1);
    String sameBytes = text.substring(0, text.length() - 1) + (char) (last + 1);

    assertThat(ApiKeySecret.parse(text)).contains(secret);
    assertThat(ApiKeySecret.parse(sameBytes)).isEmpty();
    assertThat(secret.toString()).doesNotContain(text.substring(4));
  }

  private ApiKey added(ApiKeySecret secret) {
    return store.add(fresh(), secret, Expiry.NEVER);
  }

  private static NewApiKey fresh() {
    return new NewApiKey(new ApiKeyId(Sample.id()), "Billing", Set.of(Scope.INTROSPECT));
  }

  private void passes(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }
}
