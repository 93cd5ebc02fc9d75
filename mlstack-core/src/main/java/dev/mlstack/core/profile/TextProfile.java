package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a column of texts or categories looks like.
 *
 * <p>While there are at most {@link #MAX_VALUES} different texts, and always of categories, each is
 * counted exactly. With more, rows are counted by the hashes of their texts, in four rows of 128
 * buckets, and the frequent texts are found in a sample of 128 to 256 rows that is drawn by the
 * identities of the rows: {@link #frequent} gives each with an estimate and a bound.
 *
 * <p>Of a text of more than 80 bytes of UTF-8, only the beginning is kept, and its hash. Of a
 * column with the tag {@link #PRIVATE_TAG} no text is kept at all.
 *
 * <p>Immutable.
 */
public final class TextProfile implements ColumnProfile {

  /** The greatest number of different texts that are counted one by one: 512. */
  public static final int MAX_VALUES = TextTable.MAX;

  /** The tag of columns of which no text is kept: {@code pii}. */
  public static final String PRIVATE_TAG = "pii";

  /** A text is only called frequent if it is estimated to be one of so many, 256. */
  private static final int RARE = 256;

  private static final Comparator<Frequent> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(Frequent::rows).reversed().thenComparing(Frequent::text);

  private final Field field;
  private final long nulls;
  private final TextFacts facts;
  private final TextSample sample;

  // Exactly one of these is there.
  private final @Nullable SortedMap<String, Long> values;
  private final @Nullable HashBuckets buckets;

  private TextProfile(
      Field field,
      long nulls,
      TextFacts facts,
      @Nullable SortedMap<String, Long> values,
      @Nullable HashBuckets buckets,
      TextSample sample) {
    this.field = field;
    this.nulls = nulls;
    this.facts = facts;
    this.values = values;
    this.buckets = buckets;
    this.sample = sample;
  }

  /** Returns a profile with the number of rows of each text. */
  static TextProfile ofEach(
      Field field, long nulls, TextFacts facts, SortedMap<String, Long> values, TextSample sample) {
    return new TextProfile(
        field, nulls, facts, Collections.unmodifiableSortedMap(values), null, sample);
  }

  /** Returns a profile of too many different texts to count each. */
  static TextProfile ofMany(
      Field field, long nulls, TextFacts facts, HashBuckets buckets, TextSample sample) {
    return new TextProfile(field, nulls, facts, null, buckets, sample);
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public long rows() {
    return facts.count() + nulls;
  }

  @Override
  public long nulls() {
    return nulls;
  }

  @Override
  public long missing() {
    return nulls;
  }

  /** Tells whether every different text was counted by itself, so that nothing is estimated. */
  public boolean isExact() {
    return values != null;
  }

  @Override
  public long distinct() {
    return values != null ? values.size() : Math.min(facts.count(), buckets().distinct());
  }

  @Override
  public double distinctError() {
    return isExact() ? 0 : Registers.STANDARD_ERROR;
  }

  private HashBuckets buckets() {
    return Objects.requireNonNull(buckets);
  }

  /** Returns how many texts are empty. */
  public long empty() {
    return facts.empty();
  }

  /** Returns how many characters the shortest text has; 0 if there is none. */
  public long minLength() {
    return facts.count() == 0 ? 0 : facts.min();
  }

  /** Returns how many characters the longest text has; 0 if there is none. */
  public long maxLength() {
    return facts.max();
  }

  /** Returns how many characters a text has on average; NaN if there is none. */
  public double meanLength() {
    return facts.count() == 0 ? Double.NaN : (double) facts.total() / facts.count();
  }

  /**
   * A text and how many rows have it.
   *
   * @param text the text, or what a long one is called: its beginning and its hash
   * @param rows how many rows have it, exactly or about
   * @param atMost what no more rows have it than; {@code rows} if that is exact
   */
  public record Frequent(String text, long rows, long atMost) {}

  /**
   * Returns frequent texts, the most frequent first; of equally frequent ones, the first in the
   * order of their UTF-16 units.
   *
   * <p>If {@link #isExact()}, these are the most frequent ones. Else they are texts of which about
   * one of 256 rows or more has each. One that a share s of the rows has is missing with a
   * probability of at most {@code (1 - s)^128}. Estimates are off by how many more or less other
   * rows than on average happen to share all of its buckets: where few others are frequent, about
   * the root of a 128th of the rows.
   *
   * @param limit how many texts at most, 1 or more
   */
  public List<Frequent> frequent(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 but was " + limit);
    }
    List<Frequent> texts = new ArrayList<>();
    if (values != null) {
      values.forEach((text, rows) -> texts.add(new Frequent(text, rows, rows)));
    } else {
      sample.labels().stream()
          .map(this::estimated)
          .filter(text -> text.rows() >= Math.max(1, facts.count() / RARE))
          .forEach(texts::add);
    }
    texts.sort(MOST_FREQUENT_FIRST);
    return List.copyOf(texts.subList(0, Math.min(limit, texts.size())));
  }

  private Frequent estimated(String label) {
    long hash = Labels.hash(label);
    return new Frequent(label, buckets().estimate(hash), buckets().atMost(hash));
  }

  /**
   * Returns the different texts, in the order of their UTF-16 units.
   *
   * @throws IllegalStateException if there are too many, that is unless {@link #isExact()}
   */
  public Set<String> values() {
    if (values == null) {
      throw new IllegalStateException(
          "column '" + field.name() + "' has too many texts to know each; ask for frequent ones");
    }
    return values.keySet();
  }

  @Nullable SortedMap<String, Long> counted() {
    return values;
  }

  /** Returns the texts in buckets, whether or not each is counted, too. */
  HashBuckets inBuckets() {
    return values != null ? HashBuckets.of(values) : buckets();
  }

  @Override
  public TextProfile merge(ColumnProfile other) {
    TextProfile that = (TextProfile) other;
    TextFacts bothFacts = facts.plus(that.facts);
    TextSample bothSamples = sample.copy();
    bothSamples.add(that.sample);
    if (values != null && that.values != null) {
      SortedMap<String, Long> both = new TreeMap<>(values);
      that.values.forEach((text, rows) -> both.merge(text, rows, Long::sum));
      if (both.size() <= MAX_VALUES || field.type() instanceof FieldType.Category) {
        return ofEach(field, nulls + that.nulls, bothFacts, both, bothSamples);
      }
    }
    HashBuckets both = inBuckets().plus(that.inBuckets());
    return ofMany(field, nulls + that.nulls, bothFacts, both, bothSamples);
  }

  @Override
  public ColumnCells cells() {
    return values != null
        ? TextCells.of(field, nulls, values)
        : HashCells.of(field, nulls, buckets().counts());
  }

  @Override
  public Value.Doc toValue() {
    Value.Doc.Builder doc =
        Value.doc()
            .put("field", field.toValue())
            .put("nulls", nulls)
            .put("lengths", facts.toValue());
    if (values != null) {
      Value.Doc.Builder rows = Value.doc();
      values.forEach(rows::put);
      doc.put("values", rows.build());
    } else {
      buckets().putTo(doc);
    }
    sample.putTo(doc);
    return doc.build();
  }

  static TextProfile fromDoc(Field field, Value.Doc doc) {
    TextFacts facts = TextFacts.fromValue(doc.get("lengths"));
    TextSample sample = TextSample.fromDoc(doc);
    long nulls = doc.whole("nulls");
    if (!doc.has("values")) {
      return ofMany(field, nulls, facts, HashBuckets.fromDoc(doc), sample);
    }
    SortedMap<String, Long> values = new TreeMap<>();
    doc.doc("values").members().forEach((text, rows) -> values.put(text, rows.asWhole()));
    long rows = values.values().stream().mapToLong(Long::longValue).sum();
    if (rows != facts.count() || values.values().stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "column '" + field.name() + "' counts texts that are not all of its " + facts.count());
    }
    return ofEach(field, nulls, facts, values, sample);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextProfile that && toValue().equals(that.toValue());
  }

  @Override
  public int hashCode() {
    return Objects.hash(field, nulls, facts);
  }

  /** Returns the name, the most frequent texts and how many there are. */
  @Override
  public String toString() {
    return field.name()
        + ": "
        + frequent(3).stream().map(Frequent::text).toList()
        + (isExact() ? " of " : " of about ")
        + distinct()
        + ", "
        + missing()
        + " missing";
  }
}
