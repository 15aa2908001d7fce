package dev.gatehouse.app.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Consul, where it is on this machine: on the path, or where `scripts/fetch-consul.sh` puts it.
record ConsulProgram(Path path) {
  /// @param searchPath the variable `PATH`
  /// @param home the folder of the product
  static Optional<ConsulProgram> find(String searchPath, Path home) {
    Stream<Path> onThePath =
        Arrays.stream(searchPath.split(File.pathSeparator))
            .filter(folder -> !folder.isBlank())
            .map(folder -> Path.of(folder, "consul"));
    return Stream.concat(onThePath, Stream.of(home.resolve(".cache/consul/consul")))
        .filter(Files::isExecutable)
        .findFirst()
        .map(ConsulProgram::new);
  }

  /// An agent by itself on this machine, which keeps what it knows in memory.
  List<String> command(int httpPort, DemoPorts ports) {
    return List.of(
        path.toString(),
        "agent",
        "-dev",
        "-bind=127.0.0.1",
        "-client=127.0.0.1",
        "-node=demo",
        "-http-port=" + httpPort,
        "-server-port=" + ports.preferring(8300),
        "-serf-lan-port=" + ports.preferring(8301),
        "-serf-wan-port=" + ports.preferring(8302),
        "-dns-port=-1",
        "-grpc-port=-1",
        "-log-level=warn",
        "-hcl=disable_update_check = true");
  }
}
