package dev.gatehouse.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FixedInstancesTest extends DiscoveryContract {
  private final FixedInstances instances = new FixedInstances(List.of());

  @Override
  Discovery discovery() {
    return instances;
  }

  @Override
  ServiceRegistry registry() {
    return instances;
  }

  @Override
  String service() {
    return "any";
  }

  @Test
  void readsItsListFromASetting() {
    FixedInstances given = FixedInstances.parse("a:1, [::1]:2,b:3");

    assertThat(given.watch("any").current())
        .containsExactlyInAnyOrder(Instance.at("a", 1), Instance.at("::1", 2), Instance.at("b", 3));
  }

  @Test
  void refusesAListThatIsNone() {
    for (String wrong : new String[] {"", "a:1,", "a:1,a:1", "a"}) {
      assertThatThrownBy(() -> FixedInstances.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
