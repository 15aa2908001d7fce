package dev.gatehouse.accounts.audit;

/// Where a request came from, for session lists, limits and the audit log.
///
/// @param ip the client's address in text form
/// @param userAgent what the client said it is, at most 256 characters, possibly empty
/// @param requestId ties the log lines of one request together
public record Origin(String ip, String userAgent, String requestId) {
  /// An operator's command.
  public static final Origin COMMAND = new Origin("local", "gatehouse", "command");

  private static final int MAX_USER_AGENT = 256;

  public Origin {
    userAgent =
        userAgent.length() <= MAX_USER_AGENT ? userAgent : userAgent.substring(0, MAX_USER_AGENT);
  }
}
