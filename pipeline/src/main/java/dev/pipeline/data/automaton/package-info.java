/**
 * Regular expressions as automata that are worked out while they run: time linear in the text, as
 * RE2's, and a table look-up for each character once a state is known
 * (docs/adr/0019-automata-of-our-own.md).
 */
@NullMarked
package dev.pipeline.data.automaton;

import org.jspecify.annotations.NullMarked;
