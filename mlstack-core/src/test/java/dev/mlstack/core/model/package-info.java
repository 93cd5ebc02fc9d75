@NullMarked
package dev.mlstack.core.model;

import org.jspecify.annotations.NullMarked;
