package dev.mlstack.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellTextTest {

  @Test
  void ofRow_showsEveryTypeAsAFileWould() {
    Schema schema =
        Schema.of(
            Field.of("a", FieldType.BOOL),
            Field.of("b", FieldType.INT64),
            Field.of("c", FieldType.FLOAT64),
            Field.of("d", FieldType.TEXT),
            Field.of("e", FieldType.category(List.of("x", "y"))),
            Field.of("f", FieldType.DATE),
            Field.of("g", FieldType.INSTANT),
            Field.of("h", FieldType.LOCAL_DATE_TIME),
            Field.of("i", FieldType.tensor(2)));
    MemoryTable table =
        MemoryTable.builder(schema)
            .add(
                1,
                true,
                -7,
                0.1,
                "say \"no\", then\nleave",
                "y",
                LocalDate.of(2024, 2, 29),
                Instant.parse("2024-01-02T03:04:05.000006Z"),
                LocalDateTime.parse("2024-01-02T03:04:05"),
                new float[] {1, -2.5f})
            .add(2, null, null, null, null, null, null, null, null, null)
            .add(3, false, 0, Double.NaN, "", "x", null, null, null, null)
            .add(4, null, null, Double.NEGATIVE_INFINITY, "plain", null, null, null, null, null)
            .build();
    assertThat(CellText.ofRow(table, 0))
        .isEqualTo(
            "true,-7,0.1,\"say \"\"no\"\", then\nleave\",y,2024-02-29,"
                + "2024-01-02T03:04:05.000006Z,2024-01-02T03:04:05,1.0 -2.5");
    assertThat(CellText.ofRow(table, 1)).isEqualTo(",,,,,,,,");
    assertThat(CellText.ofRow(table, 2)).isEqualTo("false,0,NaN,,x,,,,");
    assertThat(CellText.ofRow(table, 3)).isEqualTo(",,-inf,plain,,,,,");
  }
}
