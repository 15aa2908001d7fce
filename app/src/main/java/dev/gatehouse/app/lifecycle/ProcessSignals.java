package dev.gatehouse.app.lifecycle;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/// Receives signals of the operating system through `sun.misc.Signal`, which JEP 260 keeps because
/// it has no successor. Called by reflection: the compiler's warning about it cannot be silenced.
final class ProcessSignals {
  private ProcessSignals() {}

  /// Handles a signal from now on, each time on its own thread.
  ///
  /// @param name without `SIG`
  /// @param receive takes the signal's number
  /// @throws ReflectiveOperationException when the runtime keeps this signal to itself
  static void handle(String name, IntConsumer receive) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object named = signal.getConstructor(String.class).newInstance(name);
    int number = (int) signal.getMethod("getNumber").invoke(named);
    Object receiver =
        Proxy.newProxyInstance(
            ProcessSignals.class.getClassLoader(),
            new Class<?>[] {handler},
            (_, method, _) -> {
              if (!method.getName().equals("handle")) {
                throw new UnsupportedOperationException(method.getName());
              }
              receive.accept(number);
              return null;
            });
    signal.getMethod("handle", signal, handler).invoke(null, named, receiver);
  }
}
