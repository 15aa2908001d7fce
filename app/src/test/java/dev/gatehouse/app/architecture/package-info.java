/// The rules between the modules, each seen to fail on the classes of `violating`.
@NullMarked
package dev.gatehouse.app.architecture;

import org.jspecify.annotations.NullMarked;
