package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.http.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessRuleTest {
  @Test
  void startsNoServerWithARouteThatDoesNotSayWhoMayCall() {
    List<Route> routes =
        List.of(
            Route.get("/x", _ -> Response.noContent()).access(Guard.PUBLIC),
            Route.post("/x", _ -> Response.noContent()));

    try (EventLoops loops = EventLoops.open(1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> HttpServer.builder(TestServer.settings()).routes(routes).start(loops))
          .withMessage("no access rule for POST /x");
    }
  }
}
