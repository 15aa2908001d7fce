package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.user.TestService;
import dev.gatehouse.api.walk.ApiWalk;
import dev.gatehouse.http.Route;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Server and `openapi.yaml` say the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptionTest {
  /// The interface, and the home page, which `DocsResource` serves.
  private static final Set<String> PARTS_OF_OTHERS = Set.of("Resource.class", "HomeResource.class");

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
    return service.described.stream().flatMap(resource -> resource.routes().stream());
  }

  /// A resource that the test service lacks would be served by the application alone, undescribed.
  @Test
  void knowsEveryResource() throws IOException, URISyntaxException {
    var classes = Path.of(Resource.class.getResource("Resource.class").toURI()).getParent();
    try (Stream<Path> files = Files.walk(classes)) {
      var written =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Resource.class"))
              .filter(name -> !PARTS_OF_OTHERS.contains(name))
              .collect(Collectors.toSet());
      var served =
          Stream.concat(service.described.stream(), service.pages.stream())
              .map(resource -> resource.getClass().getSimpleName() + ".class")
              .collect(Collectors.toSet());

      assertThat(served).isEqualTo(written);
    }
  }
}
