package dev.mlstack.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a record component what its name and type cannot say themselves.
 *
 * <pre>{@code
 * record Visit(
 *     @Column(role = Role.KEY) long id,
 *     @Column(name = "Patient name", tags = "pii", role = Role.NOTE) String patient,
 *     @Column(shape = {1, 8, 8}) float[] image) {}
 * }</pre>
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Column {

  /**
   * The name of the column. By default the words of the component in lower case, joined by
   * underscores: {@code meanRadius} is the column {@code mean_radius}, {@code patientID} is {@code
   * patient_id}.
   */
  String name() default "";

  /** What the column is for. */
  Role role() default Role.FEATURE;

  /** Marks that applications give a meaning to, such as {@code pii}. */
  String[] tags() default {};

  /** The shape of a component of type {@code float[]}, which must have one. */
  int[] shape() default {};
}
