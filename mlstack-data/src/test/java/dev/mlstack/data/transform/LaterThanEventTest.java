package dev.mlstack.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaterThanEventTest {

  private static Table table(Field paid, Object value) {
    Schema schema = Schema.of(Field.of("at", FieldType.INSTANT).withRole(Role.EVENT_TIME), paid);
    MemoryTable.Builder table = MemoryTable.builder(schema);
    Instant event = Instant.parse("2024-03-01T12:00:00Z");
    table.add(7, event, paid.type() instanceof FieldType.Date ? LocalDate.EPOCH : Instant.EPOCH);
    table.add(8, event, value);
    return table.build();
  }

  private static final Field PAID = Field.of("paid", FieldType.INSTANT);
  private static final Field DAY = Field.of("paid", FieldType.DATE);
  private static final Instant LATER = Instant.parse("2024-03-01T12:00:00.000001Z");

  @Test
  void featureAfterItsEvent_isRefusedByName() {
    assertThatThrownBy(() -> Fitting.fit(Features.temporal().standardize(), table(PAID, LATER)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 8: the feature 'paid' is later than the event 'at'");
    assertThatThrownBy(
            () ->
                Fitting.fit(
                    Features.temporal().impute(Impute.MEDIAN),
                    table(DAY, LocalDate.of(2024, 3, 2))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'paid'");
  }

  @Test
  void featureBeforeItsEvent_andPlannedOnes_areTaken() {
    Features plan = Features.temporal().standardize();
    assertThat(Fitting.fit(plan, table(DAY, LocalDate.of(2024, 3, 1))).layout().width())
        .isEqualTo(1);
    Field planned = PAID.withTags(Set.of(LaterThanEvent.PLANNED));
    assertThat(Fitting.fit(plan, table(planned, LATER)).layout().width()).isEqualTo(1);
  }
}
