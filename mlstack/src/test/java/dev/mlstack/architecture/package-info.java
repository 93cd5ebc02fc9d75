/** The rules of the house, as tests: who may know whom, and what nobody does. */
@NullMarked
package dev.mlstack.architecture;

import org.jspecify.annotations.NullMarked;
