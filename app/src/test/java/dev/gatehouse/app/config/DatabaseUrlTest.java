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
            "pw"));
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
        "db/gh"
      })
  void refusesWhatIsNoAddressOfPostgres(String written) {
    assertThatThrownBy(() -> DatabaseUrl.read(written)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void showsNoPassword() throws InvalidValue {
    DatabaseUrl url = DatabaseUrl.read("postgresql://me:hush@db/gh?sslpassword=hush2");

    assertThat(url.shown()).doesNotContain("hush").contains("db/gh");
    assertThat(url.toString()).doesNotContain("hush");
  }
}
