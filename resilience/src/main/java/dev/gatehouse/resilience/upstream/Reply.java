package dev.gatehouse.resilience.upstream;

/// What a response's status says about the instance that gave it.
public enum Reply {
  /// It did its part.
  GOOD,
  /// Its own error: 500 and above, save 503 and 504.
  ERROR,
  /// It cannot take the request now: 503.
  BUSY,
  /// It takes no more requests at all: 503, and it closes the connection.
  LEAVING,
  /// It ran out of time: 504.
  LATE;

  /// What `Connection` says, in whatever case, when the connection is closed behind the response.
  public static final String CLOSE = "close";

  private static final int FIRST_ERROR = 500;

  /// That of a response.
  ///
  /// @param closing whether its header field `Connection` says [#CLOSE]
  public static Reply of(int status, boolean closing) {
    return switch (status) {
      case 503 -> closing ? LEAVING : BUSY;
      case 504 -> LATE;
      default -> status >= FIRST_ERROR ? ERROR : GOOD;
    };
  }
}
