@NullMarked
package dev.mlstack.model;

import org.jspecify.annotations.NullMarked;
