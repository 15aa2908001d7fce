package dev.gatehouse.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.net.Fault;
import dev.gatehouse.testkit.net.FaultProxy;
import dev.gatehouse.testkit.net.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadyInstancesTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final List<List<Instance>> told = new CopyOnWriteArrayList<>();
  private ScriptedServer one;
  private ScriptedServer other;
  private FaultProxy way;
  private Instance first;
  private Instance second;
  private FixedInstances known;
  private ReadyInstances ready;

  @BeforeEach
  void start() throws Exception {
    one = new ScriptedServer();
    other = new ScriptedServer();
    way = FaultProxy.to(one.port(), 1);
    first = Instance.at("127.0.0.1", way.port());
    second = Instance.at("127.0.0.1", other.port());
    known = new FixedInstances(List.of(first, second));
    ready = ReadyInstances.of(known.watch(""), Duration.ofMillis(50), Duration.ofMillis(500));
    ready.subscribe(told::add);
  }

  @AfterEach
  void stop() throws Exception {
    ready.close();
    known.close();
    way.close();
    one.close();
    other.close();
  }

  @Test
  void servesThoseNotAskedYet() {
    assertThat(told.getFirst()).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void leavesOutOneThatSaysNoUntilItSaysYes() {
    one.ready(false);
    awaitServed(second);
    one.ready(true);
    awaitServed(first, second);
  }

  @Test
  void leavesOutOneThatIsDeadUntilItIsBack() throws Exception {
    other.die();
    awaitServed(first);
    other.listen();
    awaitServed(first, second);
  }

  @Test
  void leavesOutOneThatHangsUntilItGoesOn() {
    await().atMost(TIMEOUT).until(() -> way.connections() > 0);
    way.set(new Fault.Hang());
    awaitServed(second);
    way.heal();
    awaitServed(first, second);
  }

  @Test
  void servesAllWhenNobodyIsReady() {
    await().atMost(TIMEOUT).until(ready::anyReady);
    one.ready(false);
    other.ready(false);
    await().atMost(TIMEOUT).until(() -> !ready.anyReady());

    awaitServed(first, second);
    other.ready(true);
    awaitServed(second);
  }

  @Test
  void followsTheListAtOnce() {
    Instance third = Instance.at("127.0.0.1", one.port());
    known.register(new ServiceRegistration("", third, URI.create("http://a/ready"), () -> true));

    assertThat(ready.current()).contains(third);
  }

  @Test
  void goesOnAskingTheOthersWhenAQuestionCannotBePut() {
    ReadinessProbe http = ReadinessProbe.overHttp(Duration.ofSeconds(5));
    ReadinessProbe picky =
        instance -> {
          if (instance.equals(first)) {
            throw new IllegalArgumentException("thrown on purpose by a test");
          }
          return http.ask(instance);
        };
    ready.close();
    ready = ReadyInstances.of(known.watch(""), Duration.ofMillis(50), Duration.ofSeconds(5), picky);
    awaitServed(second);
    assertThat(ready.anyReady()).isTrue();

    other.ready(false);
    await().atMost(TIMEOUT).until(() -> !ready.anyReady());
    other.ready(true);
    await().atMost(TIMEOUT).until(ready::anyReady);
    http.close();
  }

  private void awaitServed(Instance... instances) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(ready.current()).containsExactlyInAnyOrder(instances));
  }
}
