package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  record Row(String written, String jdbc, String user, String password) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("postgresql://db/gh", "jdbc:postgresql://db/gh", "", ""),
        new Row("postgres://db:5433/gh", "jdbc:postgresql://db:5433/gh", "", ""),
        new Row("jdbc:postgresql://db/gh", "jdbc:postgresql://db/gh", "", ""),
        new Row("postgresql://me@db/gh", "jdbc:postgresql://db/gh", "me", ""),
        new Row("postgresql://me:pw@db/gh", "jdbc:postgresql://db/gh", "me", "pw"),
        new Row("postgresql://me:p%40%3A+w@db/gh", "jdbc:postgresql://db/gh", "me", "p@:+w"),
        new Row(
            "postgresql://a:1,b:2/gh?ssl=true", "jdbc:postgresql://a:1,b:2/gh?ssl=true", "", ""),
        new Row("postgresql://[::1]:5/gh", "jdbc:postgresql://[::1]:5/gh", "", ""),
        new Row(
            "jdbc:postgresql://db/gh?user=me&password=pw&ssl=true",
            "jdbc:postgresql://db/gh?ssl=true",
            "me",
            "pw"),
        new Row("postgresql://my_db_1:5/gh", "jdbc:postgresql://my_db_1:5/gh", "", ""),
        option("sslmode=require", "sslmode=require"),
        option("channel_binding=require", "channelBinding=require&sslmode=require"),
        option(
            "sslmode=verify-full&channel_binding=prefer",
            "sslmode=verify-full&channelBinding=prefer"),
        option("target_session_attrs=read-write", "targetServerType=primary"),
        option("target_session_attrs=read-only", "targetServerType=secondary"),
        option("target_session_attrs=prefer-standby", "targetServerType=preferSecondary"),
        option("application_name=a+b%20c", "ApplicationName=a%2Bb+c"),
        option("connect_timeout=3", "connectTimeout=3"),
        option("options=-c%20search_path%3Dgh", "options=-c+search_path%3Dgh"),
        option("gssencmode=disable", "gssEncMode=disable"),
        option("require_auth=scram-sha-256,md5", "requireAuth=scram-sha-256,md5"),
        option("load_balance_hosts=random", "loadBalanceHosts=true"),
        option("client_encoding=utf8&sslcompression=0", ""),
        option("sslmode=require&sslrootcert=/ca.pem", "sslmode=verify-ca&sslrootcert=/ca.pem"),
        option(
            "sslrootcert=system",
            "sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"));
  }

  private static Row option(String written, String driver) {
    String end = driver.isEmpty() ? "" : "?" + driver;
    return new Row("postgresql://db/gh?" + written, "jdbc:postgresql://db/gh" + end, "", "");
  }

  record Fault(String options, String words) {}

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("sslmod=verify-full", "sslmod is not, did you mean sslmode?"),
        new Fault("SSLMODE=verify-full", "libpq"),
        new Fault("channelbinding=require", "did you mean channel"),
        new Fault("targetServertype=primary", "did you mean targetServerType?"),
        new Fault("completely_else=1", "libpq"),
        new Fault("sslmode=verify-ful", "sslmode is one of"),
        new Fault("target_session_attrs=readonly", "read-only"),
        new Fault("channel_binding=yes", "channel_binding is one of"),
        new Fault("channel_binding=require&sslmode=disable", "contradict"),
        new Fault("ssl=true&sslmode=prefer", "contradict"),
        new Fault("sslmode=require&sslmode=disable", "given once"),
        new Fault("targetServerType=primary&target_session_attrs=any", "given once"),
        new Fault("sslrootcert=/ca.pem", "sslmode=verify-full"),
        new Fault("sslrootcert=/ca.pem&sslmode=prefer", "sslmode=verify-full"),
        new Fault("sslcert=/c.pem&sslkey=/k.pem", "sslmode=verify-full"),
        new Fault("sslrootcert=system&sslmode=require", "sslmode=verify-full"),
        new Fault("sslnegotiation=direct", "sslmode=verify-full"),
        new Fault("hostaddr=10.0.0.1", "in the place of the host"),
        new Fault("host=/var/run/postgresql", "in front of the options"),
        new Fault("service=gatehouse", "settings of their own"),
        new Fault("client_encoding=latin1", "UTF8"),
        new Fault("ssl_min_protocol_version=TLSv1.3", "TLS 1.2"),
        new Fault("sslcrl=/crl.pem", "nothing like it"),
        new Fault("connect_timeout=soon", "number of seconds"),
        new Fault("socketTimeout=5", "STATEMENT_TIMEOUT"),
        new Fault("sslmode", "sslmode is one of"),
        new Fault("", "libpq"),
        new Fault("options=%zz", "%25"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void refusesInWordsAnOptionThatWouldHaveNoEffect(Fault fault) {
    for (String scheme : new String[] {"postgresql", "postgres", "jdbc:postgresql"}) {
      String written =
          scheme + "://db/gh?" + fault.options() + (fault.options().isEmpty() ? "&" : "");
      assertThatThrownBy(() -> DatabaseUrl.read(written))
          .isInstanceOf(InvalidValue.class)
          .hasMessageContaining(fault.words());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void readsAddressAndLogin(Row row) throws InvalidValue {
    DatabaseUrl url = DatabaseUrl.read(row.written());

    assertThat(url.jdbc()).isEqualTo(row.jdbc());
    assertThat(url.user().orElse("")).isEqualTo(row.user());
    assertThat(url.password().orElse("")).isEqualTo(row.password());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://db/gh",
        "postgresql://",
        "postgresql://db",
        "postgresql:///gh",
        "postgresql://a b/gh",
        "postgresql://me:a/b@db/gh",
        "postgresql://me:1/b@db/gh",
        "postgresql://me:1?b@db/gh",
        "postgresql://me:%zz@db/gh",
        "postgresql://db:0/gh",
        "postgresql://db:70000/gh",
        "postgresql://db/a/b",
        "host=db user=me password=pw",
        "db/gh"
      })
  void refusesWhatIsNoAddressOfPostgres(String written) {
    assertThatThrownBy(() -> DatabaseUrl.read(written)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void showsNoPassword() throws InvalidValue {
    DatabaseUrl url =
        DatabaseUrl.read(
            "postgresql://me:hush@db/gh?sslmode=require&sslpassword=hush2&options=hush3");

    assertThat(url.shown()).doesNotContain("hush").contains("db/gh", "sslmode=require");
    assertThat(url.toString()).doesNotContain("hush");
  }
}
