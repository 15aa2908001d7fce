package dev.gatehouse.postgres.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A statement with named parameters (`:name`), read once and then used for every call. Each
/// statement of a repository is a constant of this type, which is how the test of the plans finds
/// them all.
public final class Sql {
  /// A name after a single colon; `::type` is a cast.
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z_]+)");

  private final String text;
  private final List<String> names;

  private Sql(String text, List<String> names) {
    this.text = text;
    this.names = List.copyOf(names);
  }

  public static Sql of(String named) {
    var names = new ArrayList<String>();
    String text =
        PARAMETER
            .matcher(named)
            .replaceAll(
                parameter -> {
                  names.add(parameter.group(1));
                  return "?";
                });
    return new Sql(text, names);
  }

  /// The statement as the driver takes it.
  String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }

  /// A call of a statement that takes no values.
  public Call call() {
    return new Call(this);
  }

  /// Begins a call of the statement.
  public Call with(String name, Object value) {
    return new Call(this).and(name, value);
  }

  /// One use of a statement with its values. For one thread.
  public static final class Call {
    private final Sql sql;
    private final @Nullable Object[] values;

    private Call(Sql sql) {
      this.sql = sql;
      this.values = new Object[sql.names.size()];
    }

    /// Gives a parameter its value: at every place that has its name.
    public Call and(String name, Object value) {
      return set(name, value);
    }

    /// Gives a text parameter its value, NULL when empty.
    public Call and(String name, Optional<String> value) {
      return set(name, value.orElse(null));
    }

    String text() {
      return sql.text;
    }

    @Nullable Object[] values() {
      return values;
    }

    private Call set(String name, @Nullable Object value) {
      boolean known = false;
      for (int place = 0; place < values.length; place++) {
        if (sql.names.get(place).equals(name)) {
          values[place] = value;
          known = true;
        }
      }
      if (!known) {
        throw new IllegalArgumentException("no parameter :" + name + " in " + sql.text);
      }
      return this;
    }
  }
}
