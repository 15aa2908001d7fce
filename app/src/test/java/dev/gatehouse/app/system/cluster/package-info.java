/// Many instances behind a gateway, as real processes that are killed, stopped, hung and slowed
/// down.
@NullMarked
package dev.gatehouse.app.system.cluster;

import org.jspecify.annotations.NullMarked;
