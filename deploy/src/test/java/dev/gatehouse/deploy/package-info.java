/// Holds the manifests to what they promise.
@NullMarked
package dev.gatehouse.deploy;

import org.jspecify.annotations.NullMarked;
