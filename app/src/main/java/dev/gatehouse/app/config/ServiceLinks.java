package dev.gatehouse.app.config;

import java.util.Map;
import java.util.regex.Pattern;

/// Kubernetes tells every container where each Service is, by variables made from the Service's
/// name (`GATEHOUSE_SERVICE_HOST`, `GATEHOUSE_PORT=tcp://10.0.0.7:8080`,
/// `GATEHOUSE_PORT_8080_TCP_ADDR`). A Service called `gatehouse` would make ours out of them, so
/// they are recognised and passed over.
final class ServiceLinks {
  private static final Pattern NAMES =
      Pattern.compile(
          "GATEHOUSE(_[A-Z0-9]+)*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
              + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)");
  private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private ServiceLinks() {}

  static boolean isLink(String name, String value, Map<String, String> environment) {
    if (!environment.containsKey("KUBERNETES_SERVICE_HOST")) {
      return false;
    }
    boolean address = name.endsWith("_PORT") && ADDRESS.matcher(value).matches();
    return address || NAMES.matcher(name).matches();
  }
}
