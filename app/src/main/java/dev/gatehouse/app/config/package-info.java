/// What can be set, where it is read from, and what is wrong with it. Each part declares its
/// settings once, in a [Section]; reading, checking, `gatehouse config` and the table in
/// `docs/configuration.md` all follow from the declarations.
@NullMarked
package dev.gatehouse.app.config;

import org.jspecify.annotations.NullMarked;
