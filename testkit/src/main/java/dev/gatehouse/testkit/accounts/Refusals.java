package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.GatehouseException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Assertions on refusals.
public final class Refusals {
  private Refusals() {}

  /// Asserts that a call is refused with this code.
  public static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(InstanceOfAssertFactories.throwable(GatehouseException.class))
        .extracting(GatehouseException::code)
        .isEqualTo(code);
  }
}
