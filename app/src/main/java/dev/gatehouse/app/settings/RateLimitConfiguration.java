package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.config.InvalidValue;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingType;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.http.address.AddressRange;
import dev.gatehouse.http.address.TrustedProxies;
import dev.gatehouse.limits.Rate;
import dev.gatehouse.limits.RateLimitSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How much a client may ask for, and whom we believe when it says who that is.
public final class RateLimitConfiguration {
  private static final SettingType<Integer> TOKENS = SettingTypes.number(1, 1_000_000);
  private static final SettingType<Duration> PERIOD = Durations.between("100ms", "1d");
  private static final String RATE_FORM =
      "a rate such as 100/1s: a number from 1 to 1000000, and a period from 100ms to 1d";
  private static final String BLOCKS_FORM =
      "addresses and blocks such as 10.0.0.0/8, 2001:db8::/32, separated by commas";
  private static final int MAX_BLOCKS = 256;

  public static final Setting<Boolean> ENABLED =
      Setting.of("RATE_LIMIT", SettingTypes.onOff(), "on", "rate limits");
  public static final Setting<Rate> IP =
      Setting.of("RATE_LIMIT_IP", rate(), "100/1s", "requests from one address");
  public static final Setting<Rate> LOGIN_ACCOUNT =
      Setting.of(
          "RATE_LIMIT_LOGIN_ACCOUNT",
          rate(),
          "10/1m",
          "password attempts at one account; each address that has signed in to the account before has a separate limit");
  public static final Setting<Rate> LOGIN_IP =
      Setting.of("RATE_LIMIT_LOGIN_IP", rate(), "60/1m", "attempts to sign in from one address");
  public static final Setting<Rate> REGISTER_IP =
      Setting.of("RATE_LIMIT_REGISTER_IP", rate(), "20/1m", "registrations from one address");
  public static final Setting<List<AddressRange>> TRUSTED_PROXIES =
      Setting.optional(
          "TRUSTED_PROXIES",
          new SettingType<>(
              BLOCKS_FORM,
              RateLimitConfiguration::readBlocks,
              blocks ->
                  blocks.stream().map(AddressRange::toString).collect(Collectors.joining(","))),
          "none",
          "proxies whose `X-Forwarded-For` or, in its absence, `Forwarded` names the client; they must"
              + " drop or extend what clients send under these names");

  public static final Section SECTION =
      new Section(
          "Limits",
          List.of(ENABLED, IP, LOGIN_ACCOUNT, LOGIN_IP, REGISTER_IP, TRUSTED_PROXIES),
          List.of());

  private RateLimitConfiguration() {}

  /// What is allowed; empty when nothing is limited.
  public static Optional<RateLimitSettings> limits(Configuration configuration) {
    return configuration.get(ENABLED)
        ? Optional.of(
            new RateLimitSettings(
                configuration.get(IP),
                configuration.get(LOGIN_ACCOUNT),
                configuration.get(LOGIN_IP),
                configuration.get(REGISTER_IP)))
        : Optional.empty();
  }

  /// Which proxies are believed.
  public static TrustedProxies trustedProxies(Configuration configuration) {
    return configuration.find(TRUSTED_PROXIES).map(TrustedProxies::new).orElse(TrustedProxies.NONE);
  }

  private static SettingType<Rate> rate() {
    return SettingType.measure(
        RATE_FORM,
        RateLimitConfiguration::readRate,
        rate -> rate.tokens() + "/" + PERIOD.writer().apply(rate.period()));
  }

  private static Rate readRate(String text) throws InvalidValue {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new InvalidValue(RATE_FORM);
    }
    try {
      int tokens = TOKENS.reader().read(text.substring(0, slash));
      return new Rate(tokens, PERIOD.reader().read(text.substring(slash + 1)));
    } catch (InvalidValue part) {
      throw new InvalidValue(RATE_FORM);
    }
  }

  private static List<AddressRange> readBlocks(String text) throws InvalidValue {
    var blocks = new ArrayList<AddressRange>();
    for (String written : text.split(",", MAX_BLOCKS + 1)) {
      Optional<AddressRange> block = AddressRange.parse(written.strip());
      blocks.add(block.orElseThrow(() -> new InvalidValue(BLOCKS_FORM)));
    }
    return List.copyOf(blocks);
  }
}
