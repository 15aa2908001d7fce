/// What each operation may cost, in counts that do not depend on how busy the machine is.
@NullMarked
package dev.gatehouse.app.system.budget;

import org.jspecify.annotations.NullMarked;
