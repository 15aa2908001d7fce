package dev.gatehouse.app.system.cluster;

import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// HAProxy in the gateway's place: one thread on one core, kept connections, the same checks of
/// readiness, forwarded address and request id.
record HaProxy(Process process, int port) implements AutoCloseable {
  static HaProxy inFrontOf(List<Node> instances, int core, Path folder) throws IOException {
    int port = FreePorts.next();
    var config = new StringBuilder();
    config.append(
        """
        global
          nbthread 1
          maxconn 4096
        defaults
          mode http
          timeout connect 500ms
          timeout client 60s
          timeout server 10s
          timeout http-request 5s
          option http-keep-alive
          http-reuse always
          retries 2
          option redispatch
        frontend edge
          bind 127.0.0.1:%d
          option forwardfor
          unique-id-format %%{+X}o%%ci%%cp%%Ts%%rt
          unique-id-header X-Request-Id
          default_backend instances
        backend instances
          balance roundrobin
          option httpchk GET /ready
        """
            .formatted(port));
    for (int number = 0; number < instances.size(); number++) {
      config.append(
          "  server i%d %s check inter 250ms%n".formatted(number, instances.get(number).address()));
    }
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), config);
    Process process =
        new ProcessBuilder(
                "taskset", "-c", Integer.toString(core), "haproxy", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.log").toFile())
            .start();
    return new HaProxy(process, port);
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
