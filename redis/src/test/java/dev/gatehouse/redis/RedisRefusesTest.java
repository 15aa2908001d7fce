package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitState;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A server that responds with refusals counts as down, with its reason.
class RedisRefusesTest {
  private static final String PREFIX = "gatehouse:users:1:";

  private static RedisFixture redis;

  @BeforeAll
  static void start() {
    redis = RedisFixture.embedded();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void reset() {
    redis.command("ACL", "DELUSER", "limited");
    redis.command("CONFIG", "SET", "maxmemory", "0");
    redis.command("REPLICAOF", "NO", "ONE");
  }

  @Test
  void anAccessListThatDeniesOurKeysIsAnOutageUntilItPermitsThem() {
    limited("~others:*", "&*", "+@all");
    try (RedisLink link = open("limited:pw@")) {
      awaitTrouble(link, "NOPERM");
      until(() -> link.state() == CircuitState.OPEN);
      assertThat(link.ask(commands -> commands.get(PREFIX + "a")))
          .isInstanceOf(RedisReply.Bypassed.class);

      limited("~gatehouse:*", "resetchannels", "&gatehouse:*", "+@all");
      until(link::up);
      assertThat(link.trouble()).isEmpty();
      assertThat(link.ask(commands -> commands.get(PREFIX + "a")))
          .isInstanceOf(RedisReply.Success.class);
    }
  }

  @Test
  void anAccessListThatDeniesCommandsIsAnOutage() {
    limited("~*", "&*", "+@all", "-eval");
    try (RedisLink link = open("limited:pw@")) {
      awaitTrouble(link, "NOPERM");
    }
  }

  @Test
  void anAccessListThatDeniesChannelsIsAnOutage() {
    limited("~*", "resetchannels", "+@all");
    try (RedisLink link = open("limited:pw@")) {
      link.subscribe(PREFIX + "changes", _ -> {});
      awaitTrouble(link, "NOPERM");
    }
  }

  @Test
  void anAccessListThatIsNarrowedLaterIsAnOutageFromTheFirstRefusal() {
    limited("~*", "&*", "+@all");
    try (RedisLink link = open("limited:pw@")) {
      until(link::up);
      redis.command("ACL", "SETUSER", "limited", "resetkeys", "~others:*");

      assertThat(link.ask(commands -> commands.get(PREFIX + "a")))
          .isInstanceOf(RedisReply.Failed.class);
      assertThat(link.up()).isFalse();
      assertThat(link.trouble().orElse("")).contains("NOPERM");
    }
  }

  @Test
  void aFullMemoryIsAnOutage() {
    try (RedisLink link = open("")) {
      until(link::up);
      redis.command("CONFIG", "SET", "maxmemory", "1");
      link.ask(commands -> commands.set(PREFIX + "a", "x".getBytes(StandardCharsets.US_ASCII)));
      awaitTrouble(link, "OOM");
      redis.command("CONFIG", "SET", "maxmemory", "0");
      until(link::up);
    }
  }

  @Test
  void aReplicaIsAnOutage() {
    redis.command("REPLICAOF", "127.0.0.1", "1");
    try (RedisLink link = open("")) {
      until(() -> link.trouble().orElse("").matches(".*(READONLY|MASTERDOWN).*"));
      redis.command("REPLICAOF", "NO", "ONE");
      until(link::up);
    }
  }

  @Test
  void aMissingOrWrongPasswordIsNamed() {
    limited("~*", "&*", "+@all");
    try (RedisLink link = open("limited:wrong@")) {
      awaitTrouble(link, "WRONGPASS");
    }
    try (RedisFixture closed = RedisFixture.embedded()) {
      closed.command("CONFIG", "SET", "requirepass", "pw");
      try (RedisLink link = open(closed, "")) {
        awaitTrouble(link, "NOAUTH");
      }
    }
  }

  @Test
  void anErrorOfOneKeyIsNone() {
    redis.command("DEL", PREFIX + "list");
    redis.command("RPUSH", PREFIX + "list", "1");
    try (RedisLink link = open("")) {
      until(link::up);
      assertThat(link.ask(commands -> commands.get(PREFIX + "list")))
          .isInstanceOf(RedisReply.Refused.class);
      assertThat(link.up()).isTrue();
    }
  }

  private static void limited(String... rules) {
    redis.command("ACL", "DELUSER", "limited");
    String[] words = new String[5 + rules.length];
    System.arraycopy(new String[] {"ACL", "SETUSER", "limited", "on", ">pw"}, 0, words, 0, 5);
    System.arraycopy(rules, 0, words, 5, rules.length);
    assertThat(redis.command(words)).contains("OK");
  }

  private static RedisLink open(String login) {
    return open(redis, login);
  }

  private static RedisLink open(RedisFixture server, String login) {
    URI url = URI.create("redis://" + login + "127.0.0.1:" + server.port());
    RedisLink link =
        RedisLink.open(RedisAddress.parse(url), Duration.ofSeconds(1), CircuitBreakerListener.NONE);
    link.uses(PREFIX);
    return link;
  }

  private static void awaitTrouble(RedisLink link, String code) {
    until(() -> link.trouble().orElse("").contains(code));
    assertThat(link.up()).isFalse();
  }

  private static void until(BooleanSupplier condition) {
    await().atMost(Duration.ofSeconds(20)).until(condition::getAsBoolean);
  }
}
