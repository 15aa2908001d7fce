package dev.gatehouse.app.system.budget;

import dev.gatehouse.app.Main;
import java.lang.management.ManagementFactory;
import java.security.Security;
import javax.management.JMException;
import javax.management.ObjectName;

/// The program, with each signature that it makes or checks counted.
public final class CountedMain {
  /// The name of the counts among the management beans.
  static final String COUNTS = "dev.gatehouse:type=Signatures";

  private CountedMain() {}

  /// Runs one command.
  public static void main(String[] arguments) throws JMException {
    var signatures = new CountedSignatures.Counts();
    Security.insertProviderAt(new CountedSignatures(signatures), 1);
    ManagementFactory.getPlatformMBeanServer().registerMBean(signatures, new ObjectName(COUNTS));
    Main.main(arguments);
  }
}
