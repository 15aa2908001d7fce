package dev.gatehouse.testkit.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/// Resolves one name with an underscore, as container networks have them, to the loopback
/// interface, and all others as usual. A module whose tests call it names this class in
/// `META-INF/services`.
public final class UnderscoreNames extends InetAddressResolverProvider {
  /// The name.
  public static final String NAME = "a_service.test";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return host.equals(NAME)
            ? Stream.of(InetAddress.getByAddress(host, LOOPBACK))
            : usual.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return usual.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "names with underscores";
  }
}
