package dev.gatehouse.api;

import dev.gatehouse.api.user.TestService;
import dev.gatehouse.api.walk.Accounts;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import dev.gatehouse.api.walk.Calls;
import dev.gatehouse.api.walk.Description;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// A service for the tests of one class. Whatever they call, the response has to be one that the
/// description promises.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RunningService {
  /// A busy build machine may need seconds for what takes milliseconds.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  public TestService service;
  public Accounts accounts;

  private Calls calls;
  private Description description;

  @BeforeAll
  void start() {
    service = new TestService(0, Optional.empty(), PATIENCE);
    calls = new Calls(service.base());
    description = Description.fetch(calls);
    accounts = new Accounts(calls, service);
  }

  @AfterAll
  void stop() {
    calls.close();
    service.close();
  }

  public CallResponse send(Call call) {
    CallResponse response = calls.send(call);
    if (!isPage(call)) {
      description.check(response);
    }
    return response;
  }

  /// Pages are no part of the API, and not described.
  private boolean isPage(Call call) {
    return service.pages.stream()
        .flatMap(resource -> resource.routes().stream())
        .anyMatch(page -> call.operation().equals("GET " + page.template()));
  }
}
