package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A proxy between a client and a server on this machine that simulates network faults. Random
/// choices come from a seed: the n-th connection makes the same choices in every run. Thread-safe.
public final class FaultProxy implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

  private volatile InetSocketAddress server;
  private final Listener listener;
  private final Random seeds;
  private final FaultSwitch fault = new FaultSwitch();
  private final Set<ProxiedConnection> carriages = ConcurrentHashMap.newKeySet();
  private final AtomicLong carried = new AtomicLong();

  private FaultProxy(int serverPort, long seed) {
    server = loopback(serverPort);
    seeds = new Random(seed);
    listener = Listener.on(FreePorts.next(), this::carry);
  }

  /// Starts a proxy for a server on a loopback port.
  public static FaultProxy to(int serverPort, long seed) {
    return new FaultProxy(serverPort, seed);
  }

  /// The port of the proxy.
  public int port() {
    return listener.port();
  }

  /// Sets the fault of all connections.
  public void set(Fault next) {
    fault.set(next);
    if (next instanceof Fault.Cut) {
      carriages.forEach(ProxiedConnection::reset);
    }
  }

  /// Ends the fault.
  public void heal() {
    set(new Fault.None());
  }

  /// Switches to another server on a loopback port; existing connections are reset.
  public void leadTo(int serverPort) {
    server = loopback(serverPort);
    carriages.forEach(ProxiedConnection::reset);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// The number of connections.
  public int connections() {
    return carriages.size();
  }

  /// The number of forwarded bytes of both directions.
  public long carriedBytes() {
    return carried.get();
  }

  @Override
  public void close() {
    listener.close();
    carriages.forEach(ProxiedConnection::reset);
  }

  private void carry(Socket client) {
    var random = new Random(seeds.nextLong());
    var upstream = new Socket();
    var carriage = new ProxiedConnection(client, upstream, fault, random, carried::addAndGet);
    carriages.add(carriage);
    Thread.ofVirtual()
        .name("fault-proxy-connection")
        .start(
            () -> {
              try {
                if (!(fault.get() instanceof Fault.Cut)) {
                  upstream.connect(server, CONNECT_TIMEOUT_MILLIS);
                  carriage.run();
                }
              } catch (IOException refused) {
                // The reset below informs the client.
              } finally {
                carriage.reset();
                carriages.remove(carriage);
              }
            });
  }
}
