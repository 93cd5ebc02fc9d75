package dev.mlstack.samples;

import java.time.LocalDate;
import java.util.Optional;

/** An order as it should stand in {@code orders.csv}. */
record Order(
    long order,
    String customer,
    String state,
    String zip,
    LocalDate ordered,
    Optional<LocalDate> shipped,
    int quantity,
    double price) {}
