/// The declarations: one class per part of the program, each naming its settings, their defaults
/// and the rules between them.
@NullMarked
package dev.gatehouse.app.settings;

import org.jspecify.annotations.NullMarked;
