package dev.mlstack.benchmarks;

import java.util.OptionalDouble;

/** An application for a loan: sixteen numbers, four of which may be missing, and four texts. */
record Loan(
    double amount,
    double months,
    double rate,
    double income,
    double debt,
    double age,
    double rooms,
    double accounts,
    double cards,
    double inquiries,
    double defaults,
    double balance,
    OptionalDouble savings,
    OptionalDouble rent,
    OptionalDouble children,
    OptionalDouble yearsEmployed,
    String purpose,
    String region,
    String channel,
    String employment) {}
