package dev.gatehouse.app.command.operator;

import picocli.CommandLine.Option;

/// The option by which a role's name is taken as it is.
public final class CustomRole {
  @Option(
      names = "--custom",
      description = "accept the name of the role even if it resembles admin")
  private boolean custom;

  public boolean meant() {
    return custom;
  }
}
