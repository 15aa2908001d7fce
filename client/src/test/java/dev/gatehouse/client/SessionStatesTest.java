package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.client.SessionStates.InDoubt;
import dev.gatehouse.discovery.FixedInstances;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import dev.gatehouse.testkit.accounts.Sample;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How often the service is asked about sessions, and who waits for it.
class SessionStatesTest {
  private static final Duration KEPT = Duration.ofSeconds(2);

  private final AtomicLong nanos = new AtomicLong();
  private final SessionId session = new SessionId(Sample.id());
  private ScriptedServer server;
  private ServiceClient service;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer().behaving(Behaviour.responding("200 OK", "{\"active\":true}"));
    service =
        ServiceClient.of(
            new FixedInstances(List.of(Instance.at("127.0.0.1", server.port()))).watch(""),
            UpstreamClusterSettings.of(Policy.ROUND_ROBIN),
            Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    server.close();
  }

  @Test
  void asksOnceForAllWhoWantToKnowAtATime() throws Exception {
    var allWait = new CountDownLatch(1);
    server.behaving(
        (request, out) -> {
          allWait.await();
          return Behaviour.responding("200 OK", "{\"active\":true}").respond(request, out);
        });
    SessionStates states = states(InDoubt.REFUSE);
    List<CompletableFuture<Boolean>> responses =
        Stream.generate(() -> new CompletableFuture<Boolean>()).limit(20).toList();
    List<Thread> callers =
        responses.stream()
            .map(response -> Thread.startVirtualThread(() -> ask(states, response)))
            .toList();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                callers.stream().allMatch(SessionStatesTest::waits)
                    && !server.received().isEmpty());
    allWait.countDown();

    for (CompletableFuture<Boolean> response : responses) {
      assertThat(response.get(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void asksAgainOnceTheResponseIsOldAndForAnotherSession() throws Exception {
    SessionStates states = states(InDoubt.REFUSE);
    assertThat(states.stands(session, "token")).isTrue();
    nanos.addAndGet(KEPT.toNanos() - 1);
    assertThat(states.stands(session, "token")).isTrue();
    assertThat(server.received()).hasSize(1);

    // The cache may count from as late as the step before.
    nanos.addAndGet(KEPT.toNanos());
    assertThat(states.stands(session, "token")).isTrue();
    assertThat(states.stands(new SessionId(Sample.id()), "token")).isTrue();
    assertThat(server.received()).hasSize(3);
  }

  @Test
  void waitsForAServiceThatHangsOnceASecondAndNotForEachToken() throws Exception {
    server.behaving(Behaviour.hanging());
    var trusting =
        new SessionStates(
            service, "ghk_test", KEPT, InDoubt.ACCEPT, Duration.ofSeconds(2), nanos::get);
    assertThat(trusting.stands(session, "token")).isTrue();
    int asked = server.received().size();

    for (int i = 0; i < 5; i++) {
      assertThat(trusting.stands(session, "token")).isTrue();
    }
    assertThat(server.received()).hasSize(asked);

    server.behaving(Behaviour.responding("200 OK", "{\"active\":false}"));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(trusting.stands(session, "token")).isFalse();
  }

  @Test
  void refusesForASecondWithoutAskingAgainWhereDoubtCountsAgainstASession() throws Exception {
    server.behaving(Behaviour.responding("500 Internal Server Error", ""));
    SessionStates strict = states(InDoubt.REFUSE);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> strict.stands(session, "token")).isInstanceOf(IOException.class);
    }
    assertThat(server.received()).hasSize(1);

    server.behaving(Behaviour.responding("200 OK", "{\"active\":true}"));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(strict.stands(session, "token")).isTrue();
  }

  private void ask(SessionStates states, CompletableFuture<Boolean> response) {
    try {
      response.complete(states.stands(session, "token"));
    } catch (IOException | InterruptedException failure) {
      response.completeExceptionally(failure);
    }
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private SessionStates states(InDoubt inDoubt) {
    return new SessionStates(service, "ghk_test", KEPT, inDoubt, Duration.ofMinutes(1), nanos::get);
  }
}
