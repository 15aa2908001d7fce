/// Tests of the manifests and the alert rules.
@NullMarked
package dev.gatehouse.deploy;

import org.jspecify.annotations.NullMarked;
