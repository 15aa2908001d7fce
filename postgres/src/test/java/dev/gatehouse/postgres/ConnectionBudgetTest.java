package dev.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ConnectionBudgetTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Test
  void saysNothingWhileThereIsEnough() {
    var budget = ConnectionBudget.of(DATABASE.get(), DATABASE.settings(), 1);

    assertThat(budget.allowed()).isBetween(50, 100);
    assertThat(budget.shortfall()).isEmpty();
  }

  @Test
  void saysInWordsWhatHelpsWhenAllInstancesMayWantMoreThanThereIs() {
    var budget = ConnectionBudget.of(DATABASE.get(), DATABASE.settings(), 20);

    assertThat(budget.shortfall().orElseThrow())
        .startsWith("20 instances may open 280 connections (14 each), PostgreSQL has ")
        .contains("raise max_connections")
        .endsWith("lower GATEHOUSE_DATABASE_MAX_OPEN to at most 1");
  }

  @Test
  void namesThePoolThatFits() {
    assertThat(new ConnectionBudget(3, 14, 27).shortfall().orElseThrow()).endsWith("at most 5");
  }
}
