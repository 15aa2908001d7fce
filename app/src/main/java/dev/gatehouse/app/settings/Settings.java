package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.Catalog;
import java.util.List;

/// All there is to set.
public final class Settings {
  public static final Catalog CATALOG =
      new Catalog(
          List.of(
              HttpConfiguration.SECTION,
              DatabaseConfiguration.SECTION,
              CacheConfiguration.SECTION,
              TokenConfiguration.SECTION,
              RegistrationConfiguration.SECTION,
              PasswordConfiguration.SECTION,
              RateLimitConfiguration.SECTION,
              ClusterConfiguration.SECTION,
              GatewayConfiguration.SECTION,
              LogConfiguration.SECTION,
              TracingConfiguration.SECTION));

  private Settings() {}
}
