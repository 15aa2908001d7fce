package dev.gatehouse.http;

import dev.gatehouse.errors.Refusal;
import org.jspecify.annotations.Nullable;

/// What a route asks of its caller. A caller without a valid identity is refused with 401, one
/// that the guard does not permit with 403. Immutable.
public interface Guard {
  /// Admits every caller without identifying it.
  Guard PUBLIC =
      new Guard() {
        @Override
        public boolean open() {
          return true;
        }

        @Override
        public boolean permits(Request request) {
          return true;
        }
      };

  /// Whether every caller is admitted; a token that is sent along is then ignored.
  boolean open();

  /// Whether the guard admits the caller of this request, whose principal is known.
  boolean permits(Request request);

  /// The authentication schemes to offer to a caller who is not identified.
  ///
  /// @return the value of `WWW-Authenticate`, null for the one that follows from the error code
  default @Nullable CharSequence challenge(Refusal refusal, Request request) {
    return null;
  }
}
