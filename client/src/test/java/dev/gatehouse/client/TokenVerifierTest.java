package dev.gatehouse.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.discovery.FixedInstances;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import dev.gatehouse.testkit.accounts.InMemoryServerKeys;
import dev.gatehouse.testkit.accounts.Sample;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import dev.gatehouse.tokens.SecretKeys;
import dev.gatehouse.tokens.TokenSettings;
import dev.gatehouse.tokens.Tokens;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Real tokens, verified where only the published keys are known.
class TokenVerifierTest {
  private static final String ISSUER = "https://id.example.org";

  private final AtomicBoolean sessionStands = new AtomicBoolean(true);
  private final AtomicLong nanos = new AtomicLong();
  private final User user = Sample.user();
  private Tokens tokens;
  private ScriptedServer server;
  private ServiceClient service;

  @BeforeEach
  void start() throws Exception {
    tokens = issuer();
    server = new ScriptedServer().behaving(this::respond);
    service =
        ServiceClient.of(
            new FixedInstances(List.of(Instance.at("127.0.0.1", server.port()))).watch(""),
            UpstreamClusterSettings.of(Policy.ROUND_ROBIN),
            Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    server.close();
    tokens.close();
  }

  @Test
  void readsATokenAndAsksForTheKeysOnce() throws Exception {
    var verifier = verifier(Optional.empty());

    for (int i = 0; i < 5; i++) {
      assertThat(verifier.verify(token()).user()).isEqualTo(user.id());
    }
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void refusesAForgedTokenAndOneOfAnotherIssuer() throws Exception {
    var verifier = verifier(Optional.empty());
    String token = token();
    String altered = token.substring(0, token.length() - 4) + "AAAA";

    assertThatThrownBy(() -> verifier.verify(altered)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> verifier.verify("")).isInstanceOf(Refusal.class);
    try (Tokens others = issuer()) {
      String theirs = others.accessTokens().issue(user, new SessionId(Sample.id())).token();
      assertThatThrownBy(() -> verifier.verify(theirs)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void fetchesTheKeysAgainForATokenOfANewOneAndNotForEveryMadeUpOne() throws Exception {
    var verifier = verifier(Optional.empty());
    verifier.verify(token());
    Tokens old = tokens;
    tokens = issuer();
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());

    assertThat(verifier.verify(token()).user()).isEqualTo(user.id());
    try (old) {
      String outdated = old.accessTokens().issue(user, new SessionId(Sample.id())).token();
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> verifier.verify(outdated)).isInstanceOf(Refusal.class);
      }
    }
    assertThat(server.received()).hasSize(2);
  }

  @Test
  void goesOnWithTheKeysItHasWhileTheServiceIsAway() throws Exception {
    var verifier = verifier(Optional.empty());
    verifier.verify(token());
    server.die();
    nanos.addAndGet(Duration.ofMinutes(10).toNanos());

    assertThat(verifier.verify(token()).user()).isEqualTo(user.id());
  }

  @Test
  void saysThatItNeverHadAnyKeys() throws Exception {
    server.die();
    var verifier = verifier(Optional.empty());

    assertThatThrownBy(() -> verifier.verify(token())).isInstanceOf(IOException.class);
  }

  @Test
  void letsAllWhoWaitForTheFirstKeysShareTheFailure() throws Exception {
    var allWait = new CountDownLatch(1);
    server.behaving(
        (_, _) -> {
          allWait.await();
          return false;
        });
    var verifier = verifier(Optional.empty());
    String token = token();
    var failed = new AtomicInteger();
    List<Thread> callers =
        Stream.generate(
                () ->
                    Thread.ofVirtual()
                        .start(
                            () ->
                                assertThatThrownBy(() -> verifier.verify(token))
                                    .isInstanceOf(IOException.class)
                                    .satisfies(_ -> failed.incrementAndGet())))
            .limit(8)
            .toList();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> callers.stream().allMatch(TokenVerifierTest::waits));
    allWait.countDown();

    await().atMost(Duration.ofSeconds(20)).until(() -> failed.get() == 8);
    assertThat(server.received()).as("one fetch, not one for each caller").hasSizeLessThan(8);
  }

  @Test
  void refusesTheTokenOfASessionThatEndedAndAsksOnceAMoment() throws Exception {
    var kept = Duration.ofSeconds(3);
    var verifier =
        verifier(
            Optional.of(
                new SessionStates(
                    service,
                    "ghk_test",
                    kept,
                    SessionStates.InDoubt.REFUSE,
                    Duration.ofSeconds(5),
                    nanos::get)));
    String token = token();
    for (int i = 0; i < 5; i++) {
      verifier.verify(token);
    }
    assertThat(introspections()).isEqualTo(1);
    sessionStands.set(false);
    nanos.addAndGet(kept.toNanos());

    assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(Refusal.class);
  }

  @Test
  void decidesAsToldWhenTheServiceCannotBeAsked() throws Exception {
    var trusting = verifier(Optional.of(states(SessionStates.InDoubt.ACCEPT)));
    var strict = verifier(Optional.of(states(SessionStates.InDoubt.REFUSE)));
    trusting.verify(token());
    strict.verify(token());
    server.die();

    assertThat(trusting.verify(token()).user()).isEqualTo(user.id());
    assertThatThrownBy(() -> strict.verify(token())).isInstanceOf(IOException.class);
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private SessionStates states(SessionStates.InDoubt inDoubt) {
    return new SessionStates(service, "ghk_test", Duration.ofSeconds(1), inDoubt);
  }

  private long introspections() {
    return server.received().stream()
        .filter(request -> request.head().startsWith("POST /v1/tokens/introspect "))
        .count();
  }

  private boolean respond(ScriptedServer.Received request, Socket out)
      throws IOException, InterruptedException {
    String body =
        request.head().startsWith("GET /.well-known/jwks.json ")
            ? new String(tokens.publishedKeys().current().body(), US_ASCII)
            : "{\"active\":" + sessionStands.get() + "}";
    return Behaviour.responding("200 OK", body).respond(request, out);
  }

  private TokenVerifier verifier(Optional<SessionStates> sessions) {
    return new TokenVerifier(
        service, ISSUER, "gatehouse", sessions, InstantSource.system(), nanos::get);
  }

  private String token() {
    return tokens.accessTokens().issue(user, new SessionId(Sample.id())).token();
  }

  private static Tokens issuer() {
    var random = new SecureRandom();
    return Tokens.open(
        TokenSettings.of(ISSUER),
        SecretKeys.parse(SecretKeys.generate(random), random),
        new InMemoryServerKeys(InstantSource.system()),
        InstantSource.system(),
        () -> true,
        new TimeOrderedIds(InstantSource.system(), random),
        random,
        AuditLog.NONE,
        new PeriodicTasks(PeriodicTaskListener.NONE));
  }
}
