package dev.gatehouse.app.command;

import dev.gatehouse.app.wiring.Launcher.Addresses;
import dev.gatehouse.app.wiring.Launcher.EdgeAddresses;

/// What a person sees when an instance has started. Left out when the log is JSON, so that standard
/// output then carries nothing else.
final class Banner {
  private Banner() {}

  static String of(Addresses addresses) {
    return """

        Gatehouse is ready.
          API         %1$s
          Docs        %1$s/docs
          Management  %2$s   /health /ready
          Data        %3$s

        Try it:
          curl -s %1$s/v1/users -H 'Content-Type: application/json' \\
            -d '{"email":"ada@example.com","password":"correct horse battery"}'
          TOKEN=$(curl -s %1$s/v1/sessions -H 'Content-Type: application/json' \\
            -d '{"email":"ada@example.com","password":"correct horse battery"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
          curl -s %1$s/v1/users/me -H "Authorization: Bearer $TOKEN"

        Ctrl-C stops it.

        """
        .formatted(addresses.api(), addresses.management(), addresses.data());
  }

  static String of(EdgeAddresses addresses) {
    return """

        The gateway is ready.
          Gateway     %s
          Management  %s   /health /ready
          Instances   %s

        Ctrl-C stops it.

        """
        .formatted(addresses.gateway(), addresses.management(), addresses.instances());
  }
}
