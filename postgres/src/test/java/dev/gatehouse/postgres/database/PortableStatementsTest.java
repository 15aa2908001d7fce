package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements of requests change one table each, in a form that a sharded PostgreSQL takes too.
class PortableStatementsTest {
  private static final Pattern UNPORTABLE =
      Pattern.compile(
          """
          (?isx)
            \\bclock_timestamp\\b | \\bctid\\b
            # a slice of an array in a SET
            | \\bSET\\b (?: (?! \\bWHERE\\b ) . )* \\[ [^\\]:]* : [^\\]]* \\]
            # a change that joins another table
            | \\bUPDATE\\s+\\w+ (?: \\s+(?!SET\\b)\\w+ )? \\s+SET\\b
              (?: (?! \\bWHERE\\b | \\bRETURNING\\b | \\( ) . | \\( (?: [^()] | \\( [^()]* \\) )* \\) )*
              \\bFROM\\b
            | \\bDELETE\\s+FROM\\b (?: (?! \\bWHERE\\b ) . )* \\bUSING\\b
          """);

  static List<Sql> statements()
      throws IOException, URISyntaxException, ReflectiveOperationException {
    return PlansTest.statements();
  }

  @ParameterizedTest
  @MethodSource("statements")
  void aStatementOfARequestIsPortable(Sql statement) {
    assertThat(UNPORTABLE.matcher(statement.text()).find()).as(statement.text()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE sessions SET last_used_at = clock_timestamp() WHERE id = ?",
        "DELETE FROM sessions WHERE ctid = ?",
        "UPDATE sessions SET rotations = array_prepend(now(), rotations[1:15]) WHERE id = ?",
        "UPDATE sessions s SET generation = 1 FROM users u WHERE u.id = s.user_id",
        "DELETE FROM sessions USING users u WHERE u.id = user_id",
      })
  void itIsSeenWhenOneIsNot(String statement) {
    assertThat(UNPORTABLE.matcher(statement).find()).isTrue();
  }

  @Test
  void itIsSeenWhenOneIs() {
    assertThat(
            UNPORTABLE
                .matcher(
                    """
                    WITH s AS (
                      UPDATE sessions SET end = least(now(), CAST(extract(epoch FROM end) AS int))
                      WHERE id = ? AND rotations[1:2] <> '{}'
                      RETURNING id
                    )
                    SELECT id FROM s JOIN users u ON u.id = s.id
                    """)
                .find())
        .isFalse();
  }
}
