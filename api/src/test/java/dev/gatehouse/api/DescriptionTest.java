package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.user.TestService;
import dev.gatehouse.api.walk.ApiWalk;
import dev.gatehouse.http.Route;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Server and `openapi.yaml` say the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptionTest {
  private TestService service;
  private ApiWalk walk;

  @BeforeAll
  void start() {
    service = new TestService();
    walk = new ApiWalk(service.base(), service, service.faults);
  }

  @AfterAll
  void stop() {
    walk.close();
    service.close();
  }

  @Test
  void describesExactlyWhatIsServed() {
    var served =
        described()
            .map(route -> route.method() + ' ' + route.template())
            .collect(Collectors.toSet());

    assertThat(walk.operations()).containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void namesEveryOperationAsDescribed() {
    var served =
        described()
            .map(route -> route.method() + ' ' + route.template() + ' ' + route.name())
            .collect(Collectors.toSet());

    assertThat(walk.names()).containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void keepsEveryPromiseOfTheDescription() {
    assertThat(walk.walk()).hasSizeGreaterThan(180);
  }

  private Stream<Route> described() {
    var pages = service.api.pages().stream().map(Route::template).toList();
    return service.api.routes().stream().filter(route -> !pages.contains(route.template()));
  }
}
